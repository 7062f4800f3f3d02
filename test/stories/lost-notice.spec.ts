import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PaymentCheckJob } from '../../src/reconciliation/payment-check.job.js';
import type { TestBuyer } from '../support/test-buyer.js';
import { eventually } from '../support/eventually.js';
import { SHORT_TIMEOUT, openTestShop, type TestShop, type TestShopOptions } from '../support/test-shop.js';

describe('a payment whose notice is lost', () => {
  let shop: TestShop;
  let alice: TestBuyer;
  let tea: string;

  /** The stories from here on share a shop. */
  function inOneShop({ environment, ...options }: TestShopOptions): void {
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

  const asked = (outTradeNo: string): Promise<number> => shop.wechat.countCalls('/pay/orderquery', outTradeNo);

  describe('in a shop with two instances', () => {
    inOneShop({ instances: 2 });

    it('is found by asking WeChat once, and still counts once when the notice comes after all', async () => {
      const order = await alice.createOrder({ productId: tea });
      const pay = await alice.pay(order, { notify: 'lost' });
      await shop.runJobs();
      expect(await asked(pay.outTradeNo)).toBe(0); // not due yet
      expect(await alice.getOrder(order)).toMatchObject({ status: 'PENDING', paidFen: 0 });

      await shop.wechat.advanceTime({ seconds: 10 });
      await shop.runJobs();
      expect(await asked(pay.outTradeNo)).toBe(1);
      expect(await alice.getOrder(order)).toMatchObject({ status: 'PAID', paidFen: 1500 });

      const [reply] = await shop.wechat.sendPaymentNotice(pay.outTradeNo);
      expect(reply?.isAccepted).toBe(true);
      const heard = (await shop.getEvents(pay.outTradeNo)).map(({ type, result }) => `${type} ${result}`);
      expect(heard).toEqual(['PREPAY ACCEPTED', 'QUERY APPLIED', 'NOTICE REPEATED']);

      await shop.wechat.advanceTime({ hours: 2 });
      await shop.runJobs();
      expect(await asked(pay.outTradeNo)).toBe(1); // nobody asks about what is known
    });

    it('is asked about again after an answer that is no answer', async () => {
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
      expect(await asked(outTradeNo)).toBe(5);
    });

    it('becomes visible at WeChat only seconds after the client was told', async () => {
      const order = await alice.createOrder({ productId: tea });
      await alice.pay(order, { notify: 'lost', visibleAfterSeconds: 15 });
      expect((await alice.syncOrder(order)).body).toMatchObject({ status: 'PENDING' });
      await shop.wechat.advanceTime({ seconds: 40 });
      await shop.runJobs();
      expect(await alice.getOrder(order)).toMatchObject({ status: 'PAID' });
    });

    it('is picked up by another instance when the one that claimed it dies', async () => {
      const order = await alice.createOrder({ productId: tea });
      const { outTradeNo } = await alice.pay(order, { notify: 'lost' });
      await shop.wechat.advanceTime({ seconds: 11 });
      // The first instance claims, asks, and is never heard of again: its answer hangs for good.
      await shop.wechat.failNext({ endpoint: 'orderquery', kind: 'timeout' });
      const dying = shop.firstInstance.app.get(PaymentCheckJob).runner.tick();
      await eventually(async () => expect(await asked(outTradeNo)).toBe(1));
      const second = shop.instances[1];
      await second?.app.get(PaymentCheckJob).runner.tick();
      expect(await asked(outTradeNo)).toBe(1); // still leased
      await shop.wechat.advanceTime({ minutes: 2 });
      await second?.app.get(PaymentCheckJob).runner.tick();
      expect(await alice.getOrder(order)).toMatchObject({ status: 'PAID' });
      await shop.wechat.clearFaults();
      await dying;
    });

    it('leaves no claim behind when an instance is stopped', async () => {
      const order = await alice.createOrder({ productId: tea });
      const { outTradeNo } = await alice.pay(order, { notify: 'lost' });
      await shop.wechat.advanceTime({ seconds: 11 });
      await shop.wechat.failNext({ endpoint: 'orderquery', kind: 'stall', delayMs: 300 });
      const third = await shop.startInstance();
      void third.app.get(PaymentCheckJob).runner.tick();
      await eventually(async () => expect(await asked(outTradeNo)).toBe(1));
      shop.instances.pop();
      await third.app.close();
      // Stopping waited for the answer that was on its way.
      expect(await alice.getOrder(order)).toMatchObject({ status: 'PAID' });
    });
  });

  describe('in a shop that has a day for everything', () => {
    inOneShop({ environment: { QUERY_BACKOFF_SECONDS: '10,20,40', ORDER_TTL_SECONDS: '86400' } });

    it('is asked about with the gaps of the back-off, counted from its prepay, the last repeated', async () => {
      await shop.wechat.stopClock();
      const order = await alice.createOrder({ productId: tea });
      const { outTradeNo } = await alice.startPayment(order);
      const begun = shop.wechat.now().getTime();
      for (let second = 1; second <= 160; second++) {
        await shop.wechat.advanceTime({ seconds: 1 });
        await shop.firstInstance.app.get(PaymentCheckJob).runner.tick();
      }
      const questions = await shop.wechat.getMessages('/pay/orderquery', outTradeNo);
      const moments = questions.map(({ at }) => (Date.parse(at) - begun) / 1000);
      expect(moments).toEqual([10, 30, 70, 110, 150]);
    });
  });

  describe('in a shop that ticks by itself', () => {
    inOneShop({ environment: { RECONCILE_INTERVAL_SECONDS: '1', QUERY_BACKOFF_SECONDS: '1' } });

    it('is told once by the real scheduler, without anybody calling a tick', async () => {
      const order = await alice.createOrder({ productId: tea });
      await alice.pay(order, { notify: 'lost' });
      await eventually(async () => expect(await alice.getOrder(order)).toMatchObject({ status: 'PAID' }));
    });
  });
});
