import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestBuyer, PayJson } from '../../support/clients/test-buyer.js';
import { eventually } from '../../support/eventually.js';
import { byProtocol } from '../../support/wechat/pay-protocol.js';
import { SHORT_TIMEOUT, openTestShop, type TestShop } from '../../support/test-shop.js';

describe('payments', () => {
  let shop: TestShop;
  let alice: TestBuyer;
  let tea: string;

  beforeAll(async () => {
    shop = await openTestShop({ environment: SHORT_TIMEOUT });
    alice = await shop.createUser('alice');
    tea = await shop.createProduct({ priceFen: 1500, stock: 1000 });
  });
  afterAll(() => shop.close());

  it('an order is created, paid at WeChat, and PAID when the notice arrives', async () => {
    const before = await shop.getStock(tea);
    const order = await alice.createOrder({ productId: tea, quantity: 2 });
    expect(order).toMatchObject({ status: 'PENDING', payableFen: 3000, paidFen: 0 });
    expect(await shop.getStock(tea)).toBe(before - 2);

    const pay = await alice.startPayment(order);
    expect(await alice.confirmPayment(pay)).toBe('requestPayment:ok');

    const paid = await eventually(async () => {
      const seen = await alice.getOrder(order);
      expect(seen.status).toBe('PAID');
      return seen;
    });
    expect(paid).toMatchObject({ paidFen: 3000, transactionId: expect.stringMatching(/^\d{28}$/) });
    expect(await shop.getStock(tea)).toBe(before - 2);
  });

  it('sync finds the payment when the notice is lost', async () => {
    const order = await alice.createOrder({ productId: tea });
    await alice.pay(order, { notify: 'lost' });
    expect(await alice.getOrder(order)).toMatchObject({ status: 'PENDING' });
    expect((await alice.syncOrder(order)).body).toMatchObject({ status: 'PAID', paidFen: 1500 });
  });

  it('sync of an unpaid order leaves it PENDING, even if the client reports success', async () => {
    const order = await alice.createOrder({ productId: tea });
    await alice.startPayment(order);
    expect((await alice.syncOrder(order)).body).toMatchObject({ status: 'PENDING' });
  });

  it('pay: a repetition uses the same out_trade_no and parameters, also after a lost response', async () => {
    const order = await alice.createOrder({ productId: tea });
    await shop.wechat.failNext({ endpoint: 'unifiedorder', kind: 'reset', when: 'after' });
    const first = await alice.tryStartPayment(order);
    expect(first).toMatchObject({ status: 502, body: { code: 'WECHAT_UNAVAILABLE', retryable: true } });

    const second = await alice.startPayment(order);
    const third = await alice.startPayment(order);
    expect(third.outTradeNo).toBe(second.outTradeNo);
    const sent = await shop.wechat.getPayCalls('prepay', second.outTradeNo);
    expect(sent).toHaveLength(3);
    expect(new Set(sent.map(({ request }) => request.replaceAll(/<(nonce_str|sign)>.*?<\/\1>/g, ''))).size).toBe(1);
    expect(await alice.confirmPayment(third)).toBe('requestPayment:ok');
  });

  it('pay: concurrent calls return the same out_trade_no', async () => {
    const order = await alice.createOrder({ productId: tea });
    const answers = await Promise.all(Array.from({ length: 12 }, () => alice.tryStartPayment<PayJson>(order)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(new Set(answers.map(({ body }) => body.outTradeNo)).size).toBe(1);
    expect(await shop.getPayments(order.orderNo)).toHaveLength(1);
  });

  it('pay: NATIVE closes the JSAPI attempt at WeChat before it returns a QR code', async () => {
    const order = await alice.createOrder({ productId: tea });
    const jsapiPay = await alice.startPayment(order);
    const nativePay = await alice.startPayment(order, 'NATIVE');
    expect(nativePay.outTradeNo).not.toBe(jsapiPay.outTradeNo);
    expect(nativePay.requestPayment['codeUrl']).toMatch(/^weixin:/);
    expect((await shop.wechat.getOrder(jsapiPay.outTradeNo)).trade_state).toBe('CLOSED');
    expect(await alice.confirmPayment(jsapiPay)).toMatch(/^requestPayment:fail/);
    expect(await alice.confirmPayment(nativePay)).toBe('requestPayment:ok');
    await eventually(async () => expect(await alice.getOrder(order)).toMatchObject({ status: 'PAID' }));
  });

  it('pay: no second attempt starts until WeChat reports the first one closed', async () => {
    const order = await alice.createOrder({ productId: tea });
    const jsapiPay = await alice.startPayment(order);
    await shop.wechat.setBehaviours({ earlyClose: 'ignore' });
    expect(await alice.tryStartPayment(order, 'NATIVE')).toMatchObject({
      status: 502,
      body: { code: 'WECHAT_UNAVAILABLE' },
    });
    await shop.wechat.setBehaviours({ earlyClose: 'allow' });
    expect(await alice.confirmPayment(jsapiPay)).toBe('requestPayment:ok');
    await eventually(async () => expect(await alice.getOrder(order)).toMatchObject({ status: 'PAID', paidFen: 1500 }));
  });

  it('pay: a repetition to which WeChat responds with ORDERPAID finds the payment', async () => {
    const order = await alice.createOrder({ productId: tea });
    await alice.pay(order, { notify: 'lost' });
    expect(await alice.tryStartPayment(order)).toMatchObject({ status: 409, body: { code: 'ORDER_NOT_PAYABLE' } });
    expect(await alice.getOrder(order)).toMatchObject({ status: 'PAID' });
  });

  it('pay: an attempt that was closed at WeChat is replaced under a new out_trade_no', async () => {
    const order = await alice.createOrder({ productId: tea });
    const first = await alice.startPayment(order);
    await shop.wechat.control('POST', `orders/${first.outTradeNo}/state`, { state: 'CLOSED' });
    const second = await alice.startPayment(order);
    expect(second.outTradeNo).not.toBe(first.outTradeNo);
    expect(await alice.confirmPayment(second)).toBe('requestPayment:ok');
    await eventually(async () => expect(await alice.getOrder(order)).toMatchObject({ status: 'PAID' }));
  });

  it('pay: the previous prepay is returned when WeChat only fails to confirm it again', async () => {
    const order = await alice.createOrder({ productId: tea });
    await alice.startPayment(order);
    await shop.wechat.failNext({ endpoint: 'unifiedorder', kind: 'SYSTEMERROR' });
    expect(await alice.confirmPayment(await alice.startPayment(order))).toBe('requestPayment:ok');
  });

  it.each([
    [byProtocol({ v2: 'NOAUTH', v3: 'NO_AUTH' }), '商户无此接口权限'],
    ['PARAM_ERROR', '无效的openid'],
    ['APPID_MCHID_NOT_MATCH', 'appid和mch_id不匹配'],
  ])("pay: WeChat's %s is reported, and a new attempt starts once the cause is fixed", async (errCode, errCodeDes) => {
    const order = await alice.createOrder({ productId: tea });
    await shop.wechat.failNext({ endpoint: 'unifiedorder', kind: 'err_code', errCode, errCodeDes });
    const refused = await alice.tryStartPayment(order);
    expect(refused).toMatchObject({
      status: 502,
      body: { code: 'WECHAT_REJECTED', upstreamCode: errCode, retryable: false },
    });
    const second = await alice.startPayment(order);
    expect(second.outTradeNo).toMatch(/-2$/);
    expect(await alice.confirmPayment(second)).toBe('requestPayment:ok');
  });

  it('pay: an accepted attempt keeps its out_trade_no when a repetition is rejected', async () => {
    const order = await alice.createOrder({ productId: tea });
    const first = await alice.startPayment(order);
    await shop.wechat.failNext({
      endpoint: 'unifiedorder',
      kind: 'err_code',
      errCode: byProtocol({ v2: 'SIGNERROR', v3: 'SIGN_ERROR' }),
      errCodeDes: '签名错误',
    });
    expect(await alice.tryStartPayment(order)).toMatchObject({ status: 502, body: { code: 'WECHAT_REJECTED' } });
    const second = await alice.startPayment(order);
    expect(second.outTradeNo).toBe(first.outTradeNo);
    expect(await alice.confirmPayment(second)).toBe('requestPayment:ok');
  });

  it.each([
    'SYSTEMERROR',
    'timeout',
    'reset',
    'http500',
    'html',
    'garbage',
    'wrong_signature',
    'no_signature',
    'truncated',
    ...byProtocol({ v2: ['other_appid', 'doctype'], v3: ['wrong_serial', 'stale_timestamp', 'html200'] }),
  ])('pay: an attempt whose response was %s is kept and paid under the same out_trade_no', async (kind) => {
    const order = await alice.createOrder({ productId: tea });
    await shop.wechat.failNext({ endpoint: 'unifiedorder', kind, when: 'after' });
    expect(await alice.tryStartPayment(order)).toMatchObject({ status: 502, body: { code: 'WECHAT_UNAVAILABLE' } });
    const pay = await alice.startPayment(order);
    expect(pay.outTradeNo).toMatch(/-1$/);
    expect(await alice.confirmPayment(pay)).toBe('requestPayment:ok');
    await eventually(async () => expect(await alice.getOrder(order)).toMatchObject({ status: 'PAID', paidFen: 1500 }));
  });

  it("another buyer's order gets the response ORDER_NOT_FOUND", async () => {
    const bob = await shop.createUser('bob');
    const order = await alice.createOrder({ productId: tea });
    for (const reply of [
      await bob.call('GET', `orders/${order.orderNo}`),
      await bob.tryStartPayment(order),
      await bob.cancelOrder(order),
      await bob.syncOrder(order),
    ]) {
      expect(reply).toMatchObject({ status: 404, body: { code: 'ORDER_NOT_FOUND' } });
    }
  });

  it('a notice that arrives before the response of the prepay is applied', async () => {
    const order = await alice.createOrder({ productId: tea });
    await shop.wechat.setBehaviours({ noticeBeforeAnswer: true });
    const reply = await alice.tryStartPayment(order);
    await shop.wechat.setBehaviours({ noticeBeforeAnswer: false });
    expect(reply).toMatchObject({ status: 409, body: { code: 'ORDER_NOT_PAYABLE' } });
    expect(await alice.getOrder(order)).toMatchObject({ status: 'PAID', paidFen: 1500 });
  });

  it('a WeChat coupon does not reduce paidFen', async () => {
    const order = await alice.createOrder({ productId: tea });
    await alice.pay(order, { couponFen: 500 });
    await eventually(async () => expect(await alice.getOrder(order)).toMatchObject({ status: 'PAID', paidFen: 1500 }));
  });
});
