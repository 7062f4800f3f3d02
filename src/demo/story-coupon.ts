import { insist } from './checks.js';
import { type Coupon, Customer, type Product } from './customer.js';
import { asksForMoney, insistOnBack, isApproved, untilBack } from './refunding.js';
import { insistOnPaid, type Sale, type Stage, untilSeen } from './stage.js';
import { yuan } from './teller.js';

const QUANTITY = 3;
/** Fen; not a multiple of the pieces, so that the line's part is worth a look. */
const DISCOUNT_FEN = 500;
/** Real seconds: a few ticks of the jobs. */
const PATIENCE_SECONDS = 30;

/** A coupon is reserved by its order, used by the payment, and comes back with all of the money. */
export async function paidWithACoupon(stage: Stage): Promise<void> {
  const { teller, wechat } = stage;
  teller.story(9, 'a coupon, and all of its order refunded', '使用优惠券付款，全额退款后券退回');
  const { sale, coupon } = await orderWithCoupon(stage);
  const { customer, order, payment } = sale;

  const errMsg = await wechat.requestPayment(customer.openid, payment.requestPayment);
  insist(errMsg === 'requestPayment:ok', `wx.requestPayment says ${errMsg}`);
  await insistOnPaid(stage, sale, await untilSeen(sale, 'PAID', PATIENCE_SECONDS));
  await insistOnCoupon(customer, coupon, 'USED');
  teller.right(`WeChat was asked for ${yuan(order.payableFen)}, and that is paid; the coupon is USED`);

  const refund = await asksForMoney(stage, sale, { amountFen: order.payableFen, reason: '不想要了' });
  await isApproved(stage, refund);
  await untilBack(stage, sale, refund);
  await insistOnBack(stage, sale, { refundStatus: 'FULL', refundedFen: order.payableFen, refunds: 1 });
  await insistOnCoupon(customer, coupon, 'AVAILABLE');
  teller.right(`all that was paid is back, no fen more; the coupon is AVAILABLE again`);
}

async function orderWithCoupon(stage: Stage): Promise<{ sale: Sale; coupon: Coupon }> {
  const { shopUrl, wechat, teller, clerk } = stage;
  const { code, openid } = await wechat.wxLogin();
  const customer = new Customer(shopUrl, wechat, openid);
  const { user } = await customer.login(code);
  const granted = await clerk.grantsCoupon(user.id, DISCOUNT_FEN);
  teller.staff('POST …/coupons/{id}/grant', `${granted.name}, ${yuan(granted.discountFen)} off, to user ${user.id}`);
  const coupon = await insistOnCoupon(customer, granted, 'AVAILABLE');
  teller.asks('GET  /api/coupons', `${coupon.id}, ${coupon.status}`);

  const product = (await customer.products()).filter(isFit).sort((one, other) => other.stock - one.stock)[0];
  insist(product !== undefined, `The shop has nothing to sell for more than ${yuan(DISCOUNT_FEN)}`);
  const order = await customer.orders(product, QUANTITY, coupon.id);
  insist(
    order.discountFen === DISCOUNT_FEN && order.payableFen === QUANTITY * product.priceFen - DISCOUNT_FEN,
    `${QUANTITY} pieces less the coupon cannot cost ${yuan(order.payableFen)}`,
  );
  teller.asks(
    'POST /api/orders',
    `${QUANTITY} pieces of ${product.name}: ${yuan(order.totalFen)} − ${yuan(order.discountFen)} = ${yuan(order.payableFen)}`,
  );
  await insistOnCoupon(customer, coupon, 'RESERVED');
  const payment = await customer.begins(order);
  return { sale: { customer, product, stockBefore: product.stock, order, payment }, coupon };
}

const isFit = ({ stock, priceFen }: Product): boolean => stock >= QUANTITY && QUANTITY * priceFen > DISCOUNT_FEN;

async function insistOnCoupon(customer: Customer, { id }: Coupon, status: string): Promise<Coupon> {
  const coupon = (await customer.coupons()).find((each) => each.id === id);
  insist(coupon?.status === status, `The coupon must be ${status}, it is ${coupon?.status ?? 'not there'}`);
  return coupon;
}
