import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { UserCoupon } from '../../src/coupon/user-coupon.entity.js';
import { PaymentEvent } from '../../src/payment/payment-event.entity.js';
import { type DiscountedOrderJson, type GrantJson, hands, ordersWith, statusesOf } from '../support/coupons.js';
import type { OrderJson, RefundJson } from '../support/customer.js';
import { PRICE_FEN, RefundShop, STOCK } from '../support/refund-shop.js';

const OFF_FEN = 3001;
const PAYABLE_FEN = PRICE_FEN - OFF_FEN;

let world: RefundShop;
let coupon: GrantJson;
let tea: string;

/** Many coupons of many tests are at rest in one shop; each test has one of its own, and tea of its own to buy for it. */
async function opens(environment: Record<string, string> = {}): Promise<void> {
  world = await RefundShop.opens({ instances: 2, environment });
}
beforeEach(async () => {
  coupon = await hands(world.boss, world.alice, { discountFen: OFF_FEN });
  tea = await world.shop.sells({ priceFen: PRICE_FEN, stock: STOCK });
});

const status = async (): Promise<string | undefined> => (await statusesOf(world.alice))[coupon.id];
const orders = (): Promise<DiscountedOrderJson> => ordersWith(world.alice, coupon, { productId: tea });
const returns = async (order: OrderJson): Promise<number> =>
  (await world.shop.first.all(PaymentEvent)).filter(
    ({ type, orderNo }) => type === 'COUPON_RETURNED' && orderNo === order.orderNo,
  ).length;

async function sells(): Promise<DiscountedOrderJson> {
  const order = await orders();
  await world.alice.pays(order);
  await world.alice.syncs(order);
  return order;
}

/** As a close leaves the books that believed a wrong word: no sequence of honest answers brings it about. */
async function paidAfterTheClose(): Promise<DiscountedOrderJson> {
  const order = await orders();
  const pay = await world.alice.pays(order, { notify: 'lost' });
  await world.shop.forces(
    `UPDATE payments SET status = 'CLOSED', next_check_at = NULL WHERE out_trade_no = '${pay.outTradeNo}'`,
    `UPDATE products SET stock = stock + 1 WHERE product_id = '${tea}'`,
    `UPDATE user_coupons SET order_no = NULL WHERE order_no = '${order.orderNo}'`,
    `UPDATE orders SET status = 'CLOSED', close_reason = 'EXPIRED', next_check_at = NULL,
       closed_at = created_at WHERE order_no = '${order.orderNo}'`,
  );
  return order;
}

const moneyArrives = async ({ orderNo }: OrderJson): Promise<void> => {
  await world.shop.wechat.notifies(`${orderNo}-1`);
  for (let round = 0; round < 3; round++) await world.passes({ minutes: 30 });
};

