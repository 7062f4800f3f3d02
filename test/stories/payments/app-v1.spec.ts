import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AccessToken } from '../../../src/wechat/mini-program/access-token/access-token.entity.js';
import { Refund } from '../../../src/refund/refund.entity.js';
import { V1_FORGERIES } from '../../../packages/wechat-pay-simulator/src/v1/v1-forgeries.js';
import type { OrderJson, PayJson } from '../../support/clients/test-buyer.js';
import { eventually } from '../../support/eventually.js';
import { sendRequest } from '../../../tools/client/http.js';
import { MERCHANT_ENVIRONMENT } from '../../support/fixtures/merchant-environment.js';
import { buildPaidNotice } from '../../support/wechat/paid-notice.js';
import { buildAppV1Notice } from '../../support/wechat/app-v1-notice.js';
import { PRICE_FEN, RefundFixture, INITIAL_STOCK } from '../../support/fixtures/refund-fixture.js';
import { SHORT_TIMEOUT, openTestShop, type TestShop } from '../../support/test-shop.js';
import { NOTICE_BODY, NOTICE_QUERIES } from '../../vectors/v1/client-vectors.js';

const MOBILE_APP = {
  WECHAT_MOBILE_APP_ID: 'wx7777777777777777',
  WECHAT_MOBILE_APP_SECRET: '7a6b5c4d3e2f10987f6e5d4c3b2a1908',
};
/** The protocol beside it is v2, whose refunds it uses. */
const APP_V1_ENVIRONMENT = {
  WECHAT_APP_PROTOCOL: 'v1',
  WECHAT_V1_CHARSET: 'GBK',
  WECHAT_PAY_PROTOCOL: 'v2',
  ...MOBILE_APP,
};
const [PREPAY, QUERY, TOKEN] = ['/pay/genprepay', '/pay/orderquery', '/cgi-bin/token'];
/**
 * Forgeries without effect: a notice without a body is valid as a GET; a failed result is acknowledged but is no
 * payment.
 */
const HARMLESS_FORGERIES = ['empty', 'failed-result'];

let fixture: RefundFixture;
let tea: string;
let order: OrderJson;

const openFixture = async (
  instances: number,
  environment: Record<string, string> = APP_V1_ENVIRONMENT,
): Promise<void> => {
  fixture = await RefundFixture.open({ instances, environment: { ...SHORT_TIMEOUT, ...environment } });
};
const closeShop = (): Promise<void> => fixture.shop.close();
/** Creates a product that no other test uses, and an order for it. */
const createOrder = async (): Promise<void> => {
  tea = await fixture.shop.createProduct({ priceFen: PRICE_FEN, stock: INITIAL_STOCK });
  order = await fixture.alice.createOrder({ productId: tea });
};
const startPayment = (): Promise<PayJson> => fixture.alice.startPayment(order, 'APP');
const expectPaid = (): Promise<void> =>
  eventually(async () => {
    expect(await fixture.alice.getOrder(order)).toMatchObject({ status: 'PAID', paidFen: PRICE_FEN });
  });
const countCalls = (path: string): Promise<number> => fixture.shop.wechat.countCalls(path);
const getNoticeResults = async ({ outTradeNo }: PayJson): Promise<string[]> =>
  (await fixture.shop.getEvents(outTradeNo)).filter(({ type }) => type === 'NOTICE').map(({ result }) => result);
const getRefunds = async (): Promise<Refund[]> =>
  (await fixture.shop.firstInstance.findAll(Refund)).filter(({ orderNo }) => orderNo === order.orderNo);

