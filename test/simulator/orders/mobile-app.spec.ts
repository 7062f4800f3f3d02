import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MerchantServer } from '../support/merchant-server.js';
import {
  APPID,
  fromXml,
  readRefundNotice,
  hasValidSignature,
  MCH_ID,
  Message,
  OPENID,
  SECRET,
  signOf,
} from '../support/signing.js';
import { waitFor } from '../support/wait-for.js';
import { MOBILE_APPID, MOBILE_SECRET } from '../support/v1-signing.js';

type Json = Record<string, unknown>;

let shop: MerchantServer;
beforeAll(async () => {
  shop = await MerchantServer.start();
});
beforeEach(async () => {
  await shop.control('POST', '/reset');
  shop.notices.length = 0;
});
afterAll(() => shop.close());

const APP_ORDER = { appid: MOBILE_APPID, trade_type: 'APP', openid: '' };

/** What the app passes to the SDK. */
async function pays(prepayid: string, changes: Message = {}, type = 'MD5'): Promise<Json> {
  const given = {
    appid: MOBILE_APPID,
    partnerid: MCH_ID,
    prepayid,
    package: 'Sign=WXPay',
    noncestr: 'Tf8jL3rY6uH1wA5eN0bX',
    timestamp: '1795234205',
    ...changes,
  };
  const payRequest = { ...given, sign: signOf(given, type) };
  return (await shop.control('POST', '/cashier/app', { openid: OPENID, payRequest })).body;
}

const mobileOpenid = async (): Promise<unknown> =>
  (await shop.listItems('/users')).find(({ openid }) => openid === OPENID)?.['mobileOpenid'];

describe('simulator mobile app: the arguments of the SDK', () => {
  it('accept the timestamp as an integer, as in the SDK', async () => {
    const { prepayId } = await shop.placeOrder(APP_ORDER);
    const given = {
      appid: MOBILE_APPID,
      partnerid: MCH_ID,
      prepayid: prepayId,
      package: 'Sign=WXPay',
      noncestr: 'Tf8jL3rY6uH1wA5eN0bX',
      timestamp: '1795234205',
    };
    const app = (timestamp: unknown): Promise<{ body: Json }> =>
      shop.control('POST', '/cashier/app', {
        openid: OPENID,
        payRequest: { ...given, timestamp, sign: signOf(given) },
      });
    expect((await app(1_795_234_205.5)).body).toMatchObject({ reason: 'timestamp' });
    expect((await app(1_795_234_205)).body).toMatchObject({ errMsg: 'requestPayment:ok' });
  });
});

describe('simulator mobile app: an order under the mobile appid', () => {
  it('is paid in the app, and its notice has that appid and the payer’s openid under it', async () => {
    const { outTradeNo, prepayId, answer } = await shop.placeOrder(APP_ORDER);
    expect(answer).toMatchObject({ appid: MOBILE_APPID, trade_type: 'APP' });
    expect(hasValidSignature(answer)).toBe(true);
    expect(await pays(prepayId, { appid: APPID })).toMatchObject({ reason: 'appid' });
    expect(await pays(prepayId, { package: 'Sign=WXpay' })).toMatchObject({ reason: 'package' });
    expect(await pays(prepayId, {}, 'HMAC-SHA256')).toMatchObject({ reason: 'sign' });
    expect(await pays(prepayId)).toMatchObject({ errMsg: 'requestPayment:ok' });

    const openid = await mobileOpenid();
    const notice = await fromXml((await waitFor('the notice', () => shop.notices[0])).body);
    expect(notice).toMatchObject({ appid: MOBILE_APPID, trade_type: 'APP', openid, out_trade_no: outTradeNo });
    expect(hasValidSignature(notice)).toBe(true);
    expect((await shop.control('GET', `/orders/${outTradeNo}`)).body).toMatchObject({ appid: MOBILE_APPID });
  });

  it.each([APPID, MOBILE_APPID])(
    'can be queried, closed and refunded under each appid of the merchant: %s',
    async (appid) => {
      await shop.setBehaviours({ refundProcessingSeconds: 0 });
      const open = await shop.placeOrder(APP_ORDER);
      const about = { appid, out_trade_no: open.outTradeNo };
      expect(await shop.call('orderquery', about)).toMatchObject({ appid, trade_state: 'NOTPAY' });
      expect(await shop.call('closeorder', about)).toMatchObject({ appid, result_code: 'SUCCESS' });

      const { outTradeNo, prepayId } = await shop.placeOrder(APP_ORDER);
      await pays(prepayId);
      await waitFor('the notice', () => shop.notices[0]);
      expect(await shop.refund(shop.buildRefund(outTradeNo, { appid }))).toMatchObject({
        appid,
        result_code: 'SUCCESS',
      });
      expect(await shop.call('refundquery', { appid, out_trade_no: outTradeNo })).toMatchObject({ appid });
      const notice = await waitFor('the notice of the refund', () => shop.notices[1]);
      expect(await fromXml(notice.body)).toMatchObject({ appid: MOBILE_APPID });
      expect(await readRefundNotice(notice.body)).toMatchObject({ out_trade_no: outTradeNo, refund_status: 'SUCCESS' });
    },
  );

  it('differs from the same order under the mini-program’s appid', async () => {
    const order = shop.buildOrder(APP_ORDER);
    expect(await shop.call('unifiedorder', order)).toMatchObject({ result_code: 'SUCCESS' });
    expect(await shop.call('unifiedorder', { ...order, appid: APPID })).toMatchObject({ err_code: 'INVALID_REQUEST' });
  });

  it('accepts only an openid under its own appid', async () => {
    const order = shop.buildOrder({ appid: MOBILE_APPID });
    expect(await shop.call('unifiedorder', order)).toMatchObject({ return_msg: 'appid and openid not match' });
    const own = shop.buildOrder({ appid: MOBILE_APPID, openid: String(await mobileOpenid()) });
    expect(await shop.call('unifiedorder', own)).toMatchObject({ result_code: 'SUCCESS' });
    const unknownPayer = shop.buildOrder({ appid: MOBILE_APPID, openid: `o${'x'.repeat(27)}` });
    expect(await shop.call('unifiedorder', unknownPayer)).toMatchObject({ err_code: 'PARAM_ERROR' });
  });

  it('is refused under an appid that is not bound to the merchant', async () => {
    const order = shop.buildOrder({ ...APP_ORDER, appid: 'wx0000000000000000' });
    expect(await shop.call('unifiedorder', order)).toEqual({ return_code: 'FAIL', return_msg: 'appid不存在' });
  });
});

