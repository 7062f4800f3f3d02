import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { UserCoupon } from '../../src/coupon/user-coupon.entity.js';
import { OrderEvent } from '../../src/payment/order-event.entity.js';
import {
  type DiscountedOrderJson,
  type GrantedCouponJson,
  grantCoupon,
  createOrderWithCoupon,
  getCouponStatuses,
} from '../support/coupons.js';
import type { OrderJson, RefundJson } from '../support/test-buyer.js';
import { PRICE_FEN, RefundFixture, INITIAL_STOCK } from '../support/refund-fixture.js';

const DISCOUNT_FEN = 3001;
const PAYABLE_FEN = PRICE_FEN - DISCOUNT_FEN;

let fixture: RefundFixture;
let coupon: GrantedCouponJson;
let tea: string;

/** Many coupons of many tests are at rest in one shop; each test has one of its own, and tea of its own to buy for it. */
async function openFixture(environment: Record<string, string> = {}): Promise<void> {
  fixture = await RefundFixture.open({ instances: 2, environment });
}
beforeEach(async () => {
  coupon = await grantCoupon(fixture.boss, fixture.alice, { discountFen: DISCOUNT_FEN });
  tea = await fixture.shop.createProduct({ priceFen: PRICE_FEN, stock: INITIAL_STOCK });
});

const getCouponStatus = async (): Promise<string | undefined> => (await getCouponStatuses(fixture.alice))[coupon.id];
const createOrder = (): Promise<DiscountedOrderJson> =>
  createOrderWithCoupon(fixture.alice, coupon, { productId: tea });
const countCouponReturns = async (order: OrderJson): Promise<number> =>
  (await fixture.shop.firstInstance.findAll(OrderEvent)).filter(
    ({ type, orderNo }) => type === 'COUPON_RETURNED' && orderNo === order.orderNo,
  ).length;

async function createPaidOrder(): Promise<DiscountedOrderJson> {
  const order = await createOrder();
  await fixture.alice.pay(order);
  await fixture.alice.syncOrder(order);
  return order;
}

/** As a close leaves the books that believed a wrong word: no sequence of honest answers brings it about. */
async function createOrderPaidAfterClose(): Promise<DiscountedOrderJson> {
  const order = await createOrder();
  const pay = await fixture.alice.pay(order, { notify: 'lost' });
  await fixture.shop.rawUpdate(
    `UPDATE payments SET status = 'CLOSED', next_check_at = NULL WHERE out_trade_no = '${pay.outTradeNo}'`,
    `UPDATE products SET stock = stock + 1 WHERE product_id = '${tea}'`,
    `UPDATE user_coupons SET order_no = NULL WHERE order_no = '${order.orderNo}'`,
    `UPDATE orders SET status = 'CLOSED', close_reason = 'EXPIRED', next_check_at = NULL,
       closed_at = created_at WHERE order_no = '${order.orderNo}'`,
  );
  return order;
}

const sendPaymentNotice = async ({ orderNo }: OrderJson): Promise<void> => {
  await fixture.shop.wechat.sendPaymentNotice(`${orderNo}-1`);
  for (let round = 0; round < 3; round++) await fixture.runJobsAfter({ minutes: 30 });
};