describe('app-v1: first payment', () => {
  beforeEach(async () => {
    await openFixture(2);
    await createOrder();
  });
  afterEach(closeShop);

  it('a payment is prepared, repeated under one number, accepted by the SDK and confirmed by a GBK notice', async () => {
    const first = await startPayment();
    const pay = await startPayment();
    expect(pay.outTradeNo).toBe(first.outTradeNo);
    expect(pay.requestPayment).toMatchObject({ appid: MOBILE_APP.WECHAT_MOBILE_APP_ID, package: 'Sign=WXPay' });
    expect(pay.requestPayment['sign']).toMatch(/^[0-9a-f]{40}$/);
    expect(await fixture.alice.confirmPayment(pay)).toBe('requestPayment:ok');
    await expectPaid();
    expect([await countCalls(PREPAY), await countCalls('/pay/unifiedorder'), await countCalls(TOKEN)]).toEqual([
      2, 0, 1,
    ]);
    const [notice] = (await fixture.shop.getEvents(pay.outTradeNo)).filter(({ type }) => type === 'NOTICE');
    expect(notice?.raw).toMatch(/input_charset=GBK[^]*<OpenId>/);
    const again = await fixture.shop.wechat.sendPaymentNotice(pay.outTradeNo, { extra: { attach: '测试' } });
    expect(again).toMatchObject([{ isAccepted: true, reply: 'success' }]);
  });

  it('all instances share one access token and replace it once when WeChat refuses it', async () => {
    await Promise.all([0, 1, 0, 1].map((at) => fixture.alice.tryStartPayment(order, 'APP', at)));
    expect(await countCalls(TOKEN)).toBe(1);
    await fixture.shop.wechat.failNext({ endpoint: 'genprepay', kind: 'err_code', errCode: '42001', times: 1 });
    expect(await fixture.alice.tryStartPayment(order, 'APP')).toMatchObject({ status: 200 });
    expect(await countCalls(TOKEN)).toBe(2);
    const names = (await fixture.shop.firstInstance.findAll(AccessToken)).map(({ name }) => name);
    expect(names).toEqual([`plain:${MOBILE_APP.WECHAT_MOBILE_APP_ID}`]);
  });

  it('app and mini-program have access tokens of their own', async () => {
    await startPayment();
    const code = await fixture.shop.wechat.createPhoneCode();
    expect(await fixture.alice.call('POST', 'auth/phone', { code })).toMatchObject({ status: 200 });
    const names = (await fixture.shop.firstInstance.findAll(AccessToken)).map(({ name }) => name);
    expect(names.sort()).toEqual([`plain:${MOBILE_APP.WECHAT_MOBILE_APP_ID}`, 'stable:wx8888888888888888']);
  });
});

describe('app-v1: an order that may be paid for a day', () => {
  beforeAll(() => openFixture(1, { ...APP_V1_ENVIRONMENT, ORDER_TTL_SECONDS: '86400' }));
  beforeEach(createOrder);
  afterAll(closeShop);

  it('a payment stays open when it is repeated after hours and WeChat finds no unpaid order', async () => {
    await fixture.shop.wechat.setBehaviours({ v1UnpaidAnswer: 'ret_code' });
    await startPayment();
    await fixture.runJobsAfter({ hours: 3 });
    const pay = await startPayment();
    expect(await fixture.alice.cancelOrder(order)).toMatchObject({ status: 502, body: { code: 'WECHAT_UNAVAILABLE' } });
    expect(await fixture.alice.tryStartPayment(order, 'JSAPI')).toMatchObject({ status: 502 });
    expect(await fixture.shop.getStock(tea)).toBe(INITIAL_STOCK - 1);
    expect(await fixture.alice.confirmPayment(pay)).toBe('requestPayment:ok');
    await expectPaid();
  });
});

