import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Customer, OrderJson } from '../support/customer.js';
import { eventually } from '../support/eventually.js';
import { RefundShop } from '../support/refund-shop.js';
import { IMPATIENT, type Shop } from '../support/shop.js';

/** More than one batch. */
const PAID_ORDERS = 25;
const BATCH_SIZE = 20;
const OUTAGE_MINUTES = 180;

describe('after an outage of WeChat', () => {
  let world: RefundShop;
  let shop: Shop;
  let alice: Customer;
  let tea: string;

  beforeAll(async () => {
    world = await RefundShop.opens({ environment: { QUERY_BACKOFF_SECONDS: '10,60,120,300,1200', ...IMPATIENT } });
    ({ shop, alice } = world);
    tea = await shop.sells({ stock: 100 });
  });
  afterAll(() => shop.closes());

  const fails = async (endpoint: 'orderquery' | 'refund' | 'refundquery'): Promise<void> => {
    await shop.wechat.fails({ endpoint, kind: 'SYSTEMERROR', times: -1 });
  };
  const statesOf = (orders: OrderJson[]): Promise<string[]> =>
    Promise.all(orders.map(async (order) => (await alice.sees(order)).status));
  /** Something unrelated that WeChat answers. */
  const answersOnce = async (): Promise<void> => {
    await alice.begins(await alice.orders({ productId: tea }));
  };

  it('payment check: the first usable answer brings overdue payments, refunds and closes forward, in batches', async () => {
    const bought = await world.sells();
    await fails('refund');
    await fails('refundquery');
    await fails('orderquery');
    const refund = await world.getsBack(bought);
    const paid: OrderJson[] = [];
    for (let count = 0; count < PAID_ORDERS; count++) {
      const order = await alice.orders({ productId: tea });
      await alice.pays(order, { notify: 'lost' });
      paid.push(order);
    }
    const unpaid = await alice.orders({ productId: tea });
    await alice.begins(unpaid);
    for (let minutes = 0; minutes < OUTAGE_MINUTES; minutes += 21) await world.passes({ minutes: 21 });
    await world.passes({ minutes: 6 }); // longer than any question must wait for an answer to another
    expect(new Set(await statesOf([...paid, unpaid]))).toEqual(new Set(['PENDING']));

    await shop.wechat.recovers();
    const before = await shop.wechat.timesCalled('/pay/orderquery');
    await shop.ticks(); // nothing is due for minutes
    expect(await shop.wechat.timesCalled('/pay/orderquery')).toBe(before);

    await answersOnce();
    await eventually(async () => expect(new Set(await statesOf(paid))).toEqual(new Set(['PAID'])));
    await eventually(async () => expect((await world.deskSees(refund)).wechatRefundId).not.toBeNull());
    await shop.ticks();
    expect(await statesOf([unpaid])).toEqual(['CLOSED']);

    const [first, ...others] = (await shop.wechat.messages('/pay/orderquery'))
      .slice(before)
      .map(({ at }) => Date.parse(at));
    expect(others.length).toBeGreaterThanOrEqual(PAID_ORDERS);
    // The pause is one second; what the simulator sees of it depends on how long each question was under way.
    expect((others[BATCH_SIZE - 1] ?? 0) - (first ?? 0)).toBeGreaterThan(500);
    expect(await world.timesSent(refund.refundNo)).toBeGreaterThan(1);
    expect(await world.ledgerOf(bought)).toMatchObject({ refunds: 1 });
  });

  it('payment check: a payment that WeChat never answers about is not asked at every answer about others', async () => {
    await shop.ticks();
    const { outTradeNo } = await alice.begins(await alice.orders({ productId: tea }));
    await shop.wechat.fails({ endpoint: 'orderquery', kind: 'SYSTEMERROR', times: -1, out_trade_no: outTradeNo });
    for (let count = 0; count < 5; count++) await world.passes({ minutes: 21 });
    const asked = (): Promise<number> => shop.wechat.timesCalled('/pay/orderquery', outTradeNo);
    const before = await asked();

    await shop.wechat.passes({ minutes: 2 });
    await answersOnce();
    await eventually(async () => expect(await asked()).toBe(before + 1));

    const other = await alice.orders({ productId: tea });
    const pay = await alice.pays(other, { notify: 'lost' });
    await shop.wechat.fails({ endpoint: 'orderquery', kind: 'SYSTEMERROR', out_trade_no: pay.outTradeNo });
    await world.passes({ seconds: 11 });
    expect(await statesOf([other])).toEqual(['PENDING']);
    const askedByNow = await asked(); // its order asks too
    await shop.wechat.passes({ seconds: 10 });
    await answersOnce();
    await eventually(async () => expect(await statesOf([other])).toEqual(['PAID']));
    expect(await asked()).toBe(askedByNow);
  });
});
