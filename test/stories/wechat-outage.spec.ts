import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestBuyer, OrderJson } from '../support/test-buyer.js';
import { eventually } from '../support/eventually.js';
import { RefundFixture } from '../support/refund-fixture.js';
import { SHORT_TIMEOUT, type TestShop } from '../support/test-shop.js';

/** More than one batch. */
const PAID_ORDER_COUNT = 25;
const BATCH_SIZE = 20;
const OUTAGE_MINUTES = 180;

describe('after an outage of WeChat', () => {
  let world: RefundFixture;
  let shop: TestShop;
  let alice: TestBuyer;
  let tea: string;

  beforeAll(async () => {
    world = await RefundFixture.open({
      environment: { QUERY_BACKOFF_SECONDS: '10,60,120,300,1200', ...SHORT_TIMEOUT },
    });
    ({ shop, alice } = world);
    tea = await shop.createProduct({ stock: 100 });
  });
  afterAll(() => shop.close());

  const fails = async (endpoint: 'orderquery' | 'refund' | 'refundquery'): Promise<void> => {
    await shop.wechat.failNext({ endpoint, kind: 'SYSTEMERROR', times: -1 });
  };
  const statesOf = (orders: OrderJson[]): Promise<string[]> =>
    Promise.all(orders.map(async (order) => (await alice.getOrder(order)).status));
  /** Something unrelated that WeChat answers. */
  const answersOnce = async (): Promise<void> => {
    await alice.startPayment(await alice.createOrder({ productId: tea }));
  };

  it('payment check: the first usable answer brings overdue payments, refunds and closes forward, in batches', async () => {
    const bought = await world.createPaidOrder();
    await fails('refund');
    await fails('refundquery');
    await fails('orderquery');
    const refund = await world.createApprovedRefund(bought);
    const paid: OrderJson[] = [];
    for (let count = 0; count < PAID_ORDER_COUNT; count++) {
      const order = await alice.createOrder({ productId: tea });
      await alice.pay(order, { notify: 'lost' });
      paid.push(order);
    }
    const unpaid = await alice.createOrder({ productId: tea });
    await alice.startPayment(unpaid);
    for (let minutes = 0; minutes < OUTAGE_MINUTES; minutes += 21) await world.runJobsAfter({ minutes: 21 });
    await world.runJobsAfter({ minutes: 6 }); // longer than any question must wait for an answer to another
    expect(new Set(await statesOf([...paid, unpaid]))).toEqual(new Set(['PENDING']));

    await shop.wechat.clearFaults();
    const before = await shop.wechat.countCalls('/pay/orderquery');
    await shop.runJobs(); // nothing is due for minutes
    expect(await shop.wechat.countCalls('/pay/orderquery')).toBe(before);

    await answersOnce();
    await eventually(async () => expect(new Set(await statesOf(paid))).toEqual(new Set(['PAID'])));
    await eventually(async () => expect((await world.getAdminRefund(refund)).wechatRefundId).not.toBeNull());
    await shop.runJobs();
    expect(await statesOf([unpaid])).toEqual(['CLOSED']);

    const [first, ...others] = (await shop.wechat.getMessages('/pay/orderquery'))
      .slice(before)
      .map(({ at }) => Date.parse(at));
    expect(others.length).toBeGreaterThanOrEqual(PAID_ORDER_COUNT);
    // The pause is one second; what the simulator sees of it depends on how long each question was under way.
    expect((others[BATCH_SIZE - 1] ?? 0) - (first ?? 0)).toBeGreaterThan(500);
    expect(await world.countRefundCalls(refund.refundNo)).toBeGreaterThan(1);
    expect(await world.getLedger(bought)).toMatchObject({ refunds: 1 });
  });

  it('payment check: a payment that WeChat never answers about is not asked at every answer about others', async () => {
    await shop.runJobs();
    const { outTradeNo } = await alice.startPayment(await alice.createOrder({ productId: tea }));
    await shop.wechat.failNext({ endpoint: 'orderquery', kind: 'SYSTEMERROR', times: -1, out_trade_no: outTradeNo });
    for (let count = 0; count < 5; count++) await world.runJobsAfter({ minutes: 21 });
    const asked = (): Promise<number> => shop.wechat.countCalls('/pay/orderquery', outTradeNo);
    const before = await asked();

    await shop.wechat.advanceTime({ minutes: 2 });
    await answersOnce();
    await eventually(async () => expect(await asked()).toBe(before + 1));

    const other = await alice.createOrder({ productId: tea });
    const pay = await alice.pay(other, { notify: 'lost' });
    await shop.wechat.failNext({ endpoint: 'orderquery', kind: 'SYSTEMERROR', out_trade_no: pay.outTradeNo });
    await world.runJobsAfter({ seconds: 11 });
    expect(await statesOf([other])).toEqual(['PENDING']);
    const askedByNow = await asked(); // its order asks too
    await shop.wechat.advanceTime({ seconds: 10 });
    await answersOnce();
    await eventually(async () => expect(await statesOf([other])).toEqual(['PAID']));
    expect(await asked()).toBe(askedByNow);
  });
});
