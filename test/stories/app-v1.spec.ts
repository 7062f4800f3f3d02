import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AccessToken } from '../../src/auth/access-token.entity.js';
import { Refund } from '../../src/refund/refund.entity.js';
import { V1_FORGERIES } from '../../src/simulator/notices/v1-forgeries.js';
import type { OrderJson, PayJson } from '../support/customer.js';
import { eventually } from '../support/eventually.js';
import { call } from '../support/http.js';
import { MERCHANT_ENVIRONMENT } from '../support/merchant-environment.js';
import { paidNotice } from '../support/paid-notice.js';
import { partnerNotice } from '../support/partner-notice.js';
import { PRICE_FEN, RefundShop, STOCK } from '../support/refund-shop.js';
import { IMPATIENT, openShop, type Shop } from '../support/shop.js';
import { NOTICE_BODY, NOTICE_QUERIES } from '../vectors/v1/client-vectors.js';

const MOBILE = {
  WECHAT_MOBILE_APP_ID: 'wx7777777777777777',
  WECHAT_MOBILE_APP_SECRET: '7a6b5c4d3e2f10987f6e5d4c3b2a1908',
};
const V1 = { WECHAT_APP_PROTOCOL: 'v1', WECHAT_V1_CHARSET: 'GBK', ...MOBILE };
const [PREPAY, QUERY, TOKEN] = ['/pay/genprepay', '/pay/orderquery', '/cgi-bin/token'];
/** Lies that tell no lie: a notice without a body comes so by GET, and a failure is no payment but is heard. */
const HARMLESS = ['empty', 'failed-result'];

let world: RefundShop;
let tea: string;
let order: OrderJson;

const opens = async (instances: number, environment: Record<string, string> = V1): Promise<void> => {
  world = await RefundShop.opens({ instances, environment: { ...IMPATIENT, ...environment } });
};
const closes = (): Promise<void> => world.shop.closes();
/** Tea that nobody else buys, and an order of it. */
const orders = async (): Promise<void> => {
  tea = await world.shop.sells({ priceFen: PRICE_FEN, stock: STOCK });
  order = await world.alice.orders({ productId: tea });
};
const begins = (): Promise<PayJson> => world.alice.begins(order, 'APP');
const isPaid = (): Promise<void> =>
  eventually(async () => {
    expect(await world.alice.sees(order)).toMatchObject({ status: 'PAID', paidFen: PRICE_FEN });
  });
const asked = (path: string): Promise<number> => world.shop.wechat.timesCalled(path);
const results = async ({ outTradeNo }: PayJson): Promise<string[]> =>
  (await world.shop.eventsOf(outTradeNo)).filter(({ type }) => type === 'NOTICE').map(({ result }) => result);
const refunds = async (): Promise<Refund[]> =>
  (await world.shop.first.all(Refund)).filter(({ orderNo }) => orderNo === order.orderNo);

describe('the first payment in an app by the protocol of 2014', () => {
  beforeEach(async () => {
    await opens(2);
    await orders();
  });
  afterEach(closes);

  it('is begun, repeated, opened by the SDK, and paid by a notice in GBK', async () => {
    const first = await begins();
    const pay = await begins();
    expect(pay.outTradeNo).toBe(first.outTradeNo);
    expect(pay.requestPayment).toMatchObject({ appid: MOBILE.WECHAT_MOBILE_APP_ID, package: 'Sign=WXPay' });
    expect(pay.requestPayment['sign']).toMatch(/^[0-9a-f]{40}$/);
    expect(await world.alice.confirms(pay)).toBe('requestPayment:ok');
    await isPaid();
    expect([await asked(PREPAY), await asked('/pay/unifiedorder'), await asked(TOKEN)]).toEqual([2, 0, 1]);
    const [notice] = (await world.shop.eventsOf(pay.outTradeNo)).filter(({ type }) => type === 'NOTICE');
    expect(notice?.raw).toMatch(/input_charset=GBK[^]*<OpenId>/);
    const again = await world.shop.wechat.notifies(pay.outTradeNo, { extra: { attach: '测试' } });
    expect(again).toMatchObject([{ isAccepted: true, reply: 'success' }]);
  });

  it('shares its token among instances, and gets the next one once, when WeChat takes it no more', async () => {
    await Promise.all([0, 1, 0, 1].map((at) => world.alice.triesToPay(order, 'APP', at)));
    expect(await asked(TOKEN)).toBe(1);
    await world.shop.wechat.fails({ endpoint: 'genprepay', kind: 'err_code', errCode: '42001', times: 1 });
    expect(await world.alice.triesToPay(order, 'APP')).toMatchObject({ status: 200 });
    expect(await asked(TOKEN)).toBe(2);
    const names = (await world.shop.first.all(AccessToken)).map(({ name }) => name);
    expect(names).toEqual([`plain:${MOBILE.WECHAT_MOBILE_APP_ID}`]);
  });

  it('leaves the token of the mini-program alone', async () => {
    await begins();
    const code = await world.shop.wechat.newPhoneCode();
    expect(await world.alice.asks('POST', 'auth/phone', { code })).toMatchObject({ status: 200 });
    const names = (await world.shop.first.all(AccessToken)).map(({ name }) => name);
    expect(names.sort()).toEqual([`plain:${MOBILE.WECHAT_MOBILE_APP_ID}`, 'stable:wx8888888888888888']);
  });
});

