import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { APPID, MCH_ID, OPENID } from '../support/signing.js';
import { Json, signRsa, V3Merchant } from '../support/v3-merchant.js';

let shop: V3Merchant;
beforeAll(async () => {
  shop = await V3Merchant.start({ behaviours: { varyShape: false, unknownField: false } });
});
beforeEach(() => shop.control('POST', '/reset'));
afterAll(() => shop.close());

const JSAPI = '/v3/pay/transactions/jsapi';

describe('simulator v3: orders', () => {
  it('places a jsapi order and signs the answer with the public key', async () => {
    const answer = await shop.post(JSAPI, shop.buildOrder());
    expect([answer.status, answer.json]).toEqual([200, { prepay_id: expect.stringMatching(/^wx\w{34}$/) }]);
    expect(shop.isSigned(answer)).toBe(true);
    expect(answer.headers).toMatchObject({
      'wechatpay-serial': shop.wechat.v3.publicKeyId,
      'wechatpay-signature-type': 'WECHATPAY2-SHA256-RSA2048',
      'wechatpay-nonce': expect.stringMatching(/^[0-9a-f]{32}$/),
      'request-id': expect.stringMatching(/-0$/),
      'content-type': 'application/json; charset=utf-8',
      'keep-alive': 'timeout=8',
    });
  });

  it('sells by app, native and h5, each with its own answer', async () => {
    const order = (): object => ({ ...shop.buildOrder(), payer: undefined });
    const scene = { payer_client_ip: '203.0.113.9', h5_info: { type: 'Wap' } };
    const app = await shop.post('/v3/pay/transactions/app', { ...order() });
    const native = await shop.post('/v3/pay/transactions/native', { ...order() });
    const h5 = await shop.post('/v3/pay/transactions/h5', { ...order(), scene_info: scene });
    expect(app.json).toEqual({ prepay_id: expect.any(String) });
    expect(native.json).toEqual({ code_url: expect.stringMatching(/^weixin:/) });
    expect(h5.json).toEqual({ h5_url: expect.stringContaining('checkmweb?prepay_id=') });
  });

  it('answers a query of an unpaid, a paid and a closed order', async () => {
    const { outTradeNo } = await shop.placeOrder({ attach: 'shop=7' });
    const base = { appid: APPID, mchid: MCH_ID, out_trade_no: outTradeNo };
    const unpaid = await shop.query(outTradeNo);
    expect(unpaid.json).toEqual({
      ...base,
      trade_state: 'NOTPAY',
      trade_state_desc: '订单未支付',
      amount: { payer_currency: 'CNY', total: 1288 },
    });
    await shop.control('POST', `/orders/${outTradeNo}/pay`, { couponFen: 88, couponType: 'CASH' });
    const paid = await shop.query(outTradeNo);
    expect(paid.json).toMatchObject({
      ...base,
      trade_state: 'SUCCESS',
      trade_type: 'JSAPI',
      attach: 'shop=7',
      success_time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/),
      payer: { openid: OPENID },
      amount: { total: 1288, payer_total: 1200, currency: 'CNY', payer_currency: 'CNY' },
      promotion_detail: [expect.objectContaining({ type: 'CASH', amount: 88 })],
    });
    const byId = await shop.get(`/v3/pay/transactions/id/${String(paid.json['transaction_id'])}?mchid=${MCH_ID}`);
    expect(byId.json).toEqual(paid.json);
    expect(shop.isSigned(paid)).toBe(true);
    const other = await shop.placeOrder();
    await shop.closeOrder(other.outTradeNo);
    expect((await shop.query(other.outTradeNo)).json).toMatchObject({ trade_state: 'CLOSED' });
  });

  it('answers 404 ORDER_NOT_EXIST, signed, to the query of an unknown order', async () => {
    const answer = await shop.query('NOSUCHORDER');
    expect([answer.status, answer.json['code']]).toEqual([404, 'ORDER_NOT_EXIST']);
    expect(shop.isSigned(answer)).toBe(true);
  });

  it('answers a close with a signed 204, also a repeated one and one of an unknown number', async () => {
    const { outTradeNo } = await shop.placeOrder();
    for (const number of [outTradeNo, outTradeNo, 'NEVERUSED1']) {
      const answer = await shop.closeOrder(number);
      expect([answer.status, answer.text, shop.isSigned(answer)]).toEqual([204, '', true]);
    }
    const late = await shop.post(JSAPI, shop.buildOrder({ out_trade_no: 'NEVERUSED1' }));
    expect([late.status, late.json['code']]).toEqual([400, 'INVALID_REQUEST']);
  });

  it('refuses the close of a paid order with ORDERPAID', async () => {
    const { outTradeNo } = await shop.createPaidOrder();
    const answer = await shop.closeOrder(outTradeNo);
    expect([answer.status, answer.json['code']]).toEqual([400, 'ORDERPAID']);
    await shop.setBehaviours({ v3PaidCode: 'ORDER_PAID' });
    expect((await shop.closeOrder(outTradeNo)).json['code']).toBe('ORDER_PAID');
  });

  it('gives a new prepay_id for the same order again, and refuses another one under its number', async () => {
    const order = shop.buildOrder();
    const first = await shop.post(JSAPI, order);
    const again = await shop.post(JSAPI, order);
    expect(again.status).toBe(200);
    expect(again.json['prepay_id']).not.toBe(first.json['prepay_id']);
    const other = await shop.post(JSAPI, { ...order, description: 'other' });
    expect([other.status, other.json['code']]).toEqual([403, 'OUT_TRADE_NO_USED']);
    const otherProduct = await shop.post('/v3/pay/transactions/native', { ...order, payer: undefined });
    expect(otherProduct.json['code']).toBe('OUT_TRADE_NO_USED');
  });

  it('refuses the number of a paid and of a closed order', async () => {
    const order = shop.buildOrder();
    await shop.post(JSAPI, order);
    await shop.control('POST', `/orders/${String(order['out_trade_no'])}/pay`, { notify: 'lost' });
    expect((await shop.post(JSAPI, order)).json['code']).toBe('ORDERPAID');
    const closed = shop.buildOrder();
    await shop.post(JSAPI, closed);
    await shop.closeOrder(String(closed['out_trade_no']));
    const answer = await shop.post(JSAPI, closed);
    expect([answer.status, answer.json['code']]).toEqual([400, 'ORDER_CLOSED']);
  });

  it('ends the older QR code when a native order is placed again', async () => {
    const order = { ...shop.buildOrder(), payer: undefined };
    const first = await shop.post('/v3/pay/transactions/native', order);
    const second = await shop.post('/v3/pay/transactions/native', order);
    const scan = async (codeUrl: unknown): Promise<unknown> =>
      (await shop.control('POST', '/cashier/scan', { openid: OPENID, codeUrl })).body['errMsg'];
    expect(await scan(first.json['code_url'])).toContain('二维码无效');
    expect(await scan(second.json['code_url'])).toBe('requestPayment:ok');
  });

  it('cannot be paid after time_expire, which is at least one minute ahead, and stays NOTPAY', async () => {
    const soon = new Date(shop.wechat.clock.now().getTime() + 1000).toISOString();
    const { outTradeNo, prepayId } = await shop.placeOrder({ time_expire: soon });
    await shop.advanceClock(30);
    const open = { openid: OPENID, requestPayment: shop.requestPaymentFor(prepayId) };
    expect((await shop.control('POST', '/cashier/open', open)).body['errMsg']).toBeNull();
    await shop.advanceClock(31);
    const late = await shop.control('POST', '/cashier/pay', open);
    expect(late.body).toMatchObject({ reason: 'time_expire' });
    expect((await shop.query(outTradeNo)).json).toMatchObject({ trade_state: 'NOTPAY' });
  });
});

