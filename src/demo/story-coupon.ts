import { assertThat } from './assertions.js';
import { type Coupon, BuyerClient, type Product } from './buyer-client.js';
import { requestRefund, assertRefunded, approveRefund, waitForRefund } from './refund-steps.js';
import { assertPaid, type Sale, type DemoEnvironment, waitForOrderStatus } from './demo-environment.js';
import { formatYuan } from './narrator.js';

const QUANTITY = 3;
/** Fen; not a multiple of the pieces, so that the line discount is rounded. */
const DISCOUNT_FEN = 500;
/** Real seconds: a few job ticks. */
const TIMEOUT_SECONDS = 30;

/** A coupon is reserved by the order, used by the payment, and returned by a full refund. */
export async function payWithCoupon(environment: DemoEnvironment): Promise<void> {
  const { narrator, wechat } = environment;
  narrator.startStory(9, 'a coupon and a full refund', '使用优惠券付款，全额退款后券退回');
  const { sale, coupon } = await createOrderWithCoupon(environment);
  const { buyer, order, payment } = sale;

  const errMsg = await wechat.requestPayment(buyer.openid, payment.requestPayment);
  assertThat(errMsg === 'requestPayment:ok', `wx.requestPayment returned ${errMsg}`);
  await assertPaid(environment, sale, await waitForOrderStatus(sale, 'PAID', TIMEOUT_SECONDS));
  await assertCouponStatus(buyer, coupon, 'USED');
  narrator.checkPassed(`${formatYuan(order.payableFen)} were requested from WeChat and are paid; the coupon is USED`);

  const refund = await requestRefund(environment, sale, { amountFen: order.payableFen, reason: '不想要了' });
  await approveRefund(environment, refund);
  await waitForRefund(environment, sale, refund);
  await assertRefunded(environment, sale, { refundStatus: 'FULL', refundedFen: order.payableFen, refunds: 1 });
  await assertCouponStatus(buyer, coupon, 'AVAILABLE');
  narrator.checkPassed(`the exact paid amount is refunded; the coupon is AVAILABLE again`);
}

async function createOrderWithCoupon(environment: DemoEnvironment): Promise<{ sale: Sale; coupon: Coupon }> {
  const { shopUrl, wechat, narrator, merchant } = environment;
  const { code, openid } = await wechat.wxLogin();
  const buyer = new BuyerClient(shopUrl, wechat, openid);
  const { user } = await buyer.login(code);
  const granted = await merchant.grantCoupon(user.id, DISCOUNT_FEN);
  narrator.staffCall(
    'POST …/coupons/{id}/grant',
    `${granted.name}, ${formatYuan(granted.discountFen)} off, to user ${user.id}`,
  );
  const coupon = await assertCouponStatus(buyer, granted, 'AVAILABLE');
  narrator.buyerCall('GET  /api/coupons', `${coupon.id}, ${coupon.status}`);

  const product = (await buyer.listProducts())
    .filter(isSuitableProduct)
    .sort((one, other) => other.stock - one.stock)[0];
  assertThat(product !== undefined, `The shop has no suitable product above ${formatYuan(DISCOUNT_FEN)}`);
  const order = await buyer.createOrder(product, QUANTITY, coupon.id);
  assertThat(
    order.discountFen === DISCOUNT_FEN && order.payableFen === QUANTITY * product.priceFen - DISCOUNT_FEN,
    `The price of ${QUANTITY} pieces minus the coupon is wrong: ${formatYuan(order.payableFen)}`,
  );
  narrator.buyerCall(
    'POST /api/orders',
    `${QUANTITY} pieces of ${product.name}: ${formatYuan(order.totalFen)} − ${formatYuan(order.discountFen)} = ${formatYuan(order.payableFen)}`,
  );
  await assertCouponStatus(buyer, coupon, 'RESERVED');
  const payment = await buyer.startPayment(order);
  return { sale: { buyer, product, stockBefore: product.stock, order, payment }, coupon };
}

const isSuitableProduct = ({ stock, priceFen }: Product): boolean =>
  stock >= QUANTITY && QUANTITY * priceFen > DISCOUNT_FEN;

async function assertCouponStatus(buyer: BuyerClient, { id }: Coupon, status: string): Promise<Coupon> {
  const coupon = (await buyer.listCoupons()).find((each) => each.id === id);
  assertThat(coupon?.status === status, `The coupon must be ${status}, but it is ${coupon?.status ?? 'missing'}`);
  return coupon;
}