describe('a coupon', () => {
  beforeAll(() => opens());
  afterAll(() => world.shop.closes());

  it('is reserved by the order, consumed by its payment, and WeChat is asked for the rest', async () => {
    const order = await orders();
    expect(await status()).toBe('RESERVED');
    await world.alice.pays(order);
    expect((await world.alice.syncs(order)).body).toMatchObject({ status: 'PAID', paidFen: PAYABLE_FEN });
    expect(await status()).toBe('USED');
    expect(await world.ledgerOf(order)).toMatchObject({ paidFen: PAYABLE_FEN });
    // And thirty notices more change nothing.
    await Promise.all(Array.from({ length: 30 }, () => world.shop.wechat.notifies(`${order.orderNo}-1`)));
    expect(await status()).toBe('USED');
  });

  it('goes to one of many orders at once', async () => {
    const body = { items: [{ productId: tea, quantity: 1 }], couponId: coupon.id };
    const replies = await Promise.all(
      Array.from({ length: 5 }, (_, at) => world.alice.asks('POST', 'orders', body, { at: at % 2 })),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
    expect(await world.shop.stockOf(tea)).toBe(STOCK - 1);
  });

  it.each(['the user cancels', 'nobody pays in time'])('is free again when %s, and can be used', async (why) => {
    const order = await orders();
    await world.alice.begins(order);
    if (why === 'the user cancels') {
      await world.shop.wechat.passes({ minutes: 6 });
      expect((await world.alice.cancels(order)).body.status).toBe('CLOSED');
      await world.alice.cancels(order);
    } else {
      await world.passes({ minutes: 21 });
      await world.passes({ minutes: 21 });
    }
    expect(await world.alice.sees(order)).toMatchObject({ status: 'CLOSED', couponId: coupon.id });
    expect(await status()).toBe('AVAILABLE');
    expect((await orders()).discountFen).toBe(OFF_FEN);
  });

  it('stays with the payment that wins against a cancel', async () => {
    const order = await orders();
    await world.alice.pays(order, { notify: 'lost' });
    expect((await world.alice.cancels(order)).body).toMatchObject({ code: 'ORDER_NOT_CANCELLABLE' });
    expect(await status()).toBe('USED');
  });

  it('that expires while its order waits is good for that order, and for no other', async () => {
    const { couponId } = coupon;
    const [paid, cancelled] = [
      await orders(),
      await world.boss.asks<GrantJson>('POST', `coupons/${couponId}/grant`, { userId: world.alice.id }),
    ];
    const other = await ordersWith(world.alice, cancelled.body, { productId: tea });
    await world.boss.asks('PATCH', `coupons/${couponId}`, { expiresAt: '2020-01-01T00:00:00.000Z' });
    await world.alice.pays(paid);
    expect((await world.alice.syncs(paid)).body).toMatchObject({ status: 'PAID', paidFen: PAYABLE_FEN });
    await world.alice.cancels(other);
    expect(await statusesOf(world.alice)).toMatchObject({ [coupon.id]: 'USED', [cancelled.body.id]: 'EXPIRED' });
  });

  describe('of a paid order', () => {
    const answers: [string, (refund: RefundJson) => Promise<unknown>][] = [
      [
        'its notice says so, five times at once',
        (refund) => Promise.all([1, 2, 3, 4, 5].map(() => world.notifies(refund))),
      ],
      ['the job asks', () => world.passes({ minutes: 10 })],
      ['both at once', (refund) => Promise.all([world.notifies(refund), world.passes({ minutes: 10 })])],
    ];
    it.each(answers)('comes back once when all of the money is back and %s', async (_how, tells) => {
      const order = await sells();
      const refund = await world.getsBack(order);
      await world.shop.wechat.passes({ minutes: 1 });
      await tells(refund);
      for (let round = 0; round < 2; round++) await world.passes({ hours: 1 });
      expect(await world.alice.sees(order)).toMatchObject({ refundStatus: 'FULL', refundedFen: PAYABLE_FEN });
      expect(await status()).toBe('AVAILABLE');
      expect(await returns(order)).toBe(1);

      const next = await orders();
      for (let round = 0; round < 3; round++) await world.notifies(refund);
      expect(await status()).toBe('RESERVED');
      expect(await returns(order)).toBe(1);
      expect(await world.alice.sees(next)).toMatchObject({ status: 'PENDING' });
      const { body } = await world.boss.asks<{ events: { text: string }[] }>('GET', `orders/${order.orderNo}`);
      expect(body.events.map(({ text }) => text)).toContain('Coupon returned: the whole payment is refunded');
    });

    it('comes back when staff give all of the money of their own accord, whether or not the goods come back', async () => {
      const { orderNo } = await sells();
      const give = { amountFen: PAYABLE_FEN, reason: '补偿', returnStock: false };
      expect((await world.boss.asks('POST', `orders/${orderNo}/refunds`, give)).status).toBe(201);
      for (let round = 0; round < 2; round++) await world.passes({ hours: 1 });
      expect(await status()).toBe('AVAILABLE');
      expect(await world.shop.stockOf(tea)).toBe(STOCK - 1);
    });

    it('stays used after a part, and comes back with the last one: the parts of the lines add up', async () => {
      const pen = await world.shop.sells({ priceFen: 333, stock: 10 });
      const order = await ordersWith(world.alice, coupon, { productId: tea }, { productId: pen, quantity: 2 });
      await world.alice.pays(order);
      await world.alice.syncs(order);
      expect(order.items.reduce((sum, { payableFen }) => sum + payableFen, 0)).toBe(order.payableFen);
      for (const [at, { payableFen }] of order.items.entries()) {
        expect(await status()).toBe('USED');
        await world.getsBack(order, payableFen);
        for (let round = 0; round < 2; round++) await world.passes({ hours: 1 });
        const refundStatus = at === order.items.length - 1 ? 'FULL' : 'PARTIAL';
        expect(await world.alice.sees(order)).toMatchObject({ refundStatus });
      }
      expect(await status()).toBe('AVAILABLE');
      expect(await returns(order)).toBe(1);
    });

    it('comes back once when two refunds that make the whole succeed at the same time', async () => {
      const order = await sells();
      await Promise.all([world.getsBack(order, PAYABLE_FEN - 1000), world.getsBack(order, 1000)]);
      for (let round = 0; round < 4; round++) await world.passes({ minutes: 40 });
      expect(await world.alice.sees(order)).toMatchObject({ refundStatus: 'FULL' });
      expect(await status()).toBe('AVAILABLE');
      expect(await returns(order)).toBe(1);
    });

    it('that has expired meanwhile stays used', async () => {
      const order = await sells();
      await world.boss.asks('PATCH', `coupons/${coupon.couponId}`, { expiresAt: '2020-01-01T00:00:00.000Z' });
      await world.getsBack(order);
      for (let round = 0; round < 2; round++) await world.passes({ hours: 1 });
      expect(await world.alice.sees(order)).toMatchObject({ refundStatus: 'FULL' });
      expect(await status()).toBe('USED');
      await world.boss.asks('PATCH', `coupons/${coupon.couponId}`, { expiresAt: coupon.expiresAt });
      expect(await status()).toBe('USED');
    });
  });

  describe('of an order that is paid after its close', () => {
    it('stays free: the money goes back', async () => {
      const order = await paidAfterTheClose();
      await moneyArrives(order);
      expect(await world.ledgerOf(order)).toEqual({ paidFen: PAYABLE_FEN, refundedFen: PAYABLE_FEN, refunds: 1 });
      expect(await world.alice.sees(order)).toMatchObject({ status: 'CLOSED', refundStatus: 'FULL' });
      expect(await status()).toBe('AVAILABLE');
      expect(await returns(order)).toBe(0);
    });
  });
});

describe('a coupon of an order that is paid after its close, where the shop delivers', () => {
  beforeAll(() => opens({ LATE_PAYMENT_POLICY: 'deliver' }));
  afterAll(() => world.shop.closes());

  it('is used after all, even when it has expired', async () => {
    const order = await paidAfterTheClose();
    await world.boss.asks('PATCH', `coupons/${coupon.couponId}`, { expiresAt: '2020-01-01T00:00:00.000Z' });
    await moneyArrives(order);
    expect(await world.alice.sees(order)).toMatchObject({ status: 'PAID', paidFen: PAYABLE_FEN });
    expect(await status()).toBe('USED');
  });

  it('is not taken from the order that has it by then: the money goes back', async () => {
    const order = await paidAfterTheClose();
    const next = await sells();
    await moneyArrives(order);
    expect(await world.alice.sees(order)).toMatchObject({ status: 'CLOSED', refundStatus: 'FULL' });
    expect(await world.ledgerOf(order)).toEqual({ paidFen: PAYABLE_FEN, refundedFen: PAYABLE_FEN, refunds: 1 });
    expect(await status()).toBe('USED');
    const held = (await world.shop.first.all(UserCoupon)).filter(({ couponId }) => couponId === coupon.couponId);
    expect(held.map(({ orderNo }) => orderNo)).toEqual([next.orderNo]);
    expect(await world.shop.stockOf(tea)).toBe(STOCK - 1);
  });
});
