import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AccessToken } from '../../src/auth/access-token.entity.js';
import { Refund } from '../../src/refund/refund.entity.js';
import { V1_FORGERIES } from '../../src/simulator/notices/v1-forgeries.js';
import type { OrderJson, PayJson } from '../support/test-buyer.js';
import { eventually } from '../support/eventually.js';
import { call } from '../support/http.js';
import { MERCHANT_ENVIRONMENT } from '../support/merchant-environment.js';
import { buildPaidNotice } from '../support/paid-notice.js';
import { buildAppV1Notice } from '../support/app-v1-notice.js';
import { PRICE_FEN, RefundFixture, INITIAL_STOCK } from '../support/refund-fixture.js';
import { SHORT_TIMEOUT, openTestShop, type TestShop } from '../support/test-shop.js';
import { NOTICE_BODY, NOTICE_QUERIES } from '../vectors/v1/client-vectors.js';

const MOBILE_APP = {
  WECHAT_MOBILE_APP_ID: 'wx7777777777777777',
  WECHAT_MOBILE_APP_SECRET: '7a6b5c4d3e2f10987f6e5d4c3b2a1908',
};
const APP_V1_ENVIRONMENT = { WECHAT_APP_PROTOCOL: 'v1', WECHAT_V1_CHARSET: 'GBK', ...MOBILE_APP };
const [PREPAY, QUERY, TOKEN] = ['/pay/genprepay', '/pay/orderquery', '/cgi-bin/token'];
/** Lies that tell no lie: a notice without a body comes so by GET, and a failure is no payment but is heard. */
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
/** Tea that nobody else buys, and an order of it. */
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