describe('app-v1: payment', () => {
  beforeAll(() => openFixture(2));
  beforeEach(createOrder);
  afterEach(async () => {
    await fixture.shop.wechat.clearFaults();
    const behaviours = { v1NoticeMethod: 'POST', noticeBeforeAnswer: false, v1UnpaidAnswer: 'trade_state' } as const;
    await fixture.shop.wechat.setBehaviours(behaviours);
  });
  afterAll(closeShop);

  it("when the notice is lost, a query by the client's sync or by the job finds the payment", async () => {
    await fixture.alice.confirmPayment(await startPayment(), { notify: 'lost' });
    expect((await fixture.alice.syncOrder(order)).body).toMatchObject({ status: 'PAID', paidFen: PRICE_FEN });
    order = await fixture.alice.createOrder({ productId: tea });
    await fixture.alice.confirmPayment(await startPayment(), { notify: 'lost' });
    await fixture.runJobsAfter({ seconds: 15 });
    expect(await fixture.alice.getOrder(order)).toMatchObject({ status: 'PAID' });
  });

  it('a WeChat discount does not reduce paidFen', async () => {
    const pay = await startPayment();
    await fixture.alice.confirmPayment(pay, { couponFen: 500 });
    await expectPaid();
    order = await fixture.alice.createOrder({ productId: tea });
    await fixture.alice.confirmPayment(await startPayment(), { couponFen: 500, notify: 'lost' });
    expect((await fixture.alice.syncOrder(order)).body).toMatchObject({ status: 'PAID', paidFen: PRICE_FEN });
  });

  it('thirty concurrent notices are applied once', async () => {
    const pay = await startPayment();
    await fixture.alice.confirmPayment(pay, { notify: 'lost' });
    const notices = await Promise.all(
      [1, 2, 3].map(() => fixture.shop.wechat.sendPaymentNotice(pay.outTradeNo, { connections: 10 })),
    );
    expect(notices.flat().map(({ isAccepted }) => isAccepted)).toEqual(Array.from({ length: 30 }, () => true));
    const results = await getNoticeResults(pay);
    expect(results.filter((result) => result === 'APPLIED')).toHaveLength(1);
    expect(results.filter((result) => result === 'REPEATED')).toHaveLength(29);
  });

  it('a notice sent as GET without a body is applied', async () => {
    await fixture.shop.wechat.setBehaviours({ v1NoticeMethod: 'GET' });
    await fixture.alice.confirmPayment(await startPayment());
    await expectPaid();
  });

  it('a notice that arrives before the response of genprepay is applied', async () => {
    await fixture.shop.wechat.setBehaviours({ noticeBeforeAnswer: true });
    const reply = await fixture.alice.tryStartPayment(order, 'APP');
    expect(reply).toMatchObject({ status: 409, body: { code: 'ORDER_NOT_PAYABLE' } });
    expect(await fixture.alice.getOrder(order)).toMatchObject({ status: 'PAID' });
  });

  it.each([...['timeout', 'reset', 'http500', 'html', 'garbage', 'truncated', 'SYSTEMERROR']])(
    'an attempt whose response was %s is kept and paid under the same number',
    async (kind) => {
      await fixture.shop.wechat.failNext({ endpoint: 'genprepay', kind, when: 'after' });
      expect(await fixture.alice.tryStartPayment(order, 'APP')).toMatchObject({
        status: 502,
        body: { code: 'WECHAT_UNAVAILABLE' },
      });
      const pay = await startPayment();
      expect(pay.outTradeNo).toMatch(/-1$/);
      expect(await fixture.alice.confirmPayment(pay)).toBe('requestPayment:ok');
      await expectPaid();
    },
  );

  it('a rejected attempt is replaced under a new number once the cause is fixed', async () => {
    await fixture.shop.wechat.failNext({ endpoint: 'genprepay', kind: 'err_code', errCode: '49004' });
    expect(await fixture.alice.tryStartPayment(order, 'APP')).toMatchObject({
      status: 502,
      body: { code: 'WECHAT_REJECTED', upstreamCode: '49004' },
    });
    const pay = await startPayment();
    expect(pay.outTradeNo).toMatch(/-2$/);
    expect(await fixture.alice.confirmPayment(pay)).toBe('requestPayment:ok');
    await expectPaid();
  });

  it('an accepted attempt keeps its number when a repetition is rejected', async () => {
    const first = await startPayment();
    await fixture.shop.wechat.failNext({ endpoint: 'genprepay', kind: 'err_code', errCode: '49004' });
    expect(await fixture.alice.tryStartPayment(order, 'APP')).toMatchObject({ body: { code: 'WECHAT_REJECTED' } });
    const pay = await startPayment();
    expect(pay.outTradeNo).toBe(first.outTradeNo);
    expect(await fixture.alice.confirmPayment(pay)).toBe('requestPayment:ok');
    await expectPaid();
  });

  it('a repetition that WeChat refuses because it is paid finds the payment', async () => {
    await fixture.alice.confirmPayment(await startPayment(), { notify: 'lost' });
    expect(await fixture.alice.tryStartPayment(order, 'APP')).toMatchObject({
      status: 409,
      body: { code: 'ORDER_NOT_PAYABLE' },
    });
    await expectPaid();
  });

  it('a query response about another order is not applied', async () => {
    const other = await fixture.alice.createOrder({ productId: tea });
    await fixture.alice.confirmPayment(await fixture.alice.startPayment(other, 'APP'), { notify: 'lost' });
    await startPayment();
    await fixture.shop.wechat.failNext({ endpoint: 'v1-orderquery', kind: 'echo_other_order', when: 'after' });
    expect(await fixture.alice.syncOrder(order)).toMatchObject({ status: 502 });
    expect(await fixture.alice.getOrder(order)).toMatchObject({ status: 'PENDING' });
  });

  it('a payment is refunded through v2 with the appid of the app', async () => {
    await fixture.alice.confirmPayment(await startPayment());
    await expectPaid();
    await fixture.createApprovedRefund(order, 4000);
    await fixture.runJobsAfter({ minutes: 5 });
    await fixture.createApprovedRefund(order);
    await fixture.runJobsAfter({ minutes: 5 });
    expect(await fixture.alice.getOrder(order)).toMatchObject({ refundStatus: 'FULL', refundedFen: PRICE_FEN });
    expect(await fixture.getLedger(order)).toEqual({ paidFen: PRICE_FEN, refundedFen: PRICE_FEN, refunds: 2 });
  });

  describe('app-v1: an order that only its expiry can close', () => {
    it('the order cannot be cancelled or paid in another way, and its stock stays reserved', async () => {
      const pay = await startPayment();
      const unavailable = { status: 502, body: { code: 'WECHAT_UNAVAILABLE', retryable: true } };
      expect(await fixture.alice.cancelOrder(order)).toMatchObject(unavailable);
      expect(await fixture.alice.tryStartPayment(order, 'JSAPI')).toMatchObject(unavailable);
      expect(await fixture.shop.getPayments(order.orderNo)).toHaveLength(1);
      expect(await fixture.shop.getStock(tea)).toBe(INITIAL_STOCK - 1);
      expect(await fixture.alice.confirmPayment(await startPayment())).toBe('requestPayment:ok');
      await expectPaid();
      expect(await fixture.shop.wechat.countCalls('/pay/closeorder', pay.outTradeNo)).toBe(0);
    });

    it.each(['trade_state', 'ret_code'] as const)(
      'the order closes some minutes after its expiry, when WeChat reports it unpaid by %s',
      async (answerForm) => {
        await fixture.shop.wechat.setBehaviours({ v1UnpaidAnswer: answerForm });
        const pay = await startPayment();
        await fixture.runJobsAfter({ minutes: 20, seconds: 1 });
        expect(await fixture.alice.getOrder(order)).toMatchObject({ status: 'PENDING' });
        expect(await fixture.alice.confirmPayment(pay)).toMatch(/^requestPayment:fail/);
        for (let minute = 0; minute < 8; minute++) await fixture.runJobsAfter({ minutes: 1 });
        expect(await fixture.alice.getOrder(order)).toMatchObject({ status: 'CLOSED', closeReason: 'EXPIRED' });
        expect(await fixture.shop.getStock(tea)).toBe(INITIAL_STOCK);
      },
    );

    it('a payment made in time is found after the expiry although its notice was lost', async () => {
      const pay = await startPayment();
      await fixture.shop.wechat.advanceTime({ minutes: 19 });
      await fixture.alice.confirmPayment(pay, { notify: 'lost' });
      await fixture.runJobsAfter({ minutes: 10 });
      expect(await fixture.alice.getOrder(order)).toMatchObject({ status: 'PAID' });
    });

    it('a payment that WeChat shows only after the order was closed is refunded', async () => {
      const pay = await startPayment();
      await fixture.shop.wechat.advanceTime({ minutes: 19 });
      await fixture.alice.confirmPayment(pay, { notify: 'lost', visibleAfterSeconds: 900 });
      for (let minute = 0; minute < 12; minute++) await fixture.runJobsAfter({ minutes: 1 });
      expect(await fixture.alice.getOrder(order)).toMatchObject({ status: 'CLOSED', paidFen: 0 });
      for (let hour = 0; hour < 4; hour++) await fixture.runJobsAfter({ hours: 1 });
      expect(await getRefunds()).toMatchObject([{ kind: 'AUTOMATIC', status: 'SUCCEEDED' }]);
      expect(await fixture.getLedger(order)).toMatchObject({ paidFen: PRICE_FEN, refundedFen: PRICE_FEN });
    });

    it('a notice for an order that was closed leads to a refund', async () => {
      const pay = await startPayment();
      await fixture.alice.confirmPayment(pay, { notify: 'lost' });
      await fixture.shop.rawUpdate(
        `UPDATE payments SET status = 'CLOSED', next_check_at = NULL WHERE out_trade_no = '${pay.outTradeNo}'`,
        `UPDATE products SET stock = stock + 1 WHERE product_id = '${tea}'`,
        `UPDATE orders SET status = 'CLOSED', close_reason = 'EXPIRED', next_check_at = NULL,
           closed_at = created_at WHERE order_no = '${order.orderNo}'`,
      );
      expect(await fixture.shop.wechat.sendPaymentNotice(pay.outTradeNo)).toMatchObject([{ isAccepted: true }]);
      for (let round = 0; round < 3; round++) await fixture.runJobsAfter({ minutes: 30 });
      expect(await getRefunds()).toMatchObject([{ kind: 'AUTOMATIC', status: 'SUCCEEDED' }]);
      expect(await fixture.getLedger(order)).toMatchObject({ refundedFen: PRICE_FEN });
    });
  });

  describe('app-v1: together with v2', () => {
    it('the notices of each protocol confirm only payments of that protocol', async () => {
      const oldPay = await startPayment();
      const post = async (path: string, body?: string): Promise<unknown> =>
        (await sendRequest(`${fixture.shop.url}/wechat/notify/${path}`, { method: 'POST', body })).body;
      const input = { transactionId: '42', totalFee: PRICE_FEN, openid: 'oAnybody' };
      const { outTradeNo } = oldPay;
      const forged = buildPaidNotice({ ...input, outTradeNo, appid: MOBILE_APP.WECHAT_MOBILE_APP_ID });
      expect(await post('payment', forged)).toContain('FOREIGN_MERCHANT');
      expect(await getNoticeResults(oldPay)).toEqual(['FOREIGN_MERCHANT']);
      expect(await fixture.alice.getOrder(order)).toMatchObject({ status: 'PENDING' });
      const other = await fixture.alice.createOrder({ productId: tea });
      const newPay = await fixture.alice.startPayment(other);
      expect(await post(`app-v1?${buildAppV1Notice({ ...input, outTradeNo: newPay.outTradeNo })}`)).toBe('fail');
      expect(await getNoticeResults(newPay)).toEqual(['FOREIGN_MERCHANT']);
      expect(await post(`app-v1?${buildAppV1Notice({ ...input, outTradeNo })}`)).toBe('success');
      await expectPaid();
    });

    it('a payment continues with its own protocol when WECHAT_APP_PROTOCOL changes, in both directions', async () => {
      const oldPay = await startPayment();
      await fixture.withExtraInstance({ WECHAT_APP_PROTOCOL: 'v2' }, async (at) => {
        const again = await fixture.alice.tryStartPayment<PayJson>(order, 'APP', at);
        expect(again.body).toMatchObject({ outTradeNo: oldPay.outTradeNo });
        expect(again.body.requestPayment['sign']).toMatch(/^[0-9a-f]{40}$/);
        expect(await fixture.alice.confirmPayment(again.body)).toBe('requestPayment:ok');
        await expectPaid();
        order = await fixture.alice.createOrder({ productId: tea });
        const newPay = (await fixture.alice.tryStartPayment<PayJson>(order, 'APP', at)).body;
        expect(newPay.requestPayment['sign']).toMatch(/^[0-9A-F]{32}$/);
        expect((await fixture.alice.tryStartPayment<PayJson>(order, 'APP', 0)).body.outTradeNo).toBe(newPay.outTradeNo);
        expect(await fixture.alice.confirmPayment(newPay)).toBe('requestPayment:ok');
        await expectPaid();
      });
    });
  });

  it('pay: an attempt of another appid than the configured one is not returned', async () => {
    await startPayment();
    await fixture.withExtraInstance({ WECHAT_MOBILE_APP_ID: 'wx6666666666666666' }, async (at) => {
      const reply = await fixture.alice.tryStartPayment(order, 'APP', at);
      expect(reply).toMatchObject({ status: 502, body: { code: 'WECHAT_UNAVAILABLE' } });
    });
  });

  it('sync queries the platform API, not WeChat Pay', async () => {
    await startPayment();
    const before = await countCalls(QUERY);
    await fixture.alice.syncOrder(order);
    const [message] = (await fixture.shop.wechat.getMessages(QUERY)).slice(before);
    expect(message?.request).toContain('app_signature');
  });
});

