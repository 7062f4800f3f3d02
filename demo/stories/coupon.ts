import type { BuyerClient } from '../../tools/client/buyer-client.ts';
import type { UserCoupon, Product } from '../../tools/client/service-client.ts';
import { expectOk } from '../../tools/client/typed-client.ts';
import { assertThat } from '../assertions.ts';
import { requestRefund, assertRefunded, approveRefund, waitForRefund } from '../refund-steps.ts';
import { logInNewBuyer, pay, placeOrder, waitUntilPaid, type DemoEnvironment, type Sale } from '../demo-environment.ts';
import { formatYuan } from '../narrator.ts';

const QUANTITY = 3;
/** Fen; not a multiple of the units, so that the item discount is rounded. */
const DISCOUNT_FEN = 500;

/** A coupon is reserved by the order, used by the payment, and returned by a full refund. */
export async function payWithCoupon(environment: DemoEnvironment): Promise<void> {
  const { narrator } = environment;
  narrator.startStory(9, 'a coupon and a full refund', '使用优惠券付款，全额退款后券退回');
  const { sale, coupon } = await createOrderWithCoupon(environment);
  const { buyer, order } = sale;

  await pay(environment, sale);
  await waitUntilPaid(environment, sale);
  await assertCouponStatus(buyer, coupon, 'USED');
  narrator.checkPassed(`${formatYuan(order.payableFen)} were requested from WeChat and are paid; the coupon is USED`);

  const refund = await requestRefund(environment, sale, { amountFen: order.payableFen, reason: '不想要了' });
  await approveRefund(environment, refund);
  await waitForRefund(environment, sale, refund);
  await assertRefunded(environment, sale, { refundStatus: 'FULL', refundedFen: order.payableFen, refunds: 1 });
  await assertCouponStatus(buyer, coupon, 'AVAILABLE');
  narrator.checkPassed(`the exact paid amount is refunded; the coupon is AVAILABLE again`);
}

async function createOrderWithCoupon(environment: DemoEnvironment): Promise<{ sale: Sale; coupon: UserCoupon }> {
  const { narrator } = environment;
  const demoBuyer = await logInNewBuyer({ ...environment, narrator: narrator.silent() });
  const { buyer, userId } = demoBuyer;
  const granted = await grantCoupon(environment, userId);
  narrator.staffCall(
    'POST …/coupons/{id}/grant',
    `${granted.name}, ${formatYuan(granted.discountFen)} off, to user ${userId}`,
  );
  const coupon = await assertCouponStatus(buyer, granted, 'AVAILABLE');
  narrator.buyerCall('GET  /api/coupons', `${coupon.id}, ${coupon.status}`);

  const product = expectOk('the list of products', await buyer.listProducts())
    .items.filter(isSuitableProduct)
    .sort((one, other) => other.stock - one.stock)[0];
  assertThat(product !== undefined, `The shop has no suitable product above ${formatYuan(DISCOUNT_FEN)}`);
  const order = await placeOrder(buyer, { productId: product.id, quantity: QUANTITY }, coupon.id);
  assertThat(
    order.discountFen === DISCOUNT_FEN && order.payableFen === QUANTITY * product.priceFen - DISCOUNT_FEN,
    `The price of ${QUANTITY} units minus the coupon is wrong: ${formatYuan(order.payableFen)}`,
  );
  narrator.buyerCall(
    'POST /api/orders',
    `${QUANTITY} units of ${product.name}: ${formatYuan(order.totalFen)} − ${formatYuan(order.discountFen)} = ${formatYuan(order.payableFen)}`,
  );
  await assertCouponStatus(buyer, coupon, 'RESERVED');
  const payment = expectOk('pay', await buyer.startPayment(order.orderNo));
  return { sale: { ...demoBuyer, product, stockBefore: product.stock, order, payment }, coupon };
}

/** Creates a coupon for this story and grants it to the user. */
async function grantCoupon({ staff }: DemoEnvironment, userId: string): Promise<UserCoupon> {
  const input = { name: '演示券 Demo', discountFen: DISCOUNT_FEN, minSpendFen: 0, expiresAt: '2099-01-01T00:00:00Z' };
  const { id } = expectOk('the coupon', await staff.createCoupon(input));
  return expectOk('the grant', await staff.grantCoupon(id, userId));
}

const isSuitableProduct = ({ stock, priceFen }: Product): boolean =>
  stock >= QUANTITY && QUANTITY * priceFen > DISCOUNT_FEN;

async function assertCouponStatus(buyer: BuyerClient, { id }: UserCoupon, status: string): Promise<UserCoupon> {
  const coupon = expectOk('the coupons', await buyer.listCoupons()).items.find((each) => each.id === id);
  assertThat(coupon?.status === status, `The coupon must be ${status}, but it is ${coupon?.status ?? 'missing'}`);
  return coupon;
}