describe('simulator v3: the phone', () => {
  it('pays with RSA-signed arguments and refuses a wrong signature or sign type', async () => {
    const { outTradeNo, prepayId } = await shop.placeOrder();
    const requestPayment = shop.requestPaymentFor(prepayId);
    const pay = async (changes: object): Promise<unknown> => {
      const body = { openid: OPENID, requestPayment: { ...requestPayment, ...changes } };
      return (await shop.control('POST', '/cashier/pay', body)).body;
    };
    expect(await pay({ nonceStr: 'other' })).toMatchObject({ reason: 'paySign' });
    expect(await pay({ signType: 'MD5' })).toMatchObject({ reason: 'paySign' });
    expect(await pay({})).toMatchObject({ errMsg: 'requestPayment:ok', out_trade_no: outTradeNo });
  });

  it('pays an app order with the names of v3 or of v2, and refuses a signature over prepay_id=', async () => {
    const order = { ...shop.buildOrder({ appid: 'wx7777777777777777' }), payer: undefined };
    const { json } = await shop.post('/v3/pay/transactions/app', order);
    const prepayId = String(json['prepay_id']);
    const timeStamp = String(Math.floor(shop.wechat.clock.now().getTime() / 1000));
    const signed = (last: string): string =>
      signRsa(`wx7777777777777777\n${timeStamp}\nNONCE\n${last}\n`, shop.wechat.v3.merchantPrivateKey);
    const values = { nonceStr: 'NONCE', timeStamp, partnerId: MCH_ID, prepayId, packageValue: 'Sign=WXPay' };
    const pay = async (payRequest: object): Promise<unknown> =>
      (await shop.control('POST', '/cashier/app', { openid: OPENID, outcome: 'cancel', payRequest })).body['reason'];
    const right = { appId: 'wx7777777777777777', ...values, sign: signed(prepayId) };
    expect(await pay({ ...right, sign: signed(`prepay_id=${prepayId}`) })).toBe('sign');
    expect(await pay({ ...right, partnerId: '1' })).toBe('partnerid');
    expect(await pay(right)).toBe('cancel');
    const lower = Object.entries({ ...right, package: 'Sign=WXPay' }).map(([name, value]) => [
      name.toLowerCase(),
      value,
    ]);
    expect(await pay(Object.fromEntries(lower) as Json)).toBe('cancel');
  });

  it('pays an h5 order at its address for 5 minutes; the same order again gives a new address', async () => {
    const scene_info = { payer_client_ip: '203.0.113.9', h5_info: { type: 'Wap' } };
    const order: Json = { ...shop.buildOrder(), payer: undefined, scene_info };
    const place = async (): Promise<unknown> => (await shop.post('/v3/pay/transactions/h5', order)).json['h5_url'];
    const pay = async (mwebUrl: unknown): Promise<unknown> =>
      (await shop.control('POST', '/cashier/mweb', { openid: OPENID, mwebUrl })).body;
    const first = await place();
    await shop.advanceClock(301);
    expect(await pay(first)).toMatchObject({ reason: 'mweb_url' });
    expect(await pay(await place())).toMatchObject({ errMsg: 'requestPayment:ok' });
    expect((await shop.query(String(order['out_trade_no']))).json).toMatchObject({ trade_type: 'MWEB' });
  });
});
