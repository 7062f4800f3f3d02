import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestBuyer, OrderJson } from '../../support/clients/test-buyer.js';
import { eventually } from '../../support/eventually.js';
import { RefundFixture } from '../../support/fixtures/refund-fixture.js';
import { SHORT_TIMEOUT, type TestShop } from '../../support/test-shop.js';

/** More than one batch. */
const PAID_ORDER_COUNT = 25;
const BATCH_SIZE = 20;
const OUTAGE_MINUTES = 180;

describe('payment check: after an outage of WeChat', () => {
  let fixture: RefundFixture;
  let shop: TestShop;
  let alice: TestBuyer;
  let tea: string;

  beforeAll(async () => {
    fixture = await RefundFixture.open({
      environment: { QUERY_BACKOFF_SECONDS: '10,60,120,300,1200', ...SHORT_TIMEOUT },
    });
    ({ shop, alice } = fixture);
    tea = await shop.createProduct({ stock: 100 });
  });
  afterAll(() => shop.close());

  const failAll = async (endpoint: 'orderquery' | 'refund' | 'refundquery'): Promise<void> => {
    await shop.wechat.failNext({ endpoint, kind: 'SYSTEMERROR', times: -1 });
  };
  const statesOf = (orders: OrderJson[]): Promise<string[]> =>
    Promise.all(orders.map(async (order) => (await alice.getOrder(order)).status));
  /** Makes WeChat respond about another order. */
  const makeWechatAnswer = async (): Promise<void> => {
    await alice.startPayment(await alice.createOrder({ productId: tea }));
  };

  it('the first usable response brings overdue payments, refunds and closes forward, in batches', async () => {
    const paidOrder = await fixture.createPaidOrder();
    await failAll('refund');
    await failAll('refundquery');
    await failAll('orderquery');
    const refund = await fixture.createApprovedRefund(paidOrder);
    const paid: OrderJson[] = [];
    for (let count = 0; count < PAID_ORDER_COUNT; count++) {
      const order = await alice.createOrder({ productId: tea });
      await alice.pay(order, { notify: 'lost' });
      paid.push(order);
    }
    const unpaid = await alice.createOrder({ productId: tea });
    await alice.startPayment(unpaid);
    for (let minutes = 0; minutes < OUTAGE_MINUTES; minutes += 21) await fixture.runJobsAfter({ minutes: 21 });
    // longer than a query must wait before the response to another one brings it forward
    await fixture.runJobsAfter({ minutes: 6 });
    expect(new Set(await statesOf([...paid, unpaid]))).toEqual(new Set(['PENDING']));

    await shop.wechat.clearFaults();
    const before = await shop.wechat.countPayCalls('query');
    await shop.runJobs(); // nothing is due for minutes
    expect(await shop.wechat.countPayCalls('query')).toBe(before);

    await makeWechatAnswer();
    await eventually(async () => expect(new Set(await statesOf(paid))).toEqual(new Set(['PAID'])));
    await eventually(async () => expect((await fixture.getAdminRefund(refund)).wechatRefundId).not.toBeNull());
    await shop.runJobs();
    expect(await statesOf([unpaid])).toEqual(['CLOSED']);

    const [first, ...others] = (await shop.wechat.getPayCalls('query')).slice(before).map(({ at }) => Date.parse(at));
    expect(others.length).toBeGreaterThanOrEqual(PAID_ORDER_COUNT);
    // The pause is one second. The time between two queries at the simulator also depends on how long each query took.
    expect((others[BATCH_SIZE - 1] ?? 0) - (first ?? 0)).toBeGreaterThan(500);
    expect(await fixture.countRefundCalls(refund.refundNo)).toBeGreaterThan(1);
    expect(await fixture.getLedger(paidOrder)).toMatchObject({ refunds: 1 });
  });

  it('a payment whose queries always fail is not queried at every response about other payments', async () => {
    await shop.runJobs();
    const { outTradeNo } = await alice.startPayment(await alice.createOrder({ productId: tea }));
    await shop.wechat.failNext({ endpoint: 'orderquery', kind: 'SYSTEMERROR', times: -1, out_trade_no: outTradeNo });
    for (let count = 0; count < 5; count++) await fixture.runJobsAfter({ minutes: 21 });
    const countQueries = (): Promise<number> => shop.wechat.countPayCalls('query', outTradeNo);
    const before = await countQueries();

    await shop.wechat.advanceTime({ minutes: 2 });
    await makeWechatAnswer();
    await eventually(async () => expect(await countQueries()).toBe(before + 1));

    const other = await alice.createOrder({ productId: tea });
    const pay = await alice.pay(other, { notify: 'lost' });
    await shop.wechat.failNext({ endpoint: 'orderquery', kind: 'SYSTEMERROR', out_trade_no: pay.outTradeNo });
    await fixture.runJobsAfter({ seconds: 11 });
    expect(await statesOf([other])).toEqual(['PENDING']);
    const queriesBefore = await countQueries(); // the expiry of its order queries it too
    await shop.wechat.advanceTime({ seconds: 10 });
    await makeWechatAnswer();
    await eventually(async () => expect(await statesOf([other])).toEqual(['PAID']));
    expect(await countQueries()).toBe(queriesBefore);
  });
});
