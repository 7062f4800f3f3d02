import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MerchantServer } from '../support/merchant-server.js';
import { APPID, fromXml, hasValidSignature, MCH_ID, OPENID, signOf } from '../support/signing.js';
import { waitFor } from '../support/wait-for.js';

let shop: MerchantServer;
beforeAll(async () => {
  shop = await MerchantServer.start();
});
beforeEach(async () => {
  await shop.control('POST', '/reset');
  shop.notices.length = 0;
});
afterAll(() => shop.close());

const cashier = async (path: string, body: Record<string, unknown>): Promise<Record<string, unknown>> => {
  const answer = await shop.control('POST', `/cashier/${path}`, body);
  expect(answer.status).toBe(200);
  return answer.body;
};

describe('simulator cashier: wx.chooseWXPay of an official account', () => {
  /** Its arguments: `timestamp` in lower case. The signature covers `timeStamp`, as for a mini-program. */
  const chooseWxPayFor = ({ timeStamp, ...others }: Record<string, string>, timestamp: unknown = timeStamp) => {
    return { ...others, timestamp };
  };

  it.each([
    ['a text', (timeStamp: string): unknown => timeStamp],
    ['a number', (timeStamp: string): unknown => Number(timeStamp)],
  ])('pays with lower-case timestamp as %s', async (_what, form) => {
    const { prepayId } = await shop.placeOrder();
    const given = shop.requestPaymentFor(prepayId);
    const requestPayment = chooseWxPayFor(given, form(given['timeStamp'] ?? ''));
    expect(await cashier('pay', { openid: OPENID, requestPayment })).toMatchObject({ errMsg: 'chooseWXPay:ok' });
  });

  it('is refused where only the arguments of a mini-program are accepted', async () => {
    await shop.setBehaviours({ jsapiArguments: 'mini-program' });
    const { prepayId } = await shop.placeOrder();
    const requestPayment = chooseWxPayFor(shop.requestPaymentFor(prepayId));
    expect(await cashier('pay', { openid: OPENID, requestPayment })).toMatchObject({ reason: 'timeStamp' });
  });

  it('is refused with a wrong signature', async () => {
    const { prepayId } = await shop.placeOrder();
    const requestPayment = { ...chooseWxPayFor(shop.requestPaymentFor(prepayId)), paySign: 'A'.repeat(32) };
    expect(await cashier('pay', { openid: OPENID, requestPayment })).toMatchObject({ reason: 'paySign' });
  });
});

describe('simulator cashier: the payment sheet does not open', () => {
  it.each<[string, (good: Record<string, string>) => Record<string, unknown>]>([
    ['timeStamp', (good) => ({ ...good, timeStamp: Number(good['timeStamp']) })],
    ['timeStamp', (good) => ({ ...good, timeStamp: undefined })],
    ['paySign', (good) => ({ ...good, paySign: 'A'.repeat(32) })],
    ['paySign', (good) => ({ ...good, nonceStr: 'another' })],
    ['package', (good) => ({ ...good, package: String(good['package']).replace('prepay_id=', '') })],
    ['appId', (good) => ({ ...good, appId: 'wx0000000000000000' })],
    ['signType', (good) => ({ ...good, signType: 'SHA1' })],
  ])('refuses a wrong %s', async (reason, change) => {
    const { prepayId, outTradeNo } = await shop.placeOrder();
    const result = await cashier('pay', { openid: OPENID, requestPayment: change(shop.requestPaymentFor(prepayId)) });
    expect(result).toMatchObject({ reason, errMsg: expect.stringMatching(/^requestPayment:fail \(.+\)$/) });
    expect(await shop.query(outTradeNo)).toMatchObject({ trade_state: 'NOTPAY' });
  });

  it('refuses another sign_type than the order’s, another user, or an unknown prepay_id', async () => {
    const { prepayId } = await shop.placeOrder();
    const hmac = shop.requestPaymentFor(prepayId, 'HMAC-SHA256');
    expect(await cashier('pay', { openid: OPENID, requestPayment: hmac })).toMatchObject({ reason: 'signType' });
    const bob = String((await shop.control('POST', '/users', { name: 'Bob' })).body['openid']);
    expect(await shop.pay(prepayId, { openid: bob })).toMatchObject({ reason: 'openid' });
    expect(await shop.pay('wx00')).toMatchObject({ reason: 'prepay_id' });
  });

  it('refuses an empty wallet with NOTENOUGH', async () => {
    await shop.control('POST', '/users', { openid: OPENID, balanceFen: 2000 });
    expect(await shop.pay((await shop.placeOrder()).prepayId)).toMatchObject({ errMsg: 'requestPayment:ok' });
    expect(await shop.pay((await shop.placeOrder()).prepayId)).toMatchObject({ reason: 'NOTENOUGH' });
  });
});

