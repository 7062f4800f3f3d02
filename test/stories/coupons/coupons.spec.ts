import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { UserCoupon } from '../../../src/coupon/user-coupon.entity.js';
import { OrderEvent } from '../../../src/payment/event-log/order-event.entity.js';
import {
  type GrantedCouponJson,
  grantCoupon,
  createOrderWithCoupon,
  getCouponStatuses,
} from '../../support/fixtures/coupons.js';
import type { OrderJson, RefundJson } from '../../support/clients/test-buyer.js';
import { PRICE_FEN, RefundFixture, INITIAL_STOCK } from '../../support/fixtures/refund-fixture.js';

const DISCOUNT_FEN = 3001;
const PAYABLE_FEN = PRICE_FEN - DISCOUNT_FEN;

let fixture: RefundFixture;
let coupon: GrantedCouponJson;
let tea: string;

/** Opens one shop for many tests. Each test has its own coupon and product. */
async function openFixture(environment: Record<string, string> = {}): Promise<void> {
  fixture = await RefundFixture.open({ instances: 2, environment });
}
beforeEach(async () => {
  coupon = await grantCoupon(fixture.boss, fixture.alice, { discountFen: DISCOUNT_FEN });
  tea = await fixture.shop.createProduct({ priceFen: PRICE_FEN, stock: INITIAL_STOCK });
});

const getCouponStatus = async (): Promise<string | undefined> => (await getCouponStatuses(fixture.alice))[coupon.id];
const createOrder = (): Promise<OrderJson> => createOrderWithCoupon(fixture.alice, coupon, { productId: tea });
const countCouponReturns = async (order: OrderJson): Promise<number> =>
  (await fixture.shop.firstInstance.findAll(OrderEvent)).filter(
    ({ type, orderNo }) => type === 'COUPON_RETURNED' && orderNo === order.orderNo,
  ).length;

async function createPaidOrder(): Promise<OrderJson> {
  const order = await createOrder();
  await fixture.alice.pay(order);
  await fixture.alice.syncOrder(order);
  return order;
}