describe('the first payment in an app by the protocol of 2014', () => {
  beforeEach(async () => {
    await openFixture(2);
    await createOrder();
  });
  afterEach(closeShop);

  it('is begun, repeated, opened by the SDK, and paid by a notice in GBK', async () => {
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

  it('shares its token among instances, and gets the next one once, when WeChat takes it no more', async () => {
    await Promise.all([0, 1, 0, 1].map((at) => fixture.alice.tryStartPayment(order, 'APP', at)));
    expect(await countCalls(TOKEN)).toBe(1);
    await fixture.shop.wechat.failNext({ endpoint: 'genprepay', kind: 'err_code', errCode: '42001', times: 1 });
    expect(await fixture.alice.tryStartPayment(order, 'APP')).toMatchObject({ status: 200 });
    expect(await countCalls(TOKEN)).toBe(2);
    const names = (await fixture.shop.firstInstance.findAll(AccessToken)).map(({ name }) => name);
    expect(names).toEqual([`plain:${MOBILE_APP.WECHAT_MOBILE_APP_ID}`]);
  });

  it('leaves the token of the mini-program alone', async () => {
    await startPayment();
    const code = await fixture.shop.wechat.createPhoneCode();
    expect(await fixture.alice.call('POST', 'auth/phone', { code })).toMatchObject({ status: 200 });
    const names = (await fixture.shop.firstInstance.findAll(AccessToken)).map(({ name }) => name);
    expect(names.sort()).toEqual([`plain:${MOBILE_APP.WECHAT_MOBILE_APP_ID}`, 'stable:wx8888888888888888']);
  });
});

describe('a payment in an app by the protocol of 2014 that may take a day', () => {
  beforeAll(() => openFixture(1, { ...APP_V1_ENVIRONMENT, ORDER_TTL_SECONDS: '86400' }));
  beforeEach(createOrder);
  afterAll(closeShop);

  it('stays open when it was repeated after hours, and WeChat knows no unpaid order', async () => {
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

describe('a payment in an app by the protocol of 2014', () => {
  beforeAll(() => openFixture(2));
  beforeEach(createOrder);
  afterEach(async () => {
    await fixture.shop.wechat.clearFaults();
    const habits = { v1NoticeMethod: 'POST', noticeBeforeAnswer: false, v1UnpaidAnswer: 'trade_state' };
    await fixture.shop.wechat.setBehaviours(habits);
  });
  afterAll(closeShop);

  it('is found by asking when the notice is lost: by the client, or by the job', async () => {
    await fixture.alice.confirmPayment(await startPayment(), { notify: 'lost' });
    expect((await fixture.alice.syncOrder(order)).body).toMatchObject({ status: 'PAID', paidFen: PRICE_FEN });
    order = await fixture.alice.createOrder({ productId: tea });
    await fixture.alice.confirmPayment(await startPayment(), { notify: 'lost' });
    await fixture.runJobsAfter({ seconds: 15 });
    expect(await fixture.alice.getOrder(order)).toMatchObject({ status: 'PAID' });
  });

  it('is paid in full although WeChat gave a discount', async () => {
    const pay = await startPayment();
    await fixture.alice.confirmPayment(pay, { couponFen: 500 });
    await expectPaid();
    order = await fixture.alice.createOrder({ productId: tea });
    await fixture.alice.confirmPayment(await startPayment(), { couponFen: 500, notify: 'lost' });
    expect((await fixture.alice.syncOrder(order)).body).toMatchObject({ status: 'PAID', paidFen: PRICE_FEN });
  });

  it('is applied once, however often and however concurrently the notice comes', async () => {
    const pay = await startPayment();
    await fixture.alice.confirmPayment(pay, { notify: 'lost' });
    const notices = await Promise.all(
      [1, 2, 3].map(() => fixture.shop.wechat.sendPaymentNotice(pay.outTradeNo, { connections: 10 })),
    );
    expect(notices.flat().map(({ isAccepted }) => isAccepted)).toEqual(Array.from({ length: 30 }, () => true));
    const heard = await getNoticeResults(pay);
    expect(heard.filter((result) => result === 'APPLIED')).toHaveLength(1);
    expect(heard.filter((result) => result === 'REPEATED')).toHaveLength(29);
  });

  it('is paid by a notice that comes as a GET, without a body', async () => {
    await fixture.shop.wechat.setBehaviours({ v1NoticeMethod: 'GET' });
    await fixture.alice.confirmPayment(await startPayment());
    await expectPaid();
  });

  it('counts a notice that is faster than the answer of genprepay', async () => {
    await fixture.shop.wechat.setBehaviours({ noticeBeforeAnswer: true });
    const reply = await fixture.alice.tryStartPayment(order, 'APP');
    expect(reply).toMatchObject({ status: 409, body: { code: 'ORDER_NOT_PAYABLE' } });
    expect(await fixture.alice.getOrder(order)).toMatchObject({ status: 'PAID' });
  });

  it.each([...['timeout', 'reset', 'http500', 'html', 'garbage', 'truncated', 'SYSTEMERROR']])(
    'is kept when the answer was %s, and paid under the same number',
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

  it('begins anew once it is mended what WeChat has refused', async () => {
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

  it('goes on under its number when a repetition was refused by a fault of ours that is mended', async () => {
    const first = await startPayment();
    await fixture.shop.wechat.failNext({ endpoint: 'genprepay', kind: 'err_code', errCode: '49004' });
    expect(await fixture.alice.tryStartPayment(order, 'APP')).toMatchObject({ body: { code: 'WECHAT_REJECTED' } });
    const pay = await startPayment();
    expect(pay.outTradeNo).toBe(first.outTradeNo);
    expect(await fixture.alice.confirmPayment(pay)).toBe('requestPayment:ok');
    await expectPaid();
  });

  it('finds the payment when WeChat refuses a repetition because it is paid', async () => {
    await fixture.alice.confirmPayment(await startPayment(), { notify: 'lost' });
    expect(await fixture.alice.tryStartPayment(order, 'APP')).toMatchObject({
      status: 409,
      body: { code: 'ORDER_NOT_PAYABLE' },
    });
    await expectPaid();
  });

  it('is not believed by an answer about another order', async () => {
    const other = await fixture.alice.createOrder({ productId: tea });
    await fixture.alice.confirmPayment(await fixture.alice.startPayment(other, 'APP'), { notify: 'lost' });
    await startPayment();
    await fixture.shop.wechat.failNext({ endpoint: 'v1-orderquery', kind: 'echo_other_order', when: 'after' });
    expect(await fixture.alice.syncOrder(order)).toMatchObject({ status: 502 });
    expect(await fixture.alice.getOrder(order)).toMatchObject({ status: 'PENDING' });
  });

  it('is given back by v2, under the app’s appid', async () => {
    await fixture.alice.confirmPayment(await startPayment());
    await expectPaid();
    await fixture.createApprovedRefund(order, 4000);
    await fixture.runJobsAfter({ minutes: 5 });
    await fixture.createApprovedRefund(order);
    await fixture.runJobsAfter({ minutes: 5 });
    expect(await fixture.alice.getOrder(order)).toMatchObject({ refundStatus: 'FULL', refundedFen: PRICE_FEN });
    expect(await fixture.getLedger(order)).toEqual({ paidFen: PRICE_FEN, refundedFen: PRICE_FEN, refunds: 2 });
  });

  describe('which nothing can close but its time', () => {
    it('cannot be cancelled, nor changed for another way to pay; its stock stays held', async () => {
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

    it.each(['trade_state', 'ret_code'])('ends some minutes after it, when WeChat says unpaid by %s', async (word) => {
      await fixture.shop.wechat.setBehaviours({ v1UnpaidAnswer: word });
      const pay = await startPayment();
      await fixture.runJobsAfter({ minutes: 20, seconds: 1 });
      expect(await fixture.alice.getOrder(order)).toMatchObject({ status: 'PENDING' });
      expect(await fixture.alice.confirmPayment(pay)).toMatch(/^requestPayment:fail/);
      for (let minute = 0; minute < 8; minute++) await fixture.runJobsAfter({ minutes: 1 });
      expect(await fixture.alice.getOrder(order)).toMatchObject({ status: 'CLOSED', closeReason: 'EXPIRED' });
      expect(await fixture.shop.getStock(tea)).toBe(INITIAL_STOCK);
    });

    it('is paid all the same when it was paid in time and nobody told', async () => {
      const pay = await startPayment();
      await fixture.shop.wechat.advanceTime({ minutes: 19 });
      await fixture.alice.confirmPayment(pay, { notify: 'lost' });
      await fixture.runJobsAfter({ minutes: 10 });
      expect(await fixture.alice.getOrder(order)).toMatchObject({ status: 'PAID' });
    });

    it('gives back what nobody told of, and what WeChat’s own books had not got in those minutes', async () => {
      const pay = await startPayment();
      await fixture.shop.wechat.advanceTime({ minutes: 19 });
      await fixture.alice.confirmPayment(pay, { notify: 'lost', visibleAfterSeconds: 900 });
      for (let minute = 0; minute < 12; minute++) await fixture.runJobsAfter({ minutes: 1 });
      expect(await fixture.alice.getOrder(order)).toMatchObject({ status: 'CLOSED', paidFen: 0 });
      for (let hour = 0; hour < 4; hour++) await fixture.runJobsAfter({ hours: 1 });
      expect(await getRefunds()).toMatchObject([{ kind: 'AUTOMATIC', status: 'SUCCEEDED' }]);
      expect(await fixture.getLedger(order)).toMatchObject({ paidFen: PRICE_FEN, refundedFen: PRICE_FEN });
    });

    it('gives back what comes after its end', async () => {
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

  describe('beside the protocol of today', () => {
    it('is proven by its own notices alone, and proves none of the other’s', async () => {
      const old = await startPayment();
      const told = async (path: string, body?: string): Promise<unknown> =>
        (await call(`${fixture.shop.url}/wechat/notify/${path}`, { method: 'POST', body })).body;
      const facts = { transactionId: '42', totalFee: PRICE_FEN, openid: 'oAnybody' };
      const { outTradeNo } = old;
      const forged = buildPaidNotice({ ...facts, outTradeNo, appid: MOBILE_APP.WECHAT_MOBILE_APP_ID });
      expect(await told('payment', forged)).toContain('FOREIGN_MERCHANT');
      expect(await getNoticeResults(old)).toEqual(['FOREIGN_MERCHANT']);
      expect(await fixture.alice.getOrder(order)).toMatchObject({ status: 'PENDING' });
      const other = await fixture.alice.createOrder({ productId: tea });
      const young = await fixture.alice.startPayment(other);
      expect(await told(`app-v1?${buildAppV1Notice({ ...facts, outTradeNo: young.outTradeNo })}`)).toBe('fail');
      expect(await getNoticeResults(young)).toEqual(['FOREIGN_MERCHANT']);
      expect(await told(`app-v1?${buildAppV1Notice({ ...facts, outTradeNo })}`)).toBe('success');
      await expectPaid();
    });

    it('goes on by its own when the shop has gone over to v2, and the other way round', async () => {
      const old = await startPayment();
      await fixture.withExtraInstance({ WECHAT_APP_PROTOCOL: 'v2' }, async (at) => {
        const again = await fixture.alice.tryStartPayment<PayJson>(order, 'APP', at);
        expect(again.body).toMatchObject({ outTradeNo: old.outTradeNo });
        expect(again.body.requestPayment['sign']).toMatch(/^[0-9a-f]{40}$/);
        expect(await fixture.alice.confirmPayment(again.body)).toBe('requestPayment:ok');
        await expectPaid();
        order = await fixture.alice.createOrder({ productId: tea });
        const young = (await fixture.alice.tryStartPayment<PayJson>(order, 'APP', at)).body;
        expect(young.requestPayment['sign']).toMatch(/^[0-9A-F]{32}$/);
        expect((await fixture.alice.tryStartPayment<PayJson>(order, 'APP', 0)).body.outTradeNo).toBe(young.outTradeNo);
        expect(await fixture.alice.confirmPayment(young)).toBe('requestPayment:ok');
        await expectPaid();
      });
    });
  });

  it('is not handed out again by a shop whose keys are those of another app by now', async () => {
    await startPayment();
    await fixture.withExtraInstance({ WECHAT_MOBILE_APP_ID: 'wx6666666666666666' }, async (at) => {
      const reply = await fixture.alice.tryStartPayment(order, 'APP', at);
      expect(reply).toMatchObject({ status: 502, body: { code: 'WECHAT_UNAVAILABLE' } });
    });
  });

  it('is asked about at the platform, not at WeChat Pay', async () => {
    await startPayment();
    const before = await countCalls(QUERY);
    await fixture.alice.syncOrder(order);
    const [message] = (await fixture.shop.wechat.getMessages(QUERY)).slice(before);
    expect(message?.request).toContain('app_signature');
  });
});

describe('a shop whose app and mini-program have one appid', () => {
  it('takes payments in either, and says no more than which protocol its app has', async () => {
    const world = await RefundFixture.open({ environment: { WECHAT_APP_PROTOCOL: 'v1' } });
    for (const tradeType of ['APP', 'JSAPI'] as const) {
      const order = await world.alice.createOrder({ productId: world.tea });
      const pay = await world.alice.startPayment(order, tradeType);
      expect(await world.alice.confirmPayment(pay)).toBe('requestPayment:ok');
      await eventually(async () => expect(await world.alice.getOrder(order)).toMatchObject({ status: 'PAID' }));
    }
    await world.shop.close();
  });
});

describe('a lie about such a payment', () => {
  beforeAll(async () => {
    await openFixture(1);
    await createOrder();
    await fixture.alice.confirmPayment(await startPayment());
  });
  beforeEach(createOrder);
  afterAll(closeShop);

  it.each(V1_FORGERIES.filter((forge) => !HARMLESS_FORGERIES.includes(forge)))('proves nothing: %s', async (forge) => {
    const pay = await startPayment();
    const replies = await fixture.shop.wechat.sendPaymentNotice(pay.outTradeNo, { forge });
    expect(await fixture.alice.getOrder(order)).toMatchObject({ status: 'PENDING' });
    // Another order's true notice is true.
    expect(replies.map(({ isAccepted }) => isAccepted)).toEqual([forge === 'other-order']);
    for (const { status, reply } of replies)
      expect([status, reply]).toEqual([200, forge === 'other-order' ? 'success' : 'fail']);
  });

  it('is told of a failure, which is heard and moves nothing', async () => {
    const { outTradeNo } = await startPayment();
    expect(await fixture.shop.wechat.sendPaymentNotice(outTradeNo, { forge: 'failed-result' })).toMatchObject([
      { isAccepted: true },
    ]);
    expect(await fixture.alice.getOrder(order)).toMatchObject({ status: 'PENDING' });
    const events = await fixture.shop.getEvents(outTradeNo);
    expect(events.find(({ type }) => type === 'NOTICE')).toMatchObject({
      ...{ result: 'FAILED', facts: JSON.stringify({ errorCode: 'TRADE_STATE 1' }) },
    });
  });
});

describe('the door for such notices', () => {
  let shop: TestShop;

  beforeAll(async () => {
    shop = await openTestShop({ environment: { WECHAT_MODE: 'live', ...MERCHANT_ENVIRONMENT } });
  });
  afterAll(() => shop.close());

  it.each(['GET', 'POST'] as const)('answers 404 where the protocol is not configured: %s', async (method) => {
    const url = `${shop.url}/wechat/notify/app-v1?${NOTICE_QUERIES.GBK}`;
    const reply = await call(url, { method, ...(method === 'POST' && { body: NOTICE_BODY }) });
    expect(reply).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  });
});
