import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MerchantServer } from '../support/merchant-server.js';
import { APPID, fromXml, KEY, MCH_ID, type Message, OPENID, SECRET, signOf } from '../support/signing.js';
import { MOBILE_MERCHANT } from '../support/v1-signing.js';
import { V3Merchant } from '../support/v3-merchant.js';
import { waitFor } from '../support/wait-for.js';

const EXTRA_APPID = 'wx6666666666666666';
const UNKNOWN_APPID = 'wx0000000000000001';
const OTHER_OPENID = 'oOther5pQ0x7Rk2Jw9YtVb3Lz8Nc';
const EXTRA_OPENID = 'oExtra5pQ0x7Rk2Jw9YtVb3Lz8Nc';
const MERCHANT = {
  appid: APPID,
  secret: SECRET,
  mch_id: MCH_ID,
  key: KEY,
  extra_appids: [EXTRA_APPID],
  ...MOBILE_MERCHANT,
};

describe('simulator extra apps: v2', () => {
  let shop: MerchantServer;
  beforeAll(async () => {
    shop = await MerchantServer.start({ merchant: MERCHANT });
    await shop.control('POST', '/users', { openid: OTHER_OPENID, extraOpenids: { [EXTRA_APPID]: OPENID } });
    await shop.control('POST', '/users', { openid: OPENID, extraOpenids: { [EXTRA_APPID]: EXTRA_OPENID } });
  });
  afterAll(() => shop.close());

  const requestPaymentOf = (prepayId: string, appId: string): Message => {
    const given = {
      appId,
      timeStamp: '1795234205',
      nonceStr: 'Tf8jL3rY6uH1wA5eN0bX',
      package: `prepay_id=${prepayId}`,
      signType: 'MD5',
    };
    return { ...given, paySign: signOf(given, 'MD5') };
  };
  const pays = async (openid: string, prepayId: string, appId: string): Promise<Record<string, unknown>> =>
    (await shop.control('POST', '/cashier/pay', { openid, requestPayment: requestPaymentOf(prepayId, appId) })).body;

  it('lists the further appids of the merchant', async () => {
    expect((await shop.control('GET', '/merchant')).body).toMatchObject({ appid: APPID, extra_appids: [EXTRA_APPID] });
  });

  it('the same openid belongs to another payer under a further appid, whose notice has both', async () => {
    shop.notices.length = 0;
    const { outTradeNo, prepayId, answer } = await shop.placeOrder({ appid: EXTRA_APPID, openid: OPENID });
    expect(answer).toMatchObject({ result_code: 'SUCCESS', appid: EXTRA_APPID });
    expect(await pays(OPENID, prepayId, EXTRA_APPID)).toMatchObject({ reason: 'openid' });
    expect(await pays(OTHER_OPENID, prepayId, APPID)).toMatchObject({ reason: 'appId' });
    expect(await pays(OTHER_OPENID, prepayId, EXTRA_APPID)).toMatchObject({ errMsg: 'requestPayment:ok' });
    const received = await waitFor('the notice', () => shop.notices[0]);
    const notice = await fromXml(received.body);
    expect(notice).toMatchObject({ out_trade_no: outTradeNo, appid: EXTRA_APPID, openid: OPENID });
  });

  it('an openid of another appid and an unknown appid are refused', async () => {
    const foreign = await shop.call('unifiedorder', shop.buildOrder({ appid: EXTRA_APPID, openid: OTHER_OPENID }));
    expect(foreign).toMatchObject({ return_code: 'FAIL', return_msg: 'appid and openid not match' });
    expect(await shop.call('unifiedorder', shop.buildOrder({ appid: UNKNOWN_APPID }))).toMatchObject({
      return_code: 'FAIL',
    });
  });
});

describe('simulator extra apps: v3', () => {
  let shop: V3Merchant;
  beforeAll(async () => {
    shop = await V3Merchant.start({ merchant: MERCHANT });
    await shop.control('POST', '/users', { openid: OTHER_OPENID, extraOpenids: { [EXTRA_APPID]: OPENID } });
    await shop.control('POST', '/users', { openid: OPENID, extraOpenids: { [EXTRA_APPID]: EXTRA_OPENID } });
  });
  afterAll(() => shop.close());
  it('an order under a further appid is paid there, and its notice and query have that appid', async () => {
    shop.notices.length = 0;
    const { outTradeNo, prepayId } = await shop.placeOrder({ appid: EXTRA_APPID });
    const pay = async (openid: string, appid: string): Promise<unknown> => {
      const requestPayment = shop.requestPaymentFor(prepayId, appid);
      return (await shop.control('POST', '/cashier/pay', { openid, requestPayment })).body;
    };
    expect(await pay(OTHER_OPENID, APPID)).toMatchObject({ reason: 'paySign' });
    expect(await pay(OPENID, EXTRA_APPID)).toMatchObject({ reason: 'openid' });
    expect(await pay(OTHER_OPENID, EXTRA_APPID)).toMatchObject({ errMsg: 'requestPayment:ok' });
    const notice = await waitFor('the notice', () => shop.notices[0]);
    const paid = { out_trade_no: outTradeNo, appid: EXTRA_APPID, payer: { openid: OPENID } };
    expect(shop.contentOf(notice)).toMatchObject(paid);
    expect((await shop.query(outTradeNo)).json).toMatchObject(paid);
  });

  it('an appid that is not bound to the merchant is APPID_MCHID_NOT_MATCH, and an openid of another appid a PARAM_ERROR', async () => {
    const place = (changes: Record<string, unknown>) =>
      shop.post('/v3/pay/transactions/jsapi', shop.buildOrder(changes));
    expect((await place({ appid: UNKNOWN_APPID })).json).toMatchObject({ code: 'APPID_MCHID_NOT_MATCH' });
    expect((await place({ appid: EXTRA_APPID, payer: { openid: OTHER_OPENID } })).json).toMatchObject({
      code: 'PARAM_ERROR',
      message: 'appid与openid不匹配',
    });
  });
});
