import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { PaymentInquiry } from '../../src/payment/payment-inquiry.js';
import { OrderExpiryJob as OrderExpiry } from '../../src/reconciliation/order-expiry.job.js';
import { WechatPayGateway } from '../../src/wechat/wechat-pay.gateway.js';
import type { Customer, OrderJson, ProblemJson } from '../support/customer.js';
import { eventually } from '../support/eventually.js';
import type { Reply } from '../support/http.js';
import { IMPATIENT, openShop, type Shop } from '../support/shop.js';

const TTL = { minutes: 20, seconds: 1 };

describe('closing an order nobody pays', () => {
  let shop: Shop;
  let alice: Customer;
  let tea: string;

  beforeAll(async () => {
    shop = await openShop({ instances: 2, environment: { SESSION_TTL_SECONDS: '2592000', ...IMPATIENT } });
    alice = await shop.welcomes('alice');
  });
  afterAll(() => shop.closes());
  afterEach(() => void jest.restoreAllMocks());
  beforeEach(async () => {
    tea = await shop.sells({ priceFen: 1500, stock: 10 });
    await shop.wechat.recovers();
    await shop.wechat.behaves({ earlyClose: 'allow' });
  });

  const ordered = (): Promise<OrderJson> => alice.orders({ productId: tea, quantity: 3 });

  async function said(outTradeNo: string): Promise<string[]> {
    const messages = await shop.wechat.messages('', outTradeNo);
    return messages.filter(({ path }) => path.startsWith('/pay/')).map(({ path }) => path.replace('/pay/', ''));
  }

  describe('by its user', () => {
    it('needs no question to WeChat when no payment was begun', async () => {
      const order = await ordered();
      expect(await alice.cancels(order)).toMatchObject({
        status: 200,
        body: { status: 'CLOSED', closeReason: 'CANCELLED' },
      });
      expect(await shop.stockOf(tea)).toBe(10);
      expect(await shop.wechat.timesCalled('/pay/closeorder', `${order.orderNo}-1`)).toBe(0);
    });

    it('closes at WeChat first, asks again after, and returns the stock once', async () => {
      const order = await ordered();
      const pay = await alice.begins(order);
      expect(await alice.cancels(order)).toMatchObject({
        status: 200,
        body: { status: 'CLOSED', closeReason: 'CANCELLED' },
      });
      expect(await said(pay.outTradeNo)).toEqual(['unifiedorder', 'orderquery', 'closeorder', 'orderquery']);
      expect(await shop.stockOf(tea)).toBe(10);
      expect(await alice.cancels(order)).toMatchObject({ status: 200, body: { status: 'CLOSED' } });
      expect(await shop.stockOf(tea)).toBe(10);
      expect(await alice.confirms(pay)).toMatch(/^requestPayment:fail/);
    });

    it('returns the stock once when ten cancels come at once on two instances', async () => {
      const order = await ordered();
      await alice.begins(order);
      const replies = await Promise.all(Array.from({ length: 10 }, (_, n) => alice.cancels(order, n % 2)));
      expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
      expect(await shop.stockOf(tea)).toBe(10);
    });

    it('loses against a payment that was faster', async () => {
      const order = await ordered();
      await alice.pays(order, { notify: 'lost' });
      expect(await alice.cancels(order)).toMatchObject({ status: 409, body: { code: 'ORDER_NOT_CANCELLABLE' } });
      expect(await alice.sees(order)).toMatchObject({ status: 'PAID', paidFen: 4500 });
      expect(await shop.stockOf(tea)).toBe(7);
    });

    it('loses against a payment that slips in between question and close', async () => {
      const order = await ordered();
      const pay = await alice.begins(order);
      const inquiry = shop.first.app.get(PaymentInquiry);
      const ask = inquiry.ask.bind(inquiry);
      let told: string | null = null;
      jest.spyOn(inquiry, 'ask').mockImplementationOnce(async (...question) => {
        const answer = await ask(...question);
        told = await alice.confirms(pay, { notify: 'lost' });
        return answer;
      });
      expect(await alice.cancels(order)).toMatchObject({ status: 409, body: { code: 'ORDER_NOT_CANCELLABLE' } });
      expect(told).toBe('requestPayment:ok');
      expect(await alice.sees(order)).toMatchObject({ status: 'PAID' });
      expect(await shop.stockOf(tea)).toBe(7);
    });

    it('keeps the stock while WeChat ignores the close', async () => {
      const order = await ordered();
      const pay = await alice.begins(order);
      await shop.wechat.behaves({ earlyClose: 'ignore' });
      expect(await alice.cancels(order)).toMatchObject({
        status: 502,
        body: { code: 'WECHAT_UNAVAILABLE', retryable: true },
      });
      expect(await alice.sees(order)).toMatchObject({ status: 'PENDING' });
      expect(await shop.stockOf(tea)).toBe(7);
      expect(await alice.confirms(pay)).toBe('requestPayment:ok');
      await eventually(async () => expect(await alice.sees(order)).toMatchObject({ status: 'PAID' }));
    });

    it.each(['SYSTEMERROR', 'timeout', 'reset', 'garbage', 'wrong_signature'])(
      'ends well when the close took place and its answer was %s',
      async (kind) => {
        const order = await ordered();
        await alice.begins(order);
        await shop.wechat.fails({ endpoint: 'closeorder', kind, when: 'after' });
        expect(await alice.cancels(order)).toMatchObject({ status: 200, body: { status: 'CLOSED' } });
        expect(await shop.stockOf(tea)).toBe(10);
      },
    );

    it('counts an order WeChat never heard of as closed, after a second look', async () => {
      const order = await ordered();
      await shop.wechat.fails({ endpoint: 'unifiedorder', kind: 'reset', when: 'before' });
      expect(await alice.triesToPay(order)).toMatchObject({ status: 502 });
      expect(await alice.cancels(order)).toMatchObject({ status: 200, body: { status: 'CLOSED' } });
      expect(await said(`${order.orderNo}-1`)).toEqual(['unifiedorder', 'orderquery', 'closeorder', 'orderquery']);
      expect(await shop.stockOf(tea)).toBe(10);
    });

    it('does not believe that WeChat never heard of an order it has accepted, and keeps asking', async () => {
      const order = await ordered();
      const pay = await alice.begins(order);
      const absent = { kind: 'err_code', errCode: 'ORDERNOTEXIST', errCodeDes: 'order not exist' };
      await shop.wechat.fails({ endpoint: 'orderquery', times: 2, ...absent });
      await shop.wechat.fails({ endpoint: 'closeorder', ...absent });
      expect(await alice.cancels(order)).toMatchObject({ status: 502, body: { code: 'WECHAT_UNAVAILABLE' } });
      expect(await shop.stockOf(tea)).toBe(7);
      expect(await alice.confirms(pay, { notify: 'lost' })).toBe('requestPayment:ok');
      await shop.wechat.passes({ minutes: 1 });
      await shop.ticks();
      expect(await alice.sees(order)).toMatchObject({ status: 'PAID', paidFen: 4500 });
    });

    it('does not count it as closed while a call to prepare it is still under way', async () => {
      const order = await ordered();
      const gateway = shop.first.app.get(WechatPayGateway);
      const prepay = gateway.prepay.bind(gateway);
      const cancelled: Reply<ProblemJson>[] = [];
      jest.spyOn(gateway, 'prepay').mockImplementationOnce(async (request) => {
        cancelled.push(await alice.cancels<ProblemJson>(order));
        return prepay(request);
      });
      expect(await alice.triesToPay(order)).toMatchObject({ status: 200 });
      expect(cancelled).toMatchObject([{ status: 502, body: { code: 'WECHAT_UNAVAILABLE' } }]);
      expect(await alice.sees(order)).toMatchObject({ status: 'PENDING' });
    });
  });

  describe('by its age', () => {
    it('asks WeChat, closes there, asks again, closes here, and returns the stock', async () => {
      const order = await ordered();
      const pay = await alice.begins(order);
      await shop.wechat.passes(TTL);
      expect(await alice.triesToPay(order)).toMatchObject({ status: 409, body: { code: 'ORDER_NOT_PAYABLE' } });
      await shop.instances[0]?.app.get(OrderExpiry).due.tick();
      expect(await alice.sees(order)).toMatchObject({ status: 'CLOSED', closeReason: 'EXPIRED' });
      expect(await said(pay.outTradeNo)).toEqual(['unifiedorder', 'orderquery', 'closeorder', 'orderquery']);
      expect(await shop.stockOf(tea)).toBe(10);
    });

    it('happens once although both instances tick at the same moment', async () => {
      const orders = await Promise.all([1, 2, 3].map(() => alice.orders({ productId: tea })));
      for (const order of orders) await alice.begins(order);
      await shop.wechat.passes(TTL);
      await shop.ticks();
      for (const order of orders) expect(await alice.sees(order)).toMatchObject({ status: 'CLOSED' });
      expect(await shop.stockOf(tea)).toBe(10);
    });

    it('finds the payment whose notice was lost instead', async () => {
      const order = await ordered();
      await alice.pays(order, { notify: 'lost' });
      await shop.wechat.passes(TTL);
      await shop.first.app.get(OrderExpiry).due.tick();
      expect(await alice.sees(order)).toMatchObject({ status: 'PAID', paidFen: 4500 });
      expect(await shop.stockOf(tea)).toBe(7);
    });

    it('waits while WeChat does not answer, and closes when it is back', async () => {
      const order = await ordered();
      await alice.begins(order);
      await shop.wechat.passes(TTL);
      await shop.wechat.fails({ endpoint: 'orderquery', kind: 'http500', times: -1 });
      await shop.ticks();
      expect(await alice.sees(order)).toMatchObject({ status: 'PENDING' });
      expect(await shop.stockOf(tea)).toBe(7);
      await shop.wechat.recovers();
      await shop.wechat.passes({ minutes: 1 });
      await shop.ticks();
      expect(await alice.sees(order)).toMatchObject({ status: 'CLOSED' });
      expect(await shop.stockOf(tea)).toBe(10);
    });

    it('waits while WeChat ignores a close younger than five minutes', async () => {
      const order = await ordered();
      await shop.wechat.passes({ minutes: 18 });
      await alice.begins(order);
      await shop.wechat.behaves({ earlyClose: 'ignore' });
      await shop.wechat.passes({ minutes: 2, seconds: 1 });
      await shop.ticks();
      expect(await alice.sees(order)).toMatchObject({ status: 'PENDING' });
      await shop.wechat.passes({ minutes: 5 });
      await shop.ticks();
      expect(await alice.sees(order)).toMatchObject({ status: 'CLOSED', closeReason: 'EXPIRED' });
      expect(await shop.stockOf(tea)).toBe(10);
    });
  });
});
