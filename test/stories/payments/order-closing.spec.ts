import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { PaymentStatusSync } from '../../../src/payment/status-sync/payment-status-sync.js';
import { OrderExpiryJob as OrderExpiry } from '../../../src/reconciliation/order-expiry.job.js';
import { PaymentProviderRegistry } from '../../../src/wechat/pay/payment-provider-registry.js';
import type { TestBuyer, OrderJson, ProblemJson } from '../../support/clients/test-buyer.js';
import { eventually } from '../../support/eventually.js';
import type { HttpResponse } from '../../../tools/client/http.js';
import { PAY_PROTOCOL } from '../../support/wechat/pay-protocol.js';
import { SHORT_TIMEOUT, openTestShop, type TestShop } from '../../support/test-shop.js';

const ORDER_TTL_SECONDS = { minutes: 20, seconds: 1 };

describe('order closing', () => {
  let shop: TestShop;
  let alice: TestBuyer;
  let tea: string;

  beforeAll(async () => {
    shop = await openTestShop({ instances: 2, environment: { SESSION_TTL_SECONDS: '2592000', ...SHORT_TIMEOUT } });
    alice = await shop.createUser('alice');
  });
  afterAll(() => shop.close());
  afterEach(() => void jest.restoreAllMocks());
  beforeEach(async () => {
    tea = await shop.createProduct({ priceFen: 1500, stock: 10 });
    await shop.wechat.clearFaults();
    await shop.wechat.setBehaviours({ earlyClose: 'allow' });
  });

  const createOrder = (): Promise<OrderJson> => alice.createOrder({ productId: tea, quantity: 3 });
  const listPayCalls = (outTradeNo: string): Promise<string[]> => shop.wechat.listPayOperations(outTradeNo);

  describe('order closing: cancel', () => {
    it('cancel of an order without an attempt sends nothing to WeChat', async () => {
      const order = await createOrder();
      expect(await alice.cancelOrder(order)).toMatchObject({
        status: 200,
        body: { status: 'CLOSED', closeReason: 'CANCELLED' },
      });
      expect(await shop.getStock(tea)).toBe(10);
      expect(await shop.wechat.countPayCalls('close', `${order.orderNo}-1`)).toBe(0);
    });

    it('cancel closes at WeChat, queries again and returns the stock once', async () => {
      const order = await createOrder();
      const pay = await alice.startPayment(order);
      expect(await alice.cancelOrder(order)).toMatchObject({
        status: 200,
        body: { status: 'CLOSED', closeReason: 'CANCELLED' },
      });
      expect(await listPayCalls(pay.outTradeNo)).toEqual(['prepay', 'query', 'close', 'query']);
      expect(await shop.getStock(tea)).toBe(10);
      expect(await alice.cancelOrder(order)).toMatchObject({ status: 200, body: { status: 'CLOSED' } });
      expect(await shop.getStock(tea)).toBe(10);
      expect(await alice.confirmPayment(pay)).toMatch(/^requestPayment:fail/);
    });

    it('ten concurrent cancels on two instances return the stock once', async () => {
      const order = await createOrder();
      await alice.startPayment(order);
      const replies = await Promise.all(Array.from({ length: 10 }, (_, n) => alice.cancelOrder(order, n % 2)));
      expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
      expect(await shop.getStock(tea)).toBe(10);
    });

    it('cancel is rejected when the order was paid before', async () => {
      const order = await createOrder();
      await alice.pay(order, { notify: 'lost' });
      expect(await alice.cancelOrder(order)).toMatchObject({ status: 409, body: { code: 'ORDER_NOT_CANCELLABLE' } });
      expect(await alice.getOrder(order)).toMatchObject({ status: 'PAID', paidFen: 4500 });
      expect(await shop.getStock(tea)).toBe(7);
    });

    it('cancel is rejected when the payment happens between query and close', async () => {
      const order = await createOrder();
      const pay = await alice.startPayment(order);
      const inquiry = shop.firstInstance.app.get(PaymentStatusSync);
      const ask = inquiry.syncWithWechat.bind(inquiry);
      let clientResult: string | null = null;
      jest.spyOn(inquiry, 'syncWithWechat').mockImplementationOnce(async (...args) => {
        const answer = await ask(...args);
        clientResult = await alice.confirmPayment(pay, { notify: 'lost' });
        return answer;
      });
      expect(await alice.cancelOrder(order)).toMatchObject({ status: 409, body: { code: 'ORDER_NOT_CANCELLABLE' } });
      expect(clientResult).toBe('requestPayment:ok');
      expect(await alice.getOrder(order)).toMatchObject({ status: 'PAID' });
      expect(await shop.getStock(tea)).toBe(7);
    });

    it('cancel keeps the stock reserved while WeChat ignores the close', async () => {
      const order = await createOrder();
      const pay = await alice.startPayment(order);
      await shop.wechat.setBehaviours({ earlyClose: 'ignore' });
      expect(await alice.cancelOrder(order)).toMatchObject({
        status: 502,
        body: { code: 'WECHAT_UNAVAILABLE', retryable: true },
      });
      expect(await alice.getOrder(order)).toMatchObject({ status: 'PENDING' });
      expect(await shop.getStock(tea)).toBe(7);
      expect(await alice.confirmPayment(pay)).toBe('requestPayment:ok');
      await eventually(async () => expect(await alice.getOrder(order)).toMatchObject({ status: 'PAID' }));
    });

    it.each(['SYSTEMERROR', 'timeout', 'reset', 'garbage', 'wrong_signature'])(
      'cancel succeeds when WeChat closed the order and its response was %s',
      async (kind) => {
        const order = await createOrder();
        await alice.startPayment(order);
        await shop.wechat.failNext({ endpoint: 'closeorder', kind, when: 'after' });
        expect(await alice.cancelOrder(order)).toMatchObject({ status: 200, body: { status: 'CLOSED' } });
        expect(await shop.getStock(tea)).toBe(10);
      },
    );

    it('cancel closes an order that WeChat never received, after a second query', async () => {
      const order = await createOrder();
      await shop.wechat.failNext({ endpoint: 'unifiedorder', kind: 'reset', when: 'before' });
      expect(await alice.tryStartPayment(order)).toMatchObject({ status: 502 });
      expect(await alice.cancelOrder(order)).toMatchObject({ status: 200, body: { status: 'CLOSED' } });
      expect(await listPayCalls(`${order.orderNo}-1`)).toEqual(['prepay', 'query', 'close', 'query']);
      expect(await shop.getStock(tea)).toBe(10);
    });

    it('cancel does not accept ORDERNOTEXIST for an order that WeChat has accepted, and queries it later', async () => {
      const order = await createOrder();
      const pay = await alice.startPayment(order);
      const absent = { kind: 'err_code', errCode: 'ORDERNOTEXIST', errCodeDes: 'order not exist' };
      await shop.wechat.failNext({ endpoint: 'orderquery', times: 2, ...absent });
      await shop.wechat.failNext({ endpoint: 'closeorder', ...absent });
      expect(await alice.cancelOrder(order)).toMatchObject({ status: 502, body: { code: 'WECHAT_UNAVAILABLE' } });
      expect(await shop.getStock(tea)).toBe(7);
      expect(await alice.confirmPayment(pay, { notify: 'lost' })).toBe('requestPayment:ok');
      await shop.wechat.advanceTime({ minutes: 1 });
      await shop.runJobs();
      expect(await alice.getOrder(order)).toMatchObject({ status: 'PAID', paidFen: 4500 });
    });

    it('cancel does not close the order while a prepay call is pending', async () => {
      const order = await createOrder();
      const provider = shop.firstInstance.app.get(PaymentProviderRegistry).of(`wechat-${PAY_PROTOCOL}`);
      const prepay = provider.prepay.bind(provider);
      const cancelled: HttpResponse<ProblemJson>[] = [];
      jest.spyOn(provider, 'prepay').mockImplementationOnce(async (request) => {
        cancelled.push(await alice.cancelOrder<ProblemJson>(order));
        return prepay(request);
      });
      expect(await alice.tryStartPayment(order)).toMatchObject({ status: 200 });
      expect(cancelled).toMatchObject([{ status: 502, body: { code: 'WECHAT_UNAVAILABLE' } }]);
      expect(await alice.getOrder(order)).toMatchObject({ status: 'PENDING' });
    });
  });

  describe('order closing: expiry', () => {
    it('expiry queries WeChat, closes there, queries again, closes here and returns the stock', async () => {
      const order = await createOrder();
      const pay = await alice.startPayment(order);
      await shop.wechat.advanceTime(ORDER_TTL_SECONDS);
      expect(await alice.tryStartPayment(order)).toMatchObject({ status: 409, body: { code: 'ORDER_NOT_PAYABLE' } });
      await shop.instances[0]?.app.get(OrderExpiry).runner.tick();
      expect(await alice.getOrder(order)).toMatchObject({ status: 'CLOSED', closeReason: 'EXPIRED' });
      expect(await listPayCalls(pay.outTradeNo)).toEqual(['prepay', 'query', 'close', 'query']);
      expect(await shop.getStock(tea)).toBe(10);
    });

    it('expiry closes each order once although both instances run their jobs at the same moment', async () => {
      const orders = await Promise.all([1, 2, 3].map(() => alice.createOrder({ productId: tea })));
      for (const order of orders) await alice.startPayment(order);
      await shop.wechat.advanceTime(ORDER_TTL_SECONDS);
      await shop.runJobs();
      for (const order of orders) expect(await alice.getOrder(order)).toMatchObject({ status: 'CLOSED' });
      expect(await shop.getStock(tea)).toBe(10);
    });

    it('expiry finds a payment whose notice was lost', async () => {
      const order = await createOrder();
      await alice.pay(order, { notify: 'lost' });
      await shop.wechat.advanceTime(ORDER_TTL_SECONDS);
      await shop.firstInstance.app.get(OrderExpiry).runner.tick();
      expect(await alice.getOrder(order)).toMatchObject({ status: 'PAID', paidFen: 4500 });
      expect(await shop.getStock(tea)).toBe(7);
    });

    it('expiry waits while WeChat does not respond and closes the order afterwards', async () => {
      const order = await createOrder();
      await alice.startPayment(order);
      await shop.wechat.advanceTime(ORDER_TTL_SECONDS);
      await shop.wechat.failNext({ endpoint: 'orderquery', kind: 'http500', times: -1 });
      await shop.runJobs();
      expect(await alice.getOrder(order)).toMatchObject({ status: 'PENDING' });
      expect(await shop.getStock(tea)).toBe(7);
      await shop.wechat.clearFaults();
      await shop.wechat.advanceTime({ minutes: 1 });
      await shop.runJobs();
      expect(await alice.getOrder(order)).toMatchObject({ status: 'CLOSED' });
      expect(await shop.getStock(tea)).toBe(10);
    });

    it('expiry waits while WeChat ignores a close within five minutes of the prepay', async () => {
      const order = await createOrder();
      await shop.wechat.advanceTime({ minutes: 18 });
      await alice.startPayment(order);
      await shop.wechat.setBehaviours({ earlyClose: 'ignore' });
      await shop.wechat.advanceTime({ minutes: 2, seconds: 1 });
      await shop.runJobs();
      expect(await alice.getOrder(order)).toMatchObject({ status: 'PENDING' });
      await shop.wechat.advanceTime({ minutes: 5 });
      await shop.runJobs();
      expect(await alice.getOrder(order)).toMatchObject({ status: 'CLOSED', closeReason: 'EXPIRED' });
      expect(await shop.getStock(tea)).toBe(10);
    });
  });
});
