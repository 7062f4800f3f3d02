import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OrderEvent } from '../../src/payment/order-event.entity.js';
import {
  type DiscountedOrderJson,
  type GrantedCouponJson,
  grantCoupon,
  createOrderWithCoupon,
  getCouponStatuses,
} from '../support/coupons.js';
import { crashAtEveryBoundary } from '../support/crash-at-every-boundary.js';
import { RefundFixture } from '../support/refund-fixture.js';

describe('a coupon, when an instance loses its power between any two steps', () => {
  let world: RefundFixture;

  beforeAll(async () => {
    world = await RefundFixture.open();
    await world.boss.call('PATCH', `products/${world.tea}`, { stock: 1000 });
  });
  afterAll(() => world.shop.close());

  const receives = (): Promise<GrantedCouponJson> => grantCoupon(world.boss, world.alice, { discountFen: 500 });
  const ordersOf = async ({ id }: GrantedCouponJson): Promise<DiscountedOrderJson[]> => {
    const { body } = await world.alice.call<{ items: DiscountedOrderJson[] }>('GET', 'orders?limit=100');
    return body.items.filter(({ couponId }) => couponId === id);
  };
  const statusOf = async ({ id }: GrantedCouponJson): Promise<string | undefined> =>
    (await getCouponStatuses(world.alice))[id];

  async function comesToRest(): Promise<void> {
    for (let round = 0; round < 3; round++) await world.runJobsAfter({ minutes: 21 });
  }

  it('is with the one order that was placed and paid, or with its user', async () => {
    const ends = new Set<string>();
    const story = async (victim: number): Promise<GrantedCouponJson> => {
      const coupon = await receives();
      const wish = { items: [{ productId: world.tea, quantity: 1 }], couponId: coupon.id };
      // Whoever hears nothing asks again, under the same key.
      const options = { headers: { 'idempotency-key': coupon.id } };
      await world.alice.call('POST', 'orders', wish, { ...options, at: victim });
      const { status, body } = await world.alice.call('POST', 'orders', wish, options);
      expect(status).toBe(201);
      const pay = await world.alice.tryStartPayment<Parameters<typeof world.alice.confirmPayment>[0]>(
        body,
        undefined,
        victim,
      );
      if (pay.status === 200) await world.alice.confirmPayment(pay.body, { notify: 'lost' });
      await world.alice.call('POST', `orders/${body.orderNo}/sync`, undefined, { at: victim });
      return coupon;
    };
    const borders = await crashAtEveryBoundary(world.shop, story, async (coupon) => {
      await comesToRest();
      const orders = await ordersOf(coupon);
      expect(orders).toHaveLength(1);
      const isPaid = orders[0]?.status === 'PAID';
      expect(await statusOf(coupon)).toBe(isPaid ? 'USED' : 'AVAILABLE');
      ends.add(isPaid ? 'paid' : 'closed');
    });
    expect(borders).toBeGreaterThan(6);
    expect([...ends].sort()).toEqual(['closed', 'paid']);
  });

  it('is free after a cancel that was cut short, as soon as the order is closed', async () => {
    const story = async (victim: number): Promise<GrantedCouponJson> => {
      const coupon = await receives();
      const order = await createOrderWithCoupon(world.alice, coupon, { productId: world.tea });
      await world.alice.startPayment(order);
      await world.alice.cancelOrder(order, victim);
      const [seen] = await ordersOf(coupon);
      expect(await statusOf(coupon)).toBe(seen?.status === 'CLOSED' ? 'AVAILABLE' : 'RESERVED');
      return coupon;
    };
    const borders = await crashAtEveryBoundary(world.shop, story, async (coupon) => {
      await comesToRest();
      expect((await ordersOf(coupon)).map(({ status }) => status)).toEqual(['CLOSED']);
      expect(await statusOf(coupon)).toBe('AVAILABLE');
    });
    expect(borders).toBeGreaterThan(6);
  });

  it('comes back once with all of the money', async () => {
    const story = async (victim: number): Promise<DiscountedOrderJson> => {
      const order = await createOrderWithCoupon(world.alice, await receives(), { productId: world.tea });
      await world.alice.pay(order);
      await world.alice.syncOrder(order);
      const refund = await world.alice.requestRefund(order);
      await world.shop.wechat.advanceTime({ minutes: 5 });
      await world.approveRefund(refund);
      await world.shop.wechat.advanceTime({ minutes: 5 });
      await world.shop.instances[victim]?.runJobs();
      return order;
    };
    const borders = await crashAtEveryBoundary(world.shop, story, async (order) => {
      await comesToRest();
      expect(await world.alice.getOrder(order)).toMatchObject({ refundStatus: 'FULL' });
      expect((await getCouponStatuses(world.alice))[order.couponId ?? '']).toBe('AVAILABLE');
      const events = await world.shop.firstInstance.findAll(OrderEvent);
      const returns = events.filter(({ type, orderNo }) => type === 'COUPON_RETURNED' && orderNo === order.orderNo);
      expect(returns).toHaveLength(1);
    });
    expect(borders).toBeGreaterThan(4);
  });
});