describe('simulator cashier: the payer', () => {
  it('can cancel, fail and then pay; only the payment sends a notice', async () => {
    const { prepayId, outTradeNo } = await shop.placeOrder({ sign_type: 'HMAC-SHA256' });
    const requestPayment = shop.requestPaymentFor(prepayId, 'HMAC-SHA256');
    const pay = (outcome: string) => cashier('pay', { openid: OPENID, requestPayment, outcome });
    expect(await pay('cancel')).toMatchObject({ errMsg: 'requestPayment:fail cancel' });
    expect(await pay('fail')).toMatchObject({ reason: 'fail' });
    expect(await shop.query(outTradeNo)).toMatchObject({ trade_state: 'NOTPAY' });
    expect(await pay('ok-lost')).toMatchObject({ errMsg: null, transaction_id: expect.stringMatching(/^42\d{26}$/) });
    await waitFor('the notice', () => shop.notices.length === 1);
    const notice = await fromXml(shop.notices[0]?.body ?? '');
    expect(notice['sign']).toHaveLength(64);
    expect(hasValidSignature(notice)).toBe(true);
    expect(await pay('ok')).toMatchObject({ reason: 'ORDERPAID' });
  });

  it('pays before orderquery reports it, and closeorder responds with ORDERPAID', async () => {
    const { prepayId, outTradeNo } = await shop.placeOrder();
    await shop.pay(prepayId, { visibleAfterSeconds: 5 });
    expect(await shop.query(outTradeNo)).toMatchObject({ trade_state: 'NOTPAY' });
    expect(await shop.closeOrder(outTradeNo)).toMatchObject({ err_code: 'ORDERPAID' });
    expect(shop.notices).toHaveLength(0);
    await shop.advanceClock(5);
    expect(await shop.query(outTradeNo)).toMatchObject({ trade_state: 'SUCCESS' });
    await waitFor('the notice', () => shop.notices.length === 1);
  });

  it('enters the password: the order is USERPAYING, then in the planned state', async () => {
    for (const thenState of ['SUCCESS', 'PAYERROR', 'NOTPAY']) {
      const { prepayId, outTradeNo } = await shop.placeOrder();
      const requestPayment = shop.requestPaymentFor(prepayId);
      const opened = await cashier('open', { openid: OPENID, requestPayment, userPaying: true });
      expect(opened).toMatchObject({ sheet: { out_trade_no: outTradeNo, total_fee: 1288, trade_state: 'USERPAYING' } });
      const plan = { state: 'USERPAYING', thenState, afterSeconds: 30 };
      await shop.control('POST', `/orders/${outTradeNo}/state`, plan);
      expect(await shop.query(outTradeNo)).toMatchObject({ trade_state: 'USERPAYING', attach: '' });
      await shop.advanceClock(30);
      await waitFor(thenState, async () => (await shop.query(outTradeNo))['trade_state'] === thenState);
    }
  });

  it('pays with a coupon: cash_fee and settlement_total_fee are lower, total_fee is not', async () => {
    const noCash = await shop.placeOrder();
    await shop.pay(noCash.prepayId, { couponFen: 100 });
    const answer = await shop.query(noCash.outTradeNo);
    expect(answer).toMatchObject({
      total_fee: '1288',
      cash_fee: '1188',
      settlement_total_fee: '1188',
      coupon_fee: '100',
      coupon_count: '1',
      coupon_type_0: 'NO_CASH',
      coupon_fee_0: '100',
    });
    expect(await shop.call('orderquery', { transaction_id: answer['transaction_id'] ?? '' })).toMatchObject({
      out_trade_no: noCash.outTradeNo,
    });
    const cash = await shop.placeOrder();
    await shop.pay(cash.prepayId, { couponFen: 100, couponCount: 3, couponType: 'CASH' });
    const several = await shop.query(cash.outTradeNo);
    expect(several).toMatchObject({ coupon_fee: '100', coupon_count: '3', coupon_fee_0: '34', coupon_fee_2: '33' });
    expect(several).not.toHaveProperty('settlement_total_fee');
  });

  it('scans a QR code, or opens an mweb_url within five minutes', async () => {
    const native = await shop.placeOrder({ trade_type: 'NATIVE', product_id: 'pen-01', openid: '' });
    expect(await cashier('scan', { openid: OPENID, codeUrl: 'weixin://nothing' })).toMatchObject({
      reason: 'code_url',
    });
    const scanned = await cashier('scan', { openid: OPENID, codeUrl: native.answer['code_url'] });
    expect(scanned).toMatchObject({ errMsg: 'requestPayment:ok', out_trade_no: native.outTradeNo });
    expect(await shop.query(native.outTradeNo)).toMatchObject({ trade_type: 'NATIVE', openid: OPENID });

    const scene_info = '{"h5_info":{"type":"Wap","wap_url":"https://shop.example.com","wap_name":"Shop"}}';
    const mobile = await shop.placeOrder({ trade_type: 'MWEB', scene_info, openid: '' });
    const mwebUrl = `${mobile.answer['mweb_url'] ?? ''}&redirect_url=https%3A%2F%2Fshop.example.com`;
    await shop.advanceClock(301);
    expect(await cashier('mweb', { openid: OPENID, mwebUrl })).toMatchObject({ reason: 'mweb_url' });
    expect(await shop.query(mobile.outTradeNo)).toMatchObject({ trade_state: 'NOTPAY' });
  });
});