/** Creates an order that is closed here and paid at WeChat. No sequence of valid responses leads there. */
async function createOrderPaidAfterClose(): Promise<OrderJson> {
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

describe('coupons', () => {
  beforeAll(() => openFixture());
  afterAll(() => fixture.shop.close());

  it('a coupon is reserved by its order and used by the payment of the reduced amount', async () => {
    const order = await createOrder();
    expect(await getCouponStatus()).toBe('RESERVED');
    await fixture.alice.pay(order);
    expect((await fixture.alice.syncOrder(order)).body).toMatchObject({ status: 'PAID', paidFen: PAYABLE_FEN });
    expect(await getCouponStatus()).toBe('USED');
    expect(await fixture.getLedger(order)).toMatchObject({ paidFen: PAYABLE_FEN });
    // Thirty further notices change nothing.
    await Promise.all(Array.from({ length: 30 }, () => fixture.shop.wechat.sendPaymentNotice(`${order.orderNo}-1`)));
    expect(await getCouponStatus()).toBe('USED');
  });

  it('one of five concurrent orders gets the coupon', async () => {
    const body = { items: [{ productId: tea, quantity: 1 }], couponId: coupon.id };
    const replies = await Promise.all(
      Array.from({ length: 5 }, (_, at) => fixture.alice.call('POST', 'orders', body, { at: at % 2 })),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
    expect(await fixture.shop.getStock(tea)).toBe(INITIAL_STOCK - 1);
  });

  it.each(['the user cancels', 'the order expires'])(
    'a coupon is available and usable again when %s',
    async (reason) => {
      const order = await createOrder();
      await fixture.alice.startPayment(order);
      if (reason === 'the user cancels') {
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
    },
  );

  it('a coupon is USED when its payment wins against a cancel', async () => {
    const order = await createOrder();
    await fixture.alice.pay(order, { notify: 'lost' });
    expect((await fixture.alice.cancelOrder(order)).body).toMatchObject({ code: 'ORDER_NOT_CANCELLABLE' });
    expect(await getCouponStatus()).toBe('USED');
  });

  it('a coupon that expires while its order is PENDING is valid for that order only', async () => {
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

  describe('coupons: refunds of a paid order', () => {
    const reports: [string, (refund: RefundJson) => Promise<unknown>][] = [
      [
        'five notices arrive at once',
        (refund) => Promise.all([1, 2, 3, 4, 5].map(() => fixture.sendRefundNotice(refund))),
      ],
      ['the job queries WeChat', () => fixture.runJobsAfter({ minutes: 10 })],
      [
        'a notice and the query arrive at once',
        (refund) => Promise.all([fixture.sendRefundNotice(refund), fixture.runJobsAfter({ minutes: 10 })]),
      ],
    ];
    it.each(reports)('a full refund returns the coupon once when %s', async (_how, report) => {
      const order = await createPaidOrder();
      const refund = await fixture.createApprovedRefund(order);
      await fixture.shop.wechat.advanceTime({ minutes: 1 });
      await report(refund);
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

    it('a full merchant-initiated refund returns the coupon although the stock does not return', async () => {
      const { orderNo } = await createPaidOrder();
      const input = { amountFen: PAYABLE_FEN, reason: '补偿', returnStock: false };
      expect((await fixture.boss.call('POST', `orders/${orderNo}/refunds`, input)).status).toBe(201);
      for (let round = 0; round < 2; round++) await fixture.runJobsAfter({ hours: 1 });
      expect(await getCouponStatus()).toBe('AVAILABLE');
      expect(await fixture.shop.getStock(tea)).toBe(INITIAL_STOCK - 1);
    });

    it('partial refunds return the coupon with the last part, and the payable amounts of the items add up', async () => {
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

    it('two concurrent refunds that add up to the whole return the coupon once', async () => {
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

    it('a full refund does not return a coupon that has expired', async () => {
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

  describe('coupons: late payments', () => {
    it('a late payment is refunded and its coupon stays AVAILABLE', async () => {
      const order = await createOrderPaidAfterClose();
      await sendPaymentNotice(order);
      expect(await fixture.getLedger(order)).toEqual({ paidFen: PAYABLE_FEN, refundedFen: PAYABLE_FEN, refunds: 1 });
      expect(await fixture.alice.getOrder(order)).toMatchObject({ status: 'CLOSED', refundStatus: 'FULL' });
      expect(await getCouponStatus()).toBe('AVAILABLE');
      expect(await countCouponReturns(order)).toBe(0);
    });
  });
});

describe('coupons: late payments with LATE_PAYMENT_POLICY=deliver', () => {
  beforeAll(() => openFixture({ LATE_PAYMENT_POLICY: 'deliver' }));
  afterAll(() => fixture.shop.close());

  it('a late payment uses its coupon although the coupon has expired', async () => {
    const order = await createOrderPaidAfterClose();
    await fixture.boss.call('PATCH', `coupons/${coupon.couponId}`, { expiresAt: '2020-01-01T00:00:00.000Z' });
    await sendPaymentNotice(order);
    expect(await fixture.alice.getOrder(order)).toMatchObject({ status: 'PAID', paidFen: PAYABLE_FEN });
    expect(await getCouponStatus()).toBe('USED');
  });

  it('a late payment is refunded when another order has used its coupon', async () => {
    const order = await createOrderPaidAfterClose();
    const next = await createPaidOrder();
    await sendPaymentNotice(order);
    expect(await fixture.alice.getOrder(order)).toMatchObject({ status: 'CLOSED', refundStatus: 'FULL' });
    expect(await fixture.getLedger(order)).toEqual({ paidFen: PAYABLE_FEN, refundedFen: PAYABLE_FEN, refunds: 1 });
    expect(await getCouponStatus()).toBe('USED');
    const userCoupons = (await fixture.shop.firstInstance.findAll(UserCoupon)).filter(
      ({ couponId }) => couponId === coupon.couponId,
    );
    expect(userCoupons.map(({ orderNo }) => orderNo)).toEqual([next.orderNo]);
    expect(await fixture.shop.getStock(tea)).toBe(INITIAL_STOCK - 1);
  });
});