describe('a payment in an app by the protocol of 2014 that may take a day', () => {
  beforeAll(() => opens(1, { ...V1, ORDER_TTL_SECONDS: '86400' }));
  beforeEach(orders);
  afterAll(closes);

  it('stays open when it was repeated after hours, and WeChat knows no unpaid order', async () => {
    await world.shop.wechat.behaves({ v1UnpaidAnswer: 'ret_code' });
    await begins();
    await world.passes({ hours: 3 });
    const pay = await begins();
    expect(await world.alice.cancels(order)).toMatchObject({ status: 502, body: { code: 'WECHAT_UNAVAILABLE' } });
    expect(await world.alice.triesToPay(order, 'JSAPI')).toMatchObject({ status: 502 });
    expect(await world.shop.stockOf(tea)).toBe(STOCK - 1);
    expect(await world.alice.confirms(pay)).toBe('requestPayment:ok');
    await isPaid();
  });
});

describe('a payment in an app by the protocol of 2014', () => {
  beforeAll(() => opens(2));
  beforeEach(orders);
  afterEach(async () => {
    await world.shop.wechat.recovers();
    const habits = { v1NoticeMethod: 'POST', noticeBeforeAnswer: false, v1UnpaidAnswer: 'trade_state' };
    await world.shop.wechat.behaves(habits);
  });
  afterAll(closes);

  it('is found by asking when the notice is lost: by the client, or by the job', async () => {
    await world.alice.confirms(await begins(), { notify: 'lost' });
    expect((await world.alice.syncs(order)).body).toMatchObject({ status: 'PAID', paidFen: PRICE_FEN });
    order = await world.alice.orders({ productId: tea });
    await world.alice.confirms(await begins(), { notify: 'lost' });
    await world.passes({ seconds: 15 });
    expect(await world.alice.sees(order)).toMatchObject({ status: 'PAID' });
  });

  it('is paid in full although WeChat gave a discount', async () => {
    const pay = await begins();
    await world.alice.confirms(pay, { couponFen: 500 });
    await isPaid();
    order = await world.alice.orders({ productId: tea });
    await world.alice.confirms(await begins(), { couponFen: 500, notify: 'lost' });
    expect((await world.alice.syncs(order)).body).toMatchObject({ status: 'PAID', paidFen: PRICE_FEN });
  });

  it('is applied once, however often and however concurrently the notice comes', async () => {
    const pay = await begins();
    await world.alice.confirms(pay, { notify: 'lost' });
    const notices = await Promise.all(
      [1, 2, 3].map(() => world.shop.wechat.notifies(pay.outTradeNo, { connections: 10 })),
    );
    expect(notices.flat().map(({ isAccepted }) => isAccepted)).toEqual(Array.from({ length: 30 }, () => true));
    const heard = await results(pay);
    expect(heard.filter((result) => result === 'APPLIED')).toHaveLength(1);
    expect(heard.filter((result) => result === 'REPEATED')).toHaveLength(29);
  });

  it('is paid by a notice that comes as a GET, without a body', async () => {
    await world.shop.wechat.behaves({ v1NoticeMethod: 'GET' });
    await world.alice.confirms(await begins());
    await isPaid();
  });

  it('counts a notice that is faster than the answer of genprepay', async () => {
    await world.shop.wechat.behaves({ noticeBeforeAnswer: true });
    const reply = await world.alice.triesToPay(order, 'APP');
    expect(reply).toMatchObject({ status: 409, body: { code: 'ORDER_NOT_PAYABLE' } });
    expect(await world.alice.sees(order)).toMatchObject({ status: 'PAID' });
  });

  it.each([...['timeout', 'reset', 'http500', 'html', 'garbage', 'truncated', 'SYSTEMERROR']])(
    'is kept when the answer was %s, and paid under the same number',
    async (kind) => {
      await world.shop.wechat.fails({ endpoint: 'genprepay', kind, when: 'after' });
      expect(await world.alice.triesToPay(order, 'APP')).toMatchObject({
        status: 502,
        body: { code: 'WECHAT_UNAVAILABLE' },
      });
      const pay = await begins();
      expect(pay.outTradeNo).toMatch(/-1$/);
      expect(await world.alice.confirms(pay)).toBe('requestPayment:ok');
      await isPaid();
    },
  );

  it('begins anew once it is mended what WeChat has refused', async () => {
    await world.shop.wechat.fails({ endpoint: 'genprepay', kind: 'err_code', errCode: '49004' });
    expect(await world.alice.triesToPay(order, 'APP')).toMatchObject({
      status: 502,
      body: { code: 'WECHAT_REJECTED', upstreamCode: '49004' },
    });
    const pay = await begins();
    expect(pay.outTradeNo).toMatch(/-2$/);
    expect(await world.alice.confirms(pay)).toBe('requestPayment:ok');
    await isPaid();
  });

  it('goes on under its number when a repetition was refused by a fault of ours that is mended', async () => {
    const first = await begins();
    await world.shop.wechat.fails({ endpoint: 'genprepay', kind: 'err_code', errCode: '49004' });
    expect(await world.alice.triesToPay(order, 'APP')).toMatchObject({ body: { code: 'WECHAT_REJECTED' } });
    const pay = await begins();
    expect(pay.outTradeNo).toBe(first.outTradeNo);
    expect(await world.alice.confirms(pay)).toBe('requestPayment:ok');
    await isPaid();
  });

  it('finds the payment when WeChat refuses a repetition because it is paid', async () => {
    await world.alice.confirms(await begins(), { notify: 'lost' });
    expect(await world.alice.triesToPay(order, 'APP')).toMatchObject({
      status: 409,
      body: { code: 'ORDER_NOT_PAYABLE' },
    });
    await isPaid();
  });

  it('is not believed by an answer about another order', async () => {
    const other = await world.alice.orders({ productId: tea });
    await world.alice.confirms(await world.alice.begins(other, 'APP'), { notify: 'lost' });
    await begins();
    await world.shop.wechat.fails({ endpoint: 'v1-orderquery', kind: 'echo_other_order', when: 'after' });
    expect(await world.alice.syncs(order)).toMatchObject({ status: 502 });
    expect(await world.alice.sees(order)).toMatchObject({ status: 'PENDING' });
  });

  it('is given back by v2, under the app’s appid', async () => {
    await world.alice.confirms(await begins());
    await isPaid();
    await world.getsBack(order, 4000);
    await world.passes({ minutes: 5 });
    await world.getsBack(order);
    await world.passes({ minutes: 5 });
    expect(await world.alice.sees(order)).toMatchObject({ refundStatus: 'FULL', refundedFen: PRICE_FEN });
    expect(await world.ledgerOf(order)).toEqual({ paidFen: PRICE_FEN, refundedFen: PRICE_FEN, refunds: 2 });
  });

  describe('which nothing can close but its time', () => {
    it('cannot be cancelled, nor changed for another way to pay; its stock stays held', async () => {
      const pay = await begins();
      const unavailable = { status: 502, body: { code: 'WECHAT_UNAVAILABLE', retryable: true } };
      expect(await world.alice.cancels(order)).toMatchObject(unavailable);
      expect(await world.alice.triesToPay(order, 'JSAPI')).toMatchObject(unavailable);
      expect(await world.shop.paymentsOf(order.orderNo)).toHaveLength(1);
      expect(await world.shop.stockOf(tea)).toBe(STOCK - 1);
      expect(await world.alice.confirms(await begins())).toBe('requestPayment:ok');
      await isPaid();
      expect(await world.shop.wechat.timesCalled('/pay/closeorder', pay.outTradeNo)).toBe(0);
    });

    it.each(['trade_state', 'ret_code'])('ends some minutes after it, when WeChat says unpaid by %s', async (word) => {
      await world.shop.wechat.behaves({ v1UnpaidAnswer: word });
      const pay = await begins();
      await world.passes({ minutes: 20, seconds: 1 });
      expect(await world.alice.sees(order)).toMatchObject({ status: 'PENDING' });
      expect(await world.alice.confirms(pay)).toMatch(/^requestPayment:fail/);
      for (let minute = 0; minute < 8; minute++) await world.passes({ minutes: 1 });
      expect(await world.alice.sees(order)).toMatchObject({ status: 'CLOSED', closeReason: 'EXPIRED' });
      expect(await world.shop.stockOf(tea)).toBe(STOCK);
    });

    it('is paid all the same when it was paid in time and nobody told', async () => {
      const pay = await begins();
      await world.shop.wechat.passes({ minutes: 19 });
      await world.alice.confirms(pay, { notify: 'lost' });
      await world.passes({ minutes: 10 });
      expect(await world.alice.sees(order)).toMatchObject({ status: 'PAID' });
    });

    it('gives back what nobody told of, and what WeChat’s own books had not got in those minutes', async () => {
      const pay = await begins();
      await world.shop.wechat.passes({ minutes: 19 });
      await world.alice.confirms(pay, { notify: 'lost', visibleAfterSeconds: 900 });
      for (let minute = 0; minute < 12; minute++) await world.passes({ minutes: 1 });
      expect(await world.alice.sees(order)).toMatchObject({ status: 'CLOSED', paidFen: 0 });
      for (let hour = 0; hour < 4; hour++) await world.passes({ hours: 1 });
      expect(await refunds()).toMatchObject([{ kind: 'AUTOMATIC', status: 'SUCCEEDED' }]);
      expect(await world.ledgerOf(order)).toMatchObject({ paidFen: PRICE_FEN, refundedFen: PRICE_FEN });
    });

    it('gives back what comes after its end', async () => {
      const pay = await begins();
      await world.alice.confirms(pay, { notify: 'lost' });
      await world.shop.forces(
        `UPDATE payments SET status = 'CLOSED', next_check_at = NULL WHERE out_trade_no = '${pay.outTradeNo}'`,
        `UPDATE products SET stock = stock + 1 WHERE product_id = '${tea}'`,
        `UPDATE orders SET status = 'CLOSED', close_reason = 'EXPIRED', next_check_at = NULL,
           closed_at = created_at WHERE order_no = '${order.orderNo}'`,
      );
      expect(await world.shop.wechat.notifies(pay.outTradeNo)).toMatchObject([{ isAccepted: true }]);
      for (let round = 0; round < 3; round++) await world.passes({ minutes: 30 });
      expect(await refunds()).toMatchObject([{ kind: 'AUTOMATIC', status: 'SUCCEEDED' }]);
      expect(await world.ledgerOf(order)).toMatchObject({ refundedFen: PRICE_FEN });
    });
  });

  describe('beside the protocol of today', () => {
    it('is proven by its own notices alone, and proves none of the other’s', async () => {
      const old = await begins();
      const told = async (path: string, body?: string): Promise<unknown> =>
        (await call(`${world.shop.url}/wechat/notify/${path}`, { method: 'POST', body })).body;
      const facts = { transactionId: '42', totalFee: PRICE_FEN, openid: 'oAnybody' };
      const { outTradeNo } = old;
      const forged = paidNotice({ ...facts, outTradeNo, appid: MOBILE.WECHAT_MOBILE_APP_ID });
      expect(await told('payment', forged)).toContain('FOREIGN_MERCHANT');
      expect(await results(old)).toEqual(['FOREIGN_MERCHANT']);
      expect(await world.alice.sees(order)).toMatchObject({ status: 'PENDING' });
      const other = await world.alice.orders({ productId: tea });
      const young = await world.alice.begins(other);
      expect(await told(`app-v1?${partnerNotice({ ...facts, outTradeNo: young.outTradeNo })}`)).toBe('fail');
      expect(await results(young)).toEqual(['FOREIGN_MERCHANT']);
      expect(await told(`app-v1?${partnerNotice({ ...facts, outTradeNo })}`)).toBe('success');
      await isPaid();
    });

    it('goes on by its own when the shop has gone over to v2, and the other way round', async () => {
      const old = await begins();
      await world.withAnother({ WECHAT_APP_PROTOCOL: 'v2' }, async (at) => {
        const again = await world.alice.triesToPay<PayJson>(order, 'APP', at);
        expect(again.body).toMatchObject({ outTradeNo: old.outTradeNo });
        expect(again.body.requestPayment['sign']).toMatch(/^[0-9a-f]{40}$/);
        expect(await world.alice.confirms(again.body)).toBe('requestPayment:ok');
        await isPaid();
        order = await world.alice.orders({ productId: tea });
        const young = (await world.alice.triesToPay<PayJson>(order, 'APP', at)).body;
        expect(young.requestPayment['sign']).toMatch(/^[0-9A-F]{32}$/);
        expect((await world.alice.triesToPay<PayJson>(order, 'APP', 0)).body.outTradeNo).toBe(young.outTradeNo);
        expect(await world.alice.confirms(young)).toBe('requestPayment:ok');
        await isPaid();
      });
    });
  });

  it('is not handed out again by a shop whose keys are those of another app by now', async () => {
    await begins();
    await world.withAnother({ WECHAT_MOBILE_APP_ID: 'wx6666666666666666' }, async (at) => {
      const reply = await world.alice.triesToPay(order, 'APP', at);
      expect(reply).toMatchObject({ status: 502, body: { code: 'WECHAT_UNAVAILABLE' } });
    });
  });

  it('is asked about at the platform, not at WeChat Pay', async () => {
    await begins();
    const before = await asked(QUERY);
    await world.alice.syncs(order);
    const [message] = (await world.shop.wechat.messages(QUERY)).slice(before);
    expect(message?.request).toContain('app_signature');
  });
});

