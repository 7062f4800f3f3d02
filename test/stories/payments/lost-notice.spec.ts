import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PaymentCheckJob } from '../../../src/reconciliation/payment-check.job.js';
import type { TestBuyer } from '../../support/clients/test-buyer.js';
import { eventually } from '../../support/eventually.js';
import { SHORT_TIMEOUT, openTestShop, type TestShop, type TestShopOptions } from '../../support/test-shop.js';

describe('lost payment notices', () => {
  let shop: TestShop;
  let alice: TestBuyer;
  let tea: string;

  /** Opens one shop for the tests that follow. */
  function useSharedShop({ environment, ...options }: TestShopOptions): void {
    beforeAll(async () => {
      shop = await openTestShop({
        ...options,
        environment: { SESSION_TTL_SECONDS: '2592000', ...SHORT_TIMEOUT, ...environment },
      });
      alice = await shop.createUser('alice');
      tea = await shop.createProduct({ priceFen: 1500 });
    });
    beforeEach(() => shop.wechat.clearFaults());
    afterAll(() => shop.close());
  }

  const countQueries = (outTradeNo: string): Promise<number> => shop.wechat.countPayCalls('query', outTradeNo);

  describe('lost payment notices: two instances', () => {
    useSharedShop({ instances: 2 });

    it('one query finds the payment, and the notice that arrives later is a repetition', async () => {
      const order = await alice.createOrder({ productId: tea });
      const pay = await alice.pay(order, { notify: 'lost' });
      await shop.runJobs();
      expect(await countQueries(pay.outTradeNo)).toBe(0); // not due yet
      expect(await alice.getOrder(order)).toMatchObject({ status: 'PENDING', paidFen: 0 });

      await shop.wechat.advanceTime({ seconds: 10 });
      await shop.runJobs();
      expect(await countQueries(pay.outTradeNo)).toBe(1);
      expect(await alice.getOrder(order)).toMatchObject({ status: 'PAID', paidFen: 1500 });

      const [reply] = await shop.wechat.sendPaymentNotice(pay.outTradeNo);
      expect(reply?.isAccepted).toBe(true);
      const events = (await shop.getEvents(pay.outTradeNo)).map(({ type, result }) => `${type} ${result}`);
      expect(events).toEqual(['PREPAY ACCEPTED', 'QUERY APPLIED', 'NOTICE REPEATED']);

      await shop.wechat.advanceTime({ hours: 2 });
      await shop.runJobs();
      expect(await countQueries(pay.outTradeNo)).toBe(1); // a payment whose result is final is not queried again
    });

    it('an unusable response is followed by another query', async () => {
      const order = await alice.createOrder({ productId: tea });
      const { outTradeNo } = await alice.pay(order, { notify: 'lost' });
      for (const kind of ['SYSTEMERROR', 'wrong_signature', 'echo_other_order', 'timeout']) {
        await shop.wechat.failNext({ endpoint: 'orderquery', kind });
        await shop.wechat.advanceTime({ hours: 1 });
        await shop.firstInstance.app.get(PaymentCheckJob).runner.tick();
        expect(await alice.getOrder(order)).toMatchObject({ status: 'PENDING' });
      }
      await shop.wechat.advanceTime({ hours: 1 });
      await shop.firstInstance.app.get(PaymentCheckJob).runner.tick();
      expect(await alice.getOrder(order)).toMatchObject({ status: 'PAID' });
      expect(await countQueries(outTradeNo)).toBe(5);
    });

    it('a payment that WeChat shows only after seconds is found by the next query', async () => {
      const order = await alice.createOrder({ productId: tea });
      await alice.pay(order, { notify: 'lost', visibleAfterSeconds: 15 });
      expect((await alice.syncOrder(order)).body).toMatchObject({ status: 'PENDING' });
      await shop.wechat.advanceTime({ seconds: 40 });
      await shop.runJobs();
      expect(await alice.getOrder(order)).toMatchObject({ status: 'PAID' });
    });

    it('another instance takes over when the one that claimed the payment crashes', async () => {
      const order = await alice.createOrder({ productId: tea });
      const { outTradeNo } = await alice.pay(order, { notify: 'lost' });
      await shop.wechat.advanceTime({ seconds: 11 });
      // The first instance claims the payment and queries it. Its response never arrives.
      await shop.wechat.failNext({ endpoint: 'orderquery', kind: 'timeout' });
      const pendingRun = shop.firstInstance.app.get(PaymentCheckJob).runner.tick();
      await eventually(async () => expect(await countQueries(outTradeNo)).toBe(1));
      const second = shop.instances[1];
      await second?.app.get(PaymentCheckJob).runner.tick();
      expect(await countQueries(outTradeNo)).toBe(1); // still leased
      await shop.wechat.advanceTime({ minutes: 2 });
      await second?.app.get(PaymentCheckJob).runner.tick();
      expect(await alice.getOrder(order)).toMatchObject({ status: 'PAID' });
      await shop.wechat.clearFaults();
      await pendingRun;
    });

    it('an instance that stops waits for its query and leaves no claim behind', async () => {
      const order = await alice.createOrder({ productId: tea });
      const { outTradeNo } = await alice.pay(order, { notify: 'lost' });
      await shop.wechat.advanceTime({ seconds: 11 });
      await shop.wechat.failNext({ endpoint: 'orderquery', kind: 'stall', delayMs: 300 });
      const third = await shop.startInstance();
      void third.app.get(PaymentCheckJob).runner.tick();
      await eventually(async () => expect(await countQueries(outTradeNo)).toBe(1));
      shop.instances.pop();
      await third.app.close();
      // Closing the instance waited for the pending response.
      expect(await alice.getOrder(order)).toMatchObject({ status: 'PAID' });
    });
  });

  describe('lost payment notices: QUERY_BACKOFF_SECONDS', () => {
    useSharedShop({ environment: { QUERY_BACKOFF_SECONDS: '10,20,40', ORDER_TTL_SECONDS: '86400' } });

    it('queries follow the back-off counted from the prepay, and the last delay repeats', async () => {
      await shop.wechat.stopClock();
      const order = await alice.createOrder({ productId: tea });
      const { outTradeNo } = await alice.startPayment(order);
      const startedAt = shop.wechat.now().getTime();
      for (let second = 1; second <= 160; second++) {
        await shop.wechat.advanceTime({ seconds: 1 });
        await shop.firstInstance.app.get(PaymentCheckJob).runner.tick();
      }
      const queries = await shop.wechat.getPayCalls('query', outTradeNo);
      const moments = queries.map(({ at }) => (Date.parse(at) - startedAt) / 1000);
      expect(moments).toEqual([10, 30, 70, 110, 150]);
    });
  });

  describe('lost payment notices: scheduler', () => {
    useSharedShop({ environment: { RECONCILE_INTERVAL_SECONDS: '1', QUERY_BACKOFF_SECONDS: '1' } });

    it('the scheduler finds the payment without a manual run of the jobs', async () => {
      const order = await alice.createOrder({ productId: tea });
      await alice.pay(order, { notify: 'lost' });
      await eventually(async () => expect(await alice.getOrder(order)).toMatchObject({ status: 'PAID' }));
    });
  });
});