describe('simulator mobile app: the access tokens of the two appids', () => {
  const token = async (appid: string, secret: string): Promise<Json> => {
    const query = `grant_type=client_credential&appid=${appid}&secret=${secret}`;
    return (await (await fetch(`${shop.wechat.url}/cgi-bin/token?${query}`)).json()) as Json;
  };
  const errcodeFor = async ({ access_token }: Json): Promise<unknown> => {
    const address = `${shop.wechat.url}/wxa/business/getuserphonenumber?access_token=${String(access_token)}`;
    return ((await (await fetch(address, { method: 'POST', body: '{"code":"none"}' })).json()) as Json)['errcode'];
  };
  const TOKEN_IS_VALID = 40029; // an unknown code

  it('need the secret of their appid and are invalid for the other', async () => {
    expect(await token(MOBILE_APPID, SECRET)).toMatchObject({ errcode: 40125 });
    expect(await errcodeFor(await token(MOBILE_APPID, MOBILE_SECRET))).toBe(40001);
    expect(await errcodeFor(await token(APPID, SECRET))).toBe(TOKEN_IS_VALID);
  });

  it('do not end each other and have separate quotas', async () => {
    await shop.setBehaviours({ plainTokensPerDay: 1 });
    const first = await token(APPID, SECRET);
    expect(await token(MOBILE_APPID, MOBILE_SECRET)).toHaveProperty('access_token');
    expect(await token(MOBILE_APPID, MOBILE_SECRET)).toMatchObject({ errcode: 45009 });
    await shop.advanceClock(301);
    expect(await errcodeFor(first)).toBe(TOKEN_IS_VALID);
  });

  it('can be revoked by the control API, and the stable call then issues a new one', async () => {
    const stable = async (): Promise<Json> => {
      const body = JSON.stringify({ grant_type: 'client_credential', appid: APPID, secret: SECRET });
      return (await (await fetch(`${shop.wechat.url}/cgi-bin/stable_token`, { method: 'POST', body })).json()) as Json;
    };
    const [one, other] = [await stable(), await token(APPID, SECRET)];
    expect((await shop.control('POST', '/tokens/end')).status).toBe(204);
    expect([await errcodeFor(one), await errcodeFor(other)]).toEqual([40001, 40001]);
    const next = await stable();
    expect(await errcodeFor(next)).toBe(TOKEN_IS_VALID);
    await shop.control('POST', '/tokens/end', { errcode: 42001 });
    expect(await errcodeFor(next)).toBe(42001);
    expect((await shop.control('POST', '/tokens/end', { appid: 'wx0000000000000000' })).status).toBe(400);
  });

  it('are only issued to addresses on the IP whitelist', async () => {
    await shop.control('PUT', '/merchant', { ipWhitelist: ['203.0.113.9'] });
    expect(await token(APPID, SECRET)).toMatchObject({
      errcode: 40164,
      errmsg: expect.stringMatching(/^invalid ip 127\.0\.0\.1 .*not in whitelist/),
    });
    await shop.control('PUT', '/merchant', { ipWhitelist: ['203.0.113.9', '127.0.0.1'] });
    expect(await token(APPID, SECRET)).toHaveProperty('access_token');
    expect((await shop.control('PUT', '/merchant', { ipWhitelist: null })).body).toMatchObject({
      ipWhitelist: null,
      mch_id: MCH_ID,
      appid: APPID,
      mobile_appid: MOBILE_APPID,
    });
  });
});

describe('simulator mobile app: a merchant with one appid for both', () => {
  it('has one openid and one secret', async () => {
    const merchant = { appid: APPID, secret: SECRET, mobile_appid: APPID, mobile_secret: 'not checked' };
    const both = await MerchantServer.start({ merchant });
    try {
      expect(await both.listItems('/users')).toMatchObject([{ openid: OPENID, mobileOpenid: OPENID }]);
      const { outTradeNo } = await both.createPaidOrder();
      expect(await both.query(outTradeNo)).toMatchObject({ openid: OPENID });
      const query = `grant_type=client_credential&appid=${APPID}&secret=${SECRET}`;
      expect(await (await fetch(`${both.wechat.url}/cgi-bin/token?${query}`)).json()).toHaveProperty('access_token');
    } finally {
      await both.close();
    }
  });
});
