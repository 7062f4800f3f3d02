import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PaymentCheckJob } from '../../src/reconciliation/payment-check.job.js';
import type { Customer } from '../support/customer.js';
import { eventually } from '../support/eventually.js';
import { IMPATIENT, openShop, type Shop, type ShopOptions } from '../support/shop.js';

describe('a payment whose notice is lost', () => {
  let shop: Shop;
  let alice: Customer;
  let tea: string;

  /** The stories from here on share a shop. */
  function inOneShop({ environment, ...options }: ShopOptions): void {
    beforeAll(async () => {
      shop = await openShop({
        ...options,
        environment: { SESSION_TTL_SECONDS: '2592000', ...IMPATIENT, ...environment },
      });
      alice = await shop.welcomes('alice');
      tea = await shop.sells({ priceFen: 1500 });
    });
    beforeEach(() => shop.wechat.recovers());
    afterAll(() => shop.closes());
  }

  const asked = (outTradeNo: string): Promise<number> => shop.wechat.timesCalled('/pay/orderquery', outTradeNo);

  describe('in a shop with two instances', () => {
    inOneShop({ instances: 2 });

    it('is found by asking WeChat once, and still counts once when the notice comes after all', async () => {
      const order = await alice.orders({ productId: tea });
      const pay = await alice.pays(order, { notify: 'lost' });
      await shop.ticks();
      expect(await asked(pay.outTradeNo)).toBe(0); // not due yet
      expect(await alice.sees(order)).toMatchObject({ status: 'PENDING', paidFen: 0 });

      await shop.wechat.passes({ seconds: 10 });
      await shop.ticks();
      expect(await asked(pay.outTradeNo)).toBe(1);
      expect(await alice.sees(order)).toMatchObject({ status: 'PAID', paidFen: 1500 });

      const [reply] = await shop.wechat.notifies(pay.outTradeNo);
      expect(reply?.isAccepted).toBe(true);
      const heard = (await shop.eventsOf(pay.outTradeNo)).map(({ type, result }) => `${type} ${result}`);
      expect(heard).toEqual(['PREPAY ACCEPTED', 'QUERY APPLIED', 'NOTICE REPEATED']);

      await shop.wechat.passes({ hours: 2 });
      await shop.ticks();
      expect(await asked(pay.outTradeNo)).toBe(1); // nobody asks about what is known
    });

    it('is asked about again after an answer that is no answer', async () => {
      const order = await alice.orders({ productId: tea });
      const { outTradeNo } = await alice.pays(order, { notify: 'lost' });
      for (const kind of ['SYSTEMERROR', 'wrong_signature', 'echo_other_order', 'timeout']) {
        await shop.wechat.fails({ endpoint: 'orderquery', kind });
        await shop.wechat.passes({ hours: 1 });
        await shop.first.app.get(PaymentCheckJob).due.tick();
        expect(await alice.sees(order)).toMatchObject({ status: 'PENDING' });
      }
      await shop.wechat.passes({ hours: 1 });
      await shop.first.app.get(PaymentCheckJob).due.tick();
      expect(await alice.sees(order)).toMatchObject({ status: 'PAID' });
      expect(await asked(outTradeNo)).toBe(5);
    });

    it('becomes visible at WeChat only seconds after the client was told', async () => {
      const order = await alice.orders({ productId: tea });
      await alice.pays(order, { notify: 'lost', visibleAfterSeconds: 15 });
      expect((await alice.syncs(order)).body).toMatchObject({ status: 'PENDING' });
      await shop.wechat.passes({ seconds: 40 });
      await shop.ticks();
      expect(await alice.sees(order)).toMatchObject({ status: 'PAID' });
    });

    it('is picked up by another instance when the one that claimed it dies', async () => {
      const order = await alice.orders({ productId: tea });
      const { outTradeNo } = await alice.pays(order, { notify: 'lost' });
      await shop.wechat.passes({ seconds: 11 });
      // The first instance claims, asks, and is never heard of again: its answer hangs for good.
      await shop.wechat.fails({ endpoint: 'orderquery', kind: 'timeout' });
      const dying = shop.first.app.get(PaymentCheckJob).due.tick();
      await eventually(async () => expect(await asked(outTradeNo)).toBe(1));
      const second = shop.instances[1];
      await second?.app.get(PaymentCheckJob).due.tick();
      expect(await asked(outTradeNo)).toBe(1); // still leased
      await shop.wechat.passes({ minutes: 2 });
      await second?.app.get(PaymentCheckJob).due.tick();
      expect(await alice.sees(order)).toMatchObject({ status: 'PAID' });
      await shop.wechat.recovers();
      await dying;
    });

    it('leaves no claim behind when an instance is stopped', async () => {
      const order = await alice.orders({ productId: tea });
      const { outTradeNo } = await alice.pays(order, { notify: 'lost' });
      await shop.wechat.passes({ seconds: 11 });
      await shop.wechat.fails({ endpoint: 'orderquery', kind: 'stall', delayMs: 300 });
      const third = await shop.opensAnother();
      void third.app.get(PaymentCheckJob).due.tick();
      await eventually(async () => expect(await asked(outTradeNo)).toBe(1));
      shop.instances.pop();
      await third.app.close();
      // Stopping waited for the answer that was on its way.
      expect(await alice.sees(order)).toMatchObject({ status: 'PAID' });
    });
  });

  describe('in a shop that has a day for everything', () => {
    inOneShop({ environment: { QUERY_BACKOFF_SECONDS: '10,20,40', ORDER_TTL_SECONDS: '86400' } });

    it('is asked about with the gaps of the back-off, counted from its prepay, the last repeated', async () => {
      await shop.wechat.standsStill();
      const order = await alice.orders({ productId: tea });
      const { outTradeNo } = await alice.begins(order);
      const begun = shop.wechat.now().getTime();
      for (let second = 1; second <= 160; second++) {
        await shop.wechat.passes({ seconds: 1 });
        await shop.first.app.get(PaymentCheckJob).due.tick();
      }
      const questions = await shop.wechat.messages('/pay/orderquery', outTradeNo);
      const moments = questions.map(({ at }) => (Date.parse(at) - begun) / 1000);
      expect(moments).toEqual([10, 30, 70, 110, 150]);
    });
  });

  describe('in a shop that ticks by itself', () => {
    inOneShop({ environment: { RECONCILE_INTERVAL_SECONDS: '1', QUERY_BACKOFF_SECONDS: '1' } });

    it('is told once by the real scheduler, without anybody calling a tick', async () => {
      const order = await alice.orders({ productId: tea });
      await alice.pays(order, { notify: 'lost' });
      await eventually(async () => expect(await alice.sees(order)).toMatchObject({ status: 'PAID' }));
    });
  });
});
