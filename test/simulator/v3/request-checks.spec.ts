import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MCH_ID } from '../support/signing.js';
import { Json, RequestChanges, V3Answer, V3Merchant } from '../support/v3-merchant.js';

let shop: V3Merchant;
beforeAll(async () => {
  shop = await V3Merchant.start();
});
beforeEach(() => shop.control('POST', '/reset'));
afterAll(() => shop.close());

const JSAPI = '/v3/pay/transactions/jsapi';
const CERTIFICATES = '/v3/certificates';

const place = (changes: RequestChanges): Promise<V3Answer> => shop.post(JSAPI, shop.buildOrder(), changes);

function expectUnsigned({ headers }: V3Answer): void {
  expect(Object.keys(headers).filter((name) => name.startsWith('wechatpay-'))).toEqual([]);
}

describe('simulator v3: the checks before authentication are unsigned', () => {
  it('answers 404 to an unknown path and 405 to a wrong method, both without a body', async () => {
    for (const [method, path, status] of [
      ['POST', '/v3/pay/transactions/unknown', 404],
      ['GET', JSAPI, 405],
      ['POST', CERTIFICATES, 405],
    ] as const) {
      const answer = await shop.send(method, path, '');
      expect([answer.status, answer.text]).toEqual([status, '']);
      expectUnsigned(answer);
    }
  });

  it('refuses a call without Accept outside /v3/pay, before it looks at Authorization', async () => {
    const answer = await shop.get(CERTIFICATES, { authorization: 'nonsense', headers: { 'user-agent': '' } });
    expect([answer.status, answer.json['code'], answer.json['message']]).toEqual([
      400,
      'INVALID_REQUEST',
      'Http头缺少Accept或User-Agent',
    ]);
    expectUnsigned(answer);
    expect((await place({ headers: { 'user-agent': '' } })).status).toBe(200);
  });

  it('says of a missing or malformed Authorization what WeChat says at each path', async () => {
    const valid = shop.authorization('GET', CERTIFICATES, '');
    for (const authorization of [
      '',
      'WECHATPAY2-SHA256-RSA2048',
      valid.replace(',', ', '),
      valid.replaceAll('"', ''),
    ]) {
      const answer = await shop.get(CERTIFICATES, { authorization });
      expect(answer.json['message']).toContain('Http头Authorization值格式错误');
      expect(answer.status).toBe(401);
    }
    const atOrders = await place({ authorization: '' });
    expect([atOrders.status, atOrders.json['message']]).toEqual([401, '签名信息错误，验签失败']);
    expect(atOrders.headers['request-id']).toBeUndefined();
    const scheme = await place({
      authorization: valid.replace('WECHATPAY2-SHA256-RSA2048', 'WECHATPAY2-SM2-WITH-SM3'),
    });
    expect(scheme.json['message']).toBe('Http头Authorization认证类型不正确');
  });

  it.each<[string, () => RequestChanges, string]>([
    ['an unknown mchid before an old timestamp', () => ({ mchid: '1900000999', timestamp: 1 }), '商户未申请过证书'],
    ['an old timestamp before an unknown serial', () => ({ timestamp: 1, serial: 'AB' }), '不得超过5分钟'],
    [
      'an unknown serial before a wrong signature',
      () => ({ serial: 'AB', signed: { url: '/' } }),
      '商户证书序列号有误',
    ],
    ['a wrong signature', () => ({ signed: { url: '/' } }), '错误的签名，验签失败'],
  ])('refuses %s', async (_name, changes, message) => {
    const answer = await place(changes());
    expect([answer.status, answer.json['code']]).toEqual([401, 'SIGN_ERROR']);
    expect(answer.json['message']).toContain(message);
    expectUnsigned(answer);
  });

  it('accepts a timestamp up to 5 minutes away, by its own clock', async () => {
    const now = Math.floor(shop.wechat.clock.now().getTime() / 1000);
    expect((await place({ timestamp: now - 295 })).status).toBe(200);
    expect((await place({ timestamp: now - 305 })).status).toBe(401);
    expect((await place({ timestamp: now + 305 })).status).toBe(401);
    await shop.setBehaviours({ v3ClockOffsetSeconds: 400 });
    expect((await place({})).status).toBe(401);
  });

  it.each<[string, RequestChanges, string]>([
    ['the body', { signed: { body: '' } }, 'line 5 differs: the client signed an empty body'],
    ['the method', { signed: { method: 'post' } }, 'line 1 differs: the client signed the method in lower case'],
    [
      'the host',
      { signed: { url: `https://api.mch.weixin.qq.com${JSAPI}` } },
      'line 2 differs: the client signed the URL',
    ],
  ])('explains a wrong signature by the line that differs: %s', async (_name, changes, explanation) => {
    const { json } = await place(changes);
    expect(json['detail']).toMatchObject({
      location: 'authorization',
      field: 'signature',
      sign_information: {
        method: 'POST',
        url: JSAPI,
        truncated_sign_message: expect.stringContaining(`POST\n${JSAPI}\n`),
      },
      sim_explanation: expect.stringContaining(explanation),
    });
  });

  it('explains that another private key signed', async () => {
    const { privateKey: key } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const privateKey = key.export({ type: 'pkcs8', format: 'pem' }).toString();
    const { json } = await place({ privateKey });
    expect(json['detail']).toMatchObject({ sim_explanation: expect.stringContaining('another private key') });
  });
});