describe('app-v1: one appid for app and mini-program', () => {
  it('APP and JSAPI payments succeed when only WECHAT_APP_PROTOCOL is set', async () => {
    const ownFixture = await RefundFixture.open({
      environment: { WECHAT_APP_PROTOCOL: 'v1', WECHAT_PAY_PROTOCOL: 'v2' },
    });
    for (const tradeType of ['APP', 'JSAPI'] as const) {
      const order = await ownFixture.alice.createOrder({ productId: ownFixture.tea });
      const pay = await ownFixture.alice.startPayment(order, tradeType);
      expect(await ownFixture.alice.confirmPayment(pay)).toBe('requestPayment:ok');
      await eventually(async () => expect(await ownFixture.alice.getOrder(order)).toMatchObject({ status: 'PAID' }));
    }
    await ownFixture.shop.close();
  });
});

describe('app-v1: forged notices', () => {
  beforeAll(async () => {
    await openFixture(1);
    await createOrder();
    await fixture.alice.confirmPayment(await startPayment());
  });
  beforeEach(createOrder);
  afterAll(closeShop);

  it.each(V1_FORGERIES.filter((forge) => !HARMLESS_FORGERIES.includes(forge)))(
    'the order stays PENDING after the forgery %s',
    async (forge) => {
      const pay = await startPayment();
      const replies = await fixture.shop.wechat.sendPaymentNotice(pay.outTradeNo, { forge });
      expect(await fixture.alice.getOrder(order)).toMatchObject({ status: 'PENDING' });
      // The replayed notice is valid for the other order.
      expect(replies.map(({ isAccepted }) => isAccepted)).toEqual([forge === 'other-order']);
      for (const { status, reply } of replies)
        expect([status, reply]).toEqual([200, forge === 'other-order' ? 'success' : 'fail']);
    },
  );

  it('a notice of a failed payment is acknowledged and recorded, and changes nothing', async () => {
    const { outTradeNo } = await startPayment();
    expect(await fixture.shop.wechat.sendPaymentNotice(outTradeNo, { forge: 'failed-result' })).toMatchObject([
      { isAccepted: true },
    ]);
    expect(await fixture.alice.getOrder(order)).toMatchObject({ status: 'PENDING' });
    const events = await fixture.shop.getEvents(outTradeNo);
    expect(events.find(({ type }) => type === 'NOTICE')).toMatchObject({
      result: 'FAILED',
      data: JSON.stringify({ errorCode: 'TRADE_STATE 1' }),
    });
  });
});

describe('app-v1: not configured', () => {
  let shop: TestShop;

  beforeAll(async () => {
    shop = await openTestShop({
      environment: { WECHAT_MODE: 'live', WECHAT_PAY_PROTOCOL: 'v2', ...MERCHANT_ENVIRONMENT },
    });
  });
  afterAll(() => shop.close());

  it.each(['GET', 'POST'] as const)('%s /wechat/notify/app-v1 responds with 404', async (method) => {
    const url = `${shop.url}/wechat/notify/app-v1?${NOTICE_QUERIES.GBK}`;
    const reply = await sendRequest(url, { method, ...(method === 'POST' && { body: NOTICE_BODY }) });
    expect(reply).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  });
});
