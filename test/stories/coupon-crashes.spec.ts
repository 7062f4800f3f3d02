import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PaymentEvent } from '../../src/payment/payment-event.entity.js';
import { type DiscountedOrderJson, type GrantJson, hands, ordersWith, statusesOf } from '../support/coupons.js';
import { cutEverywhere } from '../support/cut-everywhere.js';
import { RefundShop } from '../support/refund-shop.js';

describe('a coupon, when an instance loses its power between any two steps', () => {
  let world: RefundShop;

  beforeAll(async () => {
    world = await RefundShop.opens();
    await world.boss.asks('PATCH', `products/${world.tea}`, { stock: 1000 });
  });
  afterAll(() => world.shop.closes());

  const receives = (): Promise<GrantJson> => hands(world.boss, world.alice, { discountFen: 500 });
  const ordersOf = async ({ id }: GrantJson): Promise<DiscountedOrderJson[]> => {
    const { body } = await world.alice.asks<{ items: DiscountedOrderJson[] }>('GET', 'orders?limit=100');
    return body.items.filter(({ couponId }) => couponId === id);
  };
  const statusOf = async ({ id }: GrantJson): Promise<string | undefined> => (await statusesOf(world.alice))[id];

  async function comesToRest(): Promise<void> {
    for (let round = 0; round < 3; round++) await world.passes({ minutes: 21 });
  }

  it('is with the one order that was placed and paid, or with its user', async () => {
    const ends = new Set<string>();
    const story = async (victim: number): Promise<GrantJson> => {
      const coupon = await receives();
      const wish = { items: [{ productId: world.tea, quantity: 1 }], couponId: coupon.id };
      // Whoever hears nothing asks again, under the same key.
      const options = { headers: { 'idempotency-key': coupon.id } };
      await world.alice.asks('POST', 'orders', wish, { ...options, at: victim });
      const { status, body } = await world.alice.asks('POST', 'orders', wish, options);
      expect(status).toBe(201);
      const pay = await world.alice.triesToPay<Parameters<typeof world.alice.confirms>[0]>(body, undefined, victim);
      if (pay.status === 200) await world.alice.confirms(pay.body, { notify: 'lost' });
      await world.alice.asks('POST', `orders/${body.orderNo}/sync`, undefined, { at: victim });
      return coupon;
    };
    const borders = await cutEverywhere(world.shop, story, async (coupon) => {
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
    const story = async (victim: number): Promise<GrantJson> => {
      const coupon = await receives();
      const order = await ordersWith(world.alice, coupon, { productId: world.tea });
      await world.alice.begins(order);
      await world.alice.cancels(order, victim);
      const [seen] = await ordersOf(coupon);
      expect(await statusOf(coupon)).toBe(seen?.status === 'CLOSED' ? 'AVAILABLE' : 'RESERVED');
      return coupon;
    };
    const borders = await cutEverywhere(world.shop, story, async (coupon) => {
      await comesToRest();
      expect((await ordersOf(coupon)).map(({ status }) => status)).toEqual(['CLOSED']);
      expect(await statusOf(coupon)).toBe('AVAILABLE');
    });
    expect(borders).toBeGreaterThan(6);
  });

  it('comes back once with all of the money', async () => {
    const story = async (victim: number): Promise<DiscountedOrderJson> => {
      const order = await ordersWith(world.alice, await receives(), { productId: world.tea });
      await world.alice.pays(order);
      await world.alice.syncs(order);
      const refund = await world.alice.wantsBack(order);
      await world.shop.wechat.passes({ minutes: 5 });
      await world.approves(refund);
      await world.shop.wechat.passes({ minutes: 5 });
      await world.shop.instances[victim]?.tick();
      return order;
    };
    const borders = await cutEverywhere(world.shop, story, async (order) => {
      await comesToRest();
      expect(await world.alice.sees(order)).toMatchObject({ refundStatus: 'FULL' });
      expect((await statusesOf(world.alice))[order.couponId ?? '']).toBe('AVAILABLE');
      const events = await world.shop.first.all(PaymentEvent);
      const returns = events.filter(({ type, orderNo }) => type === 'COUPON_RETURNED' && orderNo === order.orderNo);
      expect(returns).toHaveLength(1);
    });
    expect(borders).toBeGreaterThan(4);
  });
});