describe('simulator v3: the checks after authentication are signed', () => {
  const refusalOf = async (body: Json | string | Buffer, changes: RequestChanges = {}): Promise<V3Answer> => {
    const text = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    const answer = await shop.send('POST', JSAPI, text, changes);
    expect(answer.status).toBe(400);
    expect(shop.isSigned(answer)).toBe(true);
    return answer;
  };

  it('refuses a body that is not UTF-8, not JSON or has a repeated key', async () => {
    const notUtf8 = await refusalOf(Buffer.from([0x7b, 0xff, 0x7d]));
    expect(notUtf8.json).toMatchObject({ code: 'INVALID_REQUEST', message: '请求内容传入了非UTF8参数' });
    for (const text of ['{', '[]', JSON.stringify(shop.buildOrder()).replace('{', '{"mchid":"1",')]) {
      expect((await refusalOf(text)).json['code']).toBe('PARAM_ERROR');
    }
  });

  it('refuses an unknown key in Wechatpay-Serial', async () => {
    const answer = await refusalOf(shop.buildOrder(), { headers: { 'wechatpay-serial': 'PUB_KEY_ID_1' } });
    expect(answer.json).toMatchObject({ code: 'PARAM_ERROR', message: '平台证书序列号Wechatpay-Serial错误' });
  });

  it('orders the keys of an error as WeChat does, with location and value only in detail', async () => {
    const { text } = await refusalOf(shop.buildOrder({ out_trade_no: '1' }));
    expect(text).toBe(
      '{"code":"PARAM_ERROR","detail":{"location":"body","value":1},"message":"输入源“/body/out_trade_no”映射到值字段' +
        '“商户订单号”字符串规则校验失败，字节数 1，小于最小值 6"}',
    );
  });

  it.each<[string, Json, string, unknown]>([
    ['an unknown field', { remark: 'x' }, '参数中含有非法的额外参数', 'remark'],
    ['a missing field', { description: undefined }, '“/body/description”映射到字段“商品描述”必填性规则校验失败', ''],
    ['null', { attach: null }, '此字段需要一个 string 类型的 Json 值', null],
    ['a number as text', { amount: { total: '1288' } }, '此字段需要一个合法的 64 位有符号整数', '1288'],
    [
      'an amount of 0',
      { amount: { total: 0 } },
      '“/body/amount/total”映射到数值字段“总金额”规则校验失败，值低于最小值 1',
      0,
    ],
    ['bytes, not characters', { attach: '汉'.repeat(43) }, '字节数 129，大于最大值 128', 129],
    ['a pattern', { out_trade_no: 'ABC DEF' }, '字符串必须匹配正则表达式', 'ABC DEF'],
    [
      'a notify_url with a query',
      { notify_url: 'https://shop.example.com/n?a=1' },
      '正则表达式',
      'https://shop.example.com/n?a=1',
    ],
    ['an emoji', { description: '茶🍵' }, '含有不支持的字符', '茶🍵'],
    ['another currency', { amount: { total: 1, currency: 'USD' } }, '货币类型', 'USD'],
    [
      'a field of an entry',
      { detail: { goods_detail: [{ quantity: 1, unit_price: 1 }] } },
      'goods_detail/0/merchant_goods_id',
      '',
    ],
  ])('refuses %s', async (_name, changes, message, value) => {
    const { json } = await refusalOf(shop.buildOrder(changes));
    expect(json['code']).toBe('PARAM_ERROR');
    expect(json['message']).toContain(message);
    expect(json['detail']).toEqual({ location: 'body', value });
  });

  it('refuses another mchid, appid and openid, in this order', async () => {
    const other = shop.buildOrder({ mchid: '1900000999', appid: 'wx1', payer: { openid: 'o' } });
    expect((await refusalOf(other)).json['message']).toContain('http header中的mchid与post payload中的mchid不匹配');
    expect((await refusalOf({ ...other, mchid: MCH_ID })).json['code']).toBe('APPID_MCHID_NOT_MATCH');
    const openid = await refusalOf(shop.buildOrder({ payer: { openid: 'o' } }));
    expect(openid.json).toMatchObject({ code: 'PARAM_ERROR', message: '无效的openid' });
  });

  it('requires h5_info of an h5 order, and mchid of a query and a close', async () => {
    const h5 = await shop.post('/v3/pay/transactions/h5', { ...shop.buildOrder(), payer: undefined });
    expect(h5.json['message']).toContain('/body/scene_info');
    const query = await shop.get('/v3/pay/transactions/out-trade-no/ABCDEF1');
    expect(query.json).toMatchObject({ code: 'PARAM_ERROR', detail: { location: 'query', value: '' } });
    const close = await shop.post('/v3/pay/transactions/out-trade-no/ABCDEF1/close', {});
    expect(close.json).toMatchObject({ code: 'PARAM_ERROR', detail: { location: 'uri_template', value: '' } });
  });

  it('records the verdict and the signature of each request', async () => {
    const order = shop.buildOrder();
    await shop.post(JSAPI, order);
    const { body } = await shop.control('GET', `/messages?out_trade_no=${String(order['out_trade_no'])}`);
    expect(body['items']).toEqual([expect.objectContaining({ path: JSAPI, verdict: 'SUCCESS', signatureOk: true })]);
  });
});
