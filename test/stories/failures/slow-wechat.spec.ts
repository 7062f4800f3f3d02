import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PaymentCheckJob } from '../../../src/reconciliation/payment-check.job.js';
import type { TestBuyer } from '../../support/clients/test-buyer.js';
import { eventually } from '../../support/eventually.js';
import { openTestShop, type TestShop } from '../../support/test-shop.js';

/** More payments than workers run at once while WeChat responds promptly. */
const HANGING_PAYMENT_COUNT = 12;

describe('payment check: slow responses from WeChat', () => {
  let shop: TestShop;
  let alice: TestBuyer;
  let tea: string;

  beforeAll(async () => {
    // Longer than the whole test, so that no pending query times out.
    shop = await openTestShop({
      environment: { WECHAT_TIMEOUT_SECONDS: '60', QUERY_BACKOFF_SECONDS: '10,20,40', ORDER_TTL_SECONDS: '86400' },
    });
    alice = await shop.createUser('alice');
    tea = await shop.createProduct({ priceFen: 1500, stock: 100 });
    await shop.wechat.stopClock();
  });
  afterAll(async () => {
    await shop.wechat.clearFaults();
    await shop.close();
  });

  const startPayment = async (): Promise<string> => {
    const order = await alice.createOrder({ productId: tea });
    return (await alice.startPayment(order)).outTradeNo;
  };
  const startHangingPayment = async (): Promise<string> => {
    const outTradeNo = await startPayment();
    await shop.wechat.failNext({ endpoint: 'orderquery', kind: 'timeout', out_trade_no: outTradeNo });
    return outTradeNo;
  };
  const getQueryTimes = async (outTradeNo: string): Promise<number[]> => {
    const questions = await shop.wechat.getPayCalls('query', outTradeNo);
    return questions.map(({ at }) => Date.parse(at));
  };
  const runJob = (): Promise<void> => shop.firstInstance.app.get(PaymentCheckJob).runner.wake();

  it('other payments are queried on time while more queries are pending than there are workers', async () => {
    const startedAt = shop.wechat.now().getTime();
    const hanging = await Promise.all(Array.from({ length: HANGING_PAYMENT_COUNT }, startHangingPayment));
    await shop.wechat.advanceTime({ seconds: 5 });
    const others = await Promise.all(Array.from({ length: 15 }, startPayment));

    await shop.wechat.advanceTime({ seconds: 5 });
    await runJob();
    await eventually(async () => {
      for (const outTradeNo of hanging) expect(await getQueryTimes(outTradeNo)).toHaveLength(1);
    });
    for (const seconds of [5, 20, 40, 40]) {
      await shop.wechat.advanceTime({ seconds });
      const now = shop.wechat.now().getTime();
      await runJob();
      await eventually(async () => {
        for (const outTradeNo of others) expect((await getQueryTimes(outTradeNo)).at(-1)).toBe(now);
      });
      await eventually(async () => {
        const rows = await Promise.all(others.map((outTradeNo) => shop.getEvents(outTradeNo)));
        const counts = await Promise.all(others.map((outTradeNo) => getQueryTimes(outTradeNo)));
        rows.forEach((events, at) => {
          expect(events.filter(({ type }) => type === 'QUERY')).toHaveLength(counts[at]?.length ?? 0);
        });
      });
    }
    const gaps = (await Promise.all(others.map(getQueryTimes))).map((moments) =>
      moments.map((at) => (at - startedAt) / 1000),
    );
    for (const moments of gaps) expect(moments).toEqual([15, 35, 75, 115]);
    for (const outTradeNo of hanging) {
      expect(await getQueryTimes(outTradeNo)).toHaveLength(1);
      expect((await shop.getEvents(outTradeNo)).map(({ type }) => type)).toEqual(['PREPAY']);
    }
  });
});
