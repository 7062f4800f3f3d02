import { assertThat } from './assertions.js';
import { type Coupon, BuyerClient, type Product } from './buyer-client.js';
import { requestRefund, assertRefunded, approveRefund, waitForRefund } from './refund-steps.js';
import { assertPaid, type Sale, type DemoEnvironment, waitForOrderStatus } from './demo-environment.js';
import { formatYuan } from './narrator.js';

const QUANTITY = 3;
/** Fen; not a multiple of the pieces, so that the line's part is worth a look. */
const DISCOUNT_FEN = 500;
/** Real seconds: a few ticks of the jobs. */
const TIMEOUT_SECONDS = 30;

/** A coupon is reserved by its order, used by the payment, and comes back with all of the money. */
export async function payWithCoupon(stage: DemoEnvironment): Promise<void> {
  const { narrator: teller, wechat } = stage;
  teller.startStory(9, 'a coupon, and all of its order refunded', '使用优惠券付款，全额退款后券退回');
  const { sale, coupon } = await createOrderWithCoupon(stage);
  const { buyer: customer, order, payment } = sale;

  const errMsg = await wechat.requestPayment(customer.openid, payment.requestPayment);
  assertThat(errMsg === 'requestPayment:ok', `wx.requestPayment says ${errMsg}`);
  await assertPaid(stage, sale, await waitForOrderStatus(sale, 'PAID', TIMEOUT_SECONDS));
  await assertCouponStatus(customer, coupon, 'USED');
  teller.checkPassed(`WeChat was asked for ${formatYuan(order.payableFen)}, and that is paid; the coupon is USED`);

  const refund = await requestRefund(stage, sale, { amountFen: order.payableFen, reason: '不想要了' });
  await approveRefund(stage, refund);
  await waitForRefund(stage, sale, refund);
  await assertRefunded(stage, sale, { refundStatus: 'FULL', refundedFen: order.payableFen, refunds: 1 });
  await assertCouponStatus(customer, coupon, 'AVAILABLE');
  teller.checkPassed(`all that was paid is back, no fen more; the coupon is AVAILABLE again`);
}

async function createOrderWithCoupon(stage: DemoEnvironment): Promise<{ sale: Sale; coupon: Coupon }> {
  const { shopUrl, wechat, narrator: teller, merchant: clerk } = stage;
  const { code, openid } = await wechat.wxLogin();
  const customer = new BuyerClient(shopUrl, wechat, openid);
  const { user } = await customer.login(code);
  const granted = await clerk.grantCoupon(user.id, DISCOUNT_FEN);
  teller.staffCall(
    'POST …/coupons/{id}/grant',
    `${granted.name}, ${formatYuan(granted.discountFen)} off, to user ${user.id}`,
  );
  const coupon = await assertCouponStatus(customer, granted, 'AVAILABLE');
  teller.buyerCall('GET  /api/coupons', `${coupon.id}, ${coupon.status}`);

  const product = (await customer.listProducts())
    .filter(isSuitableProduct)
    .sort((one, other) => other.stock - one.stock)[0];
  assertThat(product !== undefined, `The shop has nothing to sell for more than ${formatYuan(DISCOUNT_FEN)}`);
  const order = await customer.createOrder(product, QUANTITY, coupon.id);
  assertThat(
    order.discountFen === DISCOUNT_FEN && order.payableFen === QUANTITY * product.priceFen - DISCOUNT_FEN,
    `${QUANTITY} pieces less the coupon cannot cost ${formatYuan(order.payableFen)}`,
  );
  teller.buyerCall(
    'POST /api/orders',
    `${QUANTITY} pieces of ${product.name}: ${formatYuan(order.totalFen)} − ${formatYuan(order.discountFen)} = ${formatYuan(order.payableFen)}`,
  );
  await assertCouponStatus(customer, coupon, 'RESERVED');
  const payment = await customer.startPayment(order);
  return { sale: { buyer: customer, product, stockBefore: product.stock, order, payment }, coupon };
}

const isSuitableProduct = ({ stock, priceFen }: Product): boolean =>
  stock >= QUANTITY && QUANTITY * priceFen > DISCOUNT_FEN;

async function assertCouponStatus(customer: BuyerClient, { id }: Coupon, status: string): Promise<Coupon> {
  const coupon = (await customer.listCoupons()).find((each) => each.id === id);
  assertThat(coupon?.status === status, `The coupon must be ${status}, it is ${coupon?.status ?? 'not there'}`);
  return coupon;
}