it('simulator cashier: an app pays with its own argument names, signed with the sign type of the order', async () => {
  const { prepayId, outTradeNo } = await shop.placeOrder({ trade_type: 'APP', sign_type: 'HMAC-SHA256', openid: '' });
  const given = {
    appid: APPID,
    partnerid: MCH_ID,
    prepayid: prepayId,
    package: 'Sign=WXPay',
    noncestr: 'Tf8jL3rY6uH1wA5eN0bX',
    timestamp: '1795234205',
  };
  const wrong = { ...given, sign: signOf(given, 'MD5') };
  expect(await cashier('app', { openid: OPENID, payRequest: wrong })).toMatchObject({ reason: 'sign' });
  const payRequest = { ...given, sign: signOf(given, 'HMAC-SHA256') };
  expect(await cashier('app', { openid: OPENID, payRequest })).toMatchObject({ errMsg: 'requestPayment:ok' });
  expect(await shop.query(outTradeNo)).toMatchObject({ trade_type: 'APP', openid: OPENID });
});

it('simulator cashier: the second signature of the documents opens the sheet', async () => {
  const { prepayId } = await shop.placeOrder();
  const given = { timeStamp: '1795233604', nonceStr: 'n', package: `prepay_id=${prepayId}`, signType: 'MD5' };
  const requestPayment = { ...given, paySign: signOf({ appId: APPID, ...given }, 'MD5') };
  expect(await cashier('open', { openid: OPENID, requestPayment })).toMatchObject({ errMsg: null });
});
