import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OrderEvent } from '../../../src/payment/event-log/order-event.entity.js';
import {
  type GrantedCouponJson,
  grantCoupon,
  createOrderWithCoupon,
  getCouponStatuses,
} from '../../support/fixtures/coupons.js';
import type { OrderJson } from '../../support/clients/test-buyer.js';
import { crashAtEveryBoundary } from '../../support/database/crash-at-every-boundary.js';
import { RefundFixture } from '../../support/fixtures/refund-fixture.js';

describe('coupons: an instance crashes between any two steps', () => {
  let fixture: RefundFixture;

  beforeAll(async () => {
    fixture = await RefundFixture.open();
    await fixture.boss.call('PATCH', `products/${fixture.tea}`, { stock: 1000 });
  });
  afterAll(() => fixture.shop.close());

  const grantNewCoupon = (): Promise<GrantedCouponJson> =>
    grantCoupon(fixture.boss, fixture.alice, { discountFen: 500 });
  const ordersOf = async ({ id }: GrantedCouponJson): Promise<OrderJson[]> => {
    const { body } = await fixture.alice.call<{ items: OrderJson[] }>('GET', 'orders?limit=100');
    return body.items.filter(({ couponId }) => couponId === id);
  };
  const statusOf = async ({ id }: GrantedCouponJson): Promise<string | undefined> =>
    (await getCouponStatuses(fixture.alice))[id];

  async function runJobsUntilIdle(): Promise<void> {
    for (let round = 0; round < 3; round++) await fixture.runJobsAfter({ minutes: 21 });
  }

  it('order and pay: the coupon is used by one paid order or available again', async () => {
    const outcomes = new Set<string>();
    const scenario = async (at: number): Promise<GrantedCouponJson> => {
      const coupon = await grantNewCoupon();
      const input = { items: [{ productId: fixture.tea, quantity: 1 }], couponId: coupon.id };
      // A client without a response repeats the request with the same key.
      const options = { headers: { 'idempotency-key': coupon.id } };
      await fixture.alice.call('POST', 'orders', input, { ...options, at });
      const { status, body } = await fixture.alice.call('POST', 'orders', input, options);
      expect(status).toBe(201);
      const pay = await fixture.alice.tryStartPayment<Parameters<typeof fixture.alice.confirmPayment>[0]>(
        body,
        undefined,
        at,
      );
      if (pay.status === 200) await fixture.alice.confirmPayment(pay.body, { notify: 'lost' });
      await fixture.alice.call('POST', `orders/${body.orderNo}/sync`, undefined, { at });
      return coupon;
    };
    const boundaries = await crashAtEveryBoundary(fixture.shop, scenario, async (coupon) => {
      await runJobsUntilIdle();
      const orders = await ordersOf(coupon);
      expect(orders).toHaveLength(1);
      const isPaid = orders[0]?.status === 'PAID';
      expect(await statusOf(coupon)).toBe(isPaid ? 'USED' : 'AVAILABLE');
      outcomes.add(isPaid ? 'paid' : 'closed');
    });
    expect(boundaries).toBeGreaterThan(6);
    expect([...outcomes].sort()).toEqual(['closed', 'paid']);
  });

  it('cancel: the coupon is reserved until the order is closed, then available', async () => {
    const scenario = async (at: number): Promise<GrantedCouponJson> => {
      const coupon = await grantNewCoupon();
      const order = await createOrderWithCoupon(fixture.alice, coupon, { productId: fixture.tea });
      await fixture.alice.startPayment(order);
      await fixture.alice.cancelOrder(order, at);
      const [seen] = await ordersOf(coupon);
      expect(await statusOf(coupon)).toBe(seen?.status === 'CLOSED' ? 'AVAILABLE' : 'RESERVED');
      return coupon;
    };
    const boundaries = await crashAtEveryBoundary(fixture.shop, scenario, async (coupon) => {
      await runJobsUntilIdle();
      expect((await ordersOf(coupon)).map(({ status }) => status)).toEqual(['CLOSED']);
      expect(await statusOf(coupon)).toBe('AVAILABLE');
    });
    expect(boundaries).toBeGreaterThan(6);
  });

  it('full refund: the coupon is returned once', async () => {
    const scenario = async (at: number): Promise<OrderJson> => {
      const order = await createOrderWithCoupon(fixture.alice, await grantNewCoupon(), { productId: fixture.tea });
      await fixture.alice.pay(order);
      await fixture.alice.syncOrder(order);
      const refund = await fixture.alice.requestRefund(order);
      await fixture.shop.wechat.advanceTime({ minutes: 5 });
      await fixture.approveRefund(refund);
      await fixture.shop.wechat.advanceTime({ minutes: 5 });
      await fixture.shop.instances[at]?.runJobs();
      return order;
    };
    const boundaries = await crashAtEveryBoundary(fixture.shop, scenario, async (order) => {
      await runJobsUntilIdle();
      expect(await fixture.alice.getOrder(order)).toMatchObject({ refundStatus: 'FULL' });
      expect((await getCouponStatuses(fixture.alice))[order.couponId ?? '']).toBe('AVAILABLE');
      const events = await fixture.shop.firstInstance.findAll(OrderEvent);
      const returns = events.filter(({ type, orderNo }) => type === 'COUPON_RETURNED' && orderNo === order.orderNo);
      expect(returns).toHaveLength(1);
    });
    expect(boundaries).toBeGreaterThan(4);
  });
});