describe('a shop whose app and mini-program have one appid', () => {
  it('takes payments in either, and says no more than which protocol its app has', async () => {
    const world = await RefundShop.opens({ environment: { WECHAT_APP_PROTOCOL: 'v1' } });
    for (const tradeType of ['APP', 'JSAPI'] as const) {
      const order = await world.alice.orders({ productId: world.tea });
      const pay = await world.alice.begins(order, tradeType);
      expect(await world.alice.confirms(pay)).toBe('requestPayment:ok');
      await eventually(async () => expect(await world.alice.sees(order)).toMatchObject({ status: 'PAID' }));
    }
    await world.shop.closes();
  });
});

describe('a lie about such a payment', () => {
  beforeAll(async () => {
    await opens(1);
    await orders();
    await world.alice.confirms(await begins());
  });
  beforeEach(orders);
  afterAll(closes);

  it.each(V1_FORGERIES.filter((forge) => !HARMLESS.includes(forge)))('proves nothing: %s', async (forge) => {
    const pay = await begins();
    const replies = await world.shop.wechat.notifies(pay.outTradeNo, { forge });
    expect(await world.alice.sees(order)).toMatchObject({ status: 'PENDING' });
    // Another order's true notice is true.
    expect(replies.map(({ isAccepted }) => isAccepted)).toEqual([forge === 'other-order']);
    for (const { status, reply } of replies)
      expect([status, reply]).toEqual([200, forge === 'other-order' ? 'success' : 'fail']);
  });

  it('is told of a failure, which is heard and moves nothing', async () => {
    const { outTradeNo } = await begins();
    expect(await world.shop.wechat.notifies(outTradeNo, { forge: 'failed-result' })).toMatchObject([
      { isAccepted: true },
    ]);
    expect(await world.alice.sees(order)).toMatchObject({ status: 'PENDING' });
    const events = await world.shop.eventsOf(outTradeNo);
    expect(events.find(({ type }) => type === 'NOTICE')).toMatchObject({
      ...{ result: 'FAILED', facts: JSON.stringify({ errorCode: 'TRADE_STATE 1' }) },
    });
  });
});

describe('the door for such notices', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await openShop({ environment: { WECHAT_MODE: 'live', ...MERCHANT_ENVIRONMENT } });
  });
  afterAll(() => shop.closes());

  it.each(['GET', 'POST'] as const)('answers 404 where the protocol is not configured: %s', async (method) => {
    const url = `${shop.url}/wechat/notify/app-v1?${NOTICE_QUERIES.GBK}`;
    const reply = await call(url, { method, ...(method === 'POST' && { body: NOTICE_BODY }) });
    expect(reply).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  });
});