describe('a coupon', () => {
  beforeAll(() => openFixture());
  afterAll(() => fixture.shop.close());

  it('is reserved by the order, consumed by its payment, and WeChat is asked for the rest', async () => {
    const order = await createOrder();
    expect(await getCouponStatus()).toBe('RESERVED');
    await fixture.alice.pay(order);
    expect((await fixture.alice.syncOrder(order)).body).toMatchObject({ status: 'PAID', paidFen: PAYABLE_FEN });
    expect(await getCouponStatus()).toBe('USED');
    expect(await fixture.getLedger(order)).toMatchObject({ paidFen: PAYABLE_FEN });
    // And thirty notices more change nothing.
    await Promise.all(Array.from({ length: 30 }, () => fixture.shop.wechat.sendPaymentNotice(`${order.orderNo}-1`)));
    expect(await getCouponStatus()).toBe('USED');
  });

  it('goes to one of many orders at once', async () => {
    const body = { items: [{ productId: tea, quantity: 1 }], couponId: coupon.id };
    const replies = await Promise.all(
      Array.from({ length: 5 }, (_, at) => fixture.alice.call('POST', 'orders', body, { at: at % 2 })),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
    expect(await fixture.shop.getStock(tea)).toBe(INITIAL_STOCK - 1);
  });

  it.each(['the user cancels', 'nobody pays in time'])('is free again when %s, and can be used', async (why) => {
    const order = await createOrder();
    await fixture.alice.startPayment(order);
    if (why === 'the user cancels') {
      await fixture.shop.wechat.advanceTime({ minutes: 6 });
      expect((await fixture.alice.cancelOrder(order)).body.status).toBe('CLOSED');
      await fixture.alice.cancelOrder(order);
    } else {
      await fixture.runJobsAfter({ minutes: 21 });
      await fixture.runJobsAfter({ minutes: 21 });
    }
    expect(await fixture.alice.getOrder(order)).toMatchObject({ status: 'CLOSED', couponId: coupon.id });
    expect(await getCouponStatus()).toBe('AVAILABLE');
    expect((await createOrder()).discountFen).toBe(DISCOUNT_FEN);
  });

  it('stays with the payment that wins against a cancel', async () => {
    const order = await createOrder();
    await fixture.alice.pay(order, { notify: 'lost' });
    expect((await fixture.alice.cancelOrder(order)).body).toMatchObject({ code: 'ORDER_NOT_CANCELLABLE' });
    expect(await getCouponStatus()).toBe('USED');
  });

  it('that expires while its order waits is good for that order, and for no other', async () => {
    const { couponId } = coupon;
    const [paid, cancelled] = [
      await createOrder(),
      await fixture.boss.call<GrantedCouponJson>('POST', `coupons/${couponId}/grant`, { userId: fixture.alice.id }),
    ];
    const other = await createOrderWithCoupon(fixture.alice, cancelled.body, { productId: tea });
    await fixture.boss.call('PATCH', `coupons/${couponId}`, { expiresAt: '2020-01-01T00:00:00.000Z' });
    await fixture.alice.pay(paid);
    expect((await fixture.alice.syncOrder(paid)).body).toMatchObject({ status: 'PAID', paidFen: PAYABLE_FEN });
    await fixture.alice.cancelOrder(other);
    expect(await getCouponStatuses(fixture.alice)).toMatchObject({
      [coupon.id]: 'USED',
      [cancelled.body.id]: 'EXPIRED',
    });
  });

  describe('of a paid order', () => {
    const answers: [string, (refund: RefundJson) => Promise<unknown>][] = [
      [
        'its notice says so, five times at once',
        (refund) => Promise.all([1, 2, 3, 4, 5].map(() => fixture.sendRefundNotice(refund))),
      ],
      ['the job asks', () => fixture.runJobsAfter({ minutes: 10 })],
      [
        'both at once',
        (refund) => Promise.all([fixture.sendRefundNotice(refund), fixture.runJobsAfter({ minutes: 10 })]),
      ],
    ];
    it.each(answers)('comes back once when all of the money is back and %s', async (_how, tells) => {
      const order = await createPaidOrder();
      const refund = await fixture.createApprovedRefund(order);
      await fixture.shop.wechat.advanceTime({ minutes: 1 });
      await tells(refund);
      for (let round = 0; round < 2; round++) await fixture.runJobsAfter({ hours: 1 });
      expect(await fixture.alice.getOrder(order)).toMatchObject({ refundStatus: 'FULL', refundedFen: PAYABLE_FEN });
      expect(await getCouponStatus()).toBe('AVAILABLE');
      expect(await countCouponReturns(order)).toBe(1);

      const next = await createOrder();
      for (let round = 0; round < 3; round++) await fixture.sendRefundNotice(refund);
      expect(await getCouponStatus()).toBe('RESERVED');
      expect(await countCouponReturns(order)).toBe(1);
      expect(await fixture.alice.getOrder(next)).toMatchObject({ status: 'PENDING' });
      const { body } = await fixture.boss.call<{ events: { text: string }[] }>('GET', `orders/${order.orderNo}`);
      expect(body.events.map(({ text }) => text)).toContain('Fully refunded: coupon returned');
    });

    it('comes back when staff give all of the money of their own accord, whether or not the goods come back', async () => {
      const { orderNo } = await createPaidOrder();
      const give = { amountFen: PAYABLE_FEN, reason: '补偿', returnStock: false };
      expect((await fixture.boss.call('POST', `orders/${orderNo}/refunds`, give)).status).toBe(201);
      for (let round = 0; round < 2; round++) await fixture.runJobsAfter({ hours: 1 });
      expect(await getCouponStatus()).toBe('AVAILABLE');
      expect(await fixture.shop.getStock(tea)).toBe(INITIAL_STOCK - 1);
    });

    it('stays used after a part, and comes back with the last one: the parts of the lines add up', async () => {
      const pen = await fixture.shop.createProduct({ priceFen: 333, stock: 10 });
      const order = await createOrderWithCoupon(
        fixture.alice,
        coupon,
        { productId: tea },
        { productId: pen, quantity: 2 },
      );
      await fixture.alice.pay(order);
      await fixture.alice.syncOrder(order);
      expect(order.items.reduce((sum, { payableFen }) => sum + payableFen, 0)).toBe(order.payableFen);
      for (const [at, { payableFen }] of order.items.entries()) {
        expect(await getCouponStatus()).toBe('USED');
        await fixture.createApprovedRefund(order, payableFen);
        for (let round = 0; round < 2; round++) await fixture.runJobsAfter({ hours: 1 });
        const refundStatus = at === order.items.length - 1 ? 'FULL' : 'PARTIAL';
        expect(await fixture.alice.getOrder(order)).toMatchObject({ refundStatus });
      }
      expect(await getCouponStatus()).toBe('AVAILABLE');
      expect(await countCouponReturns(order)).toBe(1);
    });

    it('comes back once when two refunds that make the whole succeed at the same time', async () => {
      const order = await createPaidOrder();
      await Promise.all([
        fixture.createApprovedRefund(order, PAYABLE_FEN - 1000),
        fixture.createApprovedRefund(order, 1000),
      ]);
      for (let round = 0; round < 4; round++) await fixture.runJobsAfter({ minutes: 40 });
      expect(await fixture.alice.getOrder(order)).toMatchObject({ refundStatus: 'FULL' });
      expect(await getCouponStatus()).toBe('AVAILABLE');
      expect(await countCouponReturns(order)).toBe(1);
    });

    it('that has expired meanwhile stays used', async () => {
      const order = await createPaidOrder();
      await fixture.boss.call('PATCH', `coupons/${coupon.couponId}`, { expiresAt: '2020-01-01T00:00:00.000Z' });
      await fixture.createApprovedRefund(order);
      for (let round = 0; round < 2; round++) await fixture.runJobsAfter({ hours: 1 });
      expect(await fixture.alice.getOrder(order)).toMatchObject({ refundStatus: 'FULL' });
      expect(await getCouponStatus()).toBe('USED');
      await fixture.boss.call('PATCH', `coupons/${coupon.couponId}`, { expiresAt: coupon.expiresAt });
      expect(await getCouponStatus()).toBe('USED');
    });
  });

  describe('of an order that is paid after its close', () => {
    it('stays free: the money goes back', async () => {
      const order = await createOrderPaidAfterClose();
      await sendPaymentNotice(order);
      expect(await fixture.getLedger(order)).toEqual({ paidFen: PAYABLE_FEN, refundedFen: PAYABLE_FEN, refunds: 1 });
      expect(await fixture.alice.getOrder(order)).toMatchObject({ status: 'CLOSED', refundStatus: 'FULL' });
      expect(await getCouponStatus()).toBe('AVAILABLE');
      expect(await countCouponReturns(order)).toBe(0);
    });
  });
});

describe('a coupon of an order that is paid after its close, where the shop delivers', () => {
  beforeAll(() => openFixture({ LATE_PAYMENT_POLICY: 'deliver' }));
  afterAll(() => fixture.shop.close());

  it('is used after all, even when it has expired', async () => {
    const order = await createOrderPaidAfterClose();
    await fixture.boss.call('PATCH', `coupons/${coupon.couponId}`, { expiresAt: '2020-01-01T00:00:00.000Z' });
    await sendPaymentNotice(order);
    expect(await fixture.alice.getOrder(order)).toMatchObject({ status: 'PAID', paidFen: PAYABLE_FEN });
    expect(await getCouponStatus()).toBe('USED');
  });

  it('is not taken from the order that has it by then: the money goes back', async () => {
    const order = await createOrderPaidAfterClose();
    const next = await createPaidOrder();
    await sendPaymentNotice(order);
    expect(await fixture.alice.getOrder(order)).toMatchObject({ status: 'CLOSED', refundStatus: 'FULL' });
    expect(await fixture.getLedger(order)).toEqual({ paidFen: PAYABLE_FEN, refundedFen: PAYABLE_FEN, refunds: 1 });
    expect(await getCouponStatus()).toBe('USED');
    const held = (await fixture.shop.firstInstance.findAll(UserCoupon)).filter(
      ({ couponId }) => couponId === coupon.couponId,
    );
    expect(held.map(({ orderNo }) => orderNo)).toEqual([next.orderNo]);
    expect(await fixture.shop.getStock(tea)).toBe(INITIAL_STOCK - 1);
  });
});
