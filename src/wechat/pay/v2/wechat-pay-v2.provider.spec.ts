import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  answerWith,
  COMMON_FIELDS,
  StubWechatServer,
  refuseWith,
  type Responder,
  answerWithText,
  buildSignedXml,
} from '../../../../test/support/wechat/stub-wechat-server.js';
import { MERCHANT, messageText } from '../../../../test/vectors/v2/vectors.js';
import { Clock } from '../../../common/time/clock.js';
import { Metrics } from '../../../common/metrics/metrics.js';
import { readSettings } from '../../../config/read-settings.js';
import type { RefusalAction, Outcome } from '../outcome.js';
import { MerchantCertificate } from '../certificate/merchant-certificate.js';
import type { StoredRequest } from '../payment-channel.js';
import { MutualTlsWechatHttpClient, WechatHttpClient } from '../wechat-http-client.js';
import type { PrepayDraft, TradeType } from '../payment-types.js';
import type { PayV2Endpoint } from './error-actions.js';
import { type Fields, isSigned, sign } from './signature.js';
import { createV2Provider } from './v2-provider-factory.js';
import type { WechatPayV2Provider } from './wechat-pay-v2.provider.js';
import { buildXml, parseXml } from '../../xml.js';

const OUT_TRADE_NO = 'SHOP20261121000001';
const PREPAY_ID = 'wx20261121120003e1f2a3b4c5d6e7f80912';
const MOBILE_APPID = 'wx7777777777777777';
const DRAFT: PrepayDraft = {
  outTradeNo: OUT_TRADE_NO,
  tradeType: 'JSAPI',
  appId: null,
  amountFen: 1288,
  description: '演示商城-文具',
  openid: MERCHANT.openid,
  payerIp: '203.0.113.7',
  notifyUrlBase: 'https://shop.example.com/wechat/notify',
  productId: 'ORDER1',
  createdAt: new Date('2026-11-21T04:00:00.000Z'),
  expiresAt: new Date('2026-11-21T04:20:00.000Z'),
};

const tlsFile = (kind: 'key' | 'crt'): string =>
  fileURLToPath(new URL(`../../../../test/vectors/tls/self-signed.${kind}`, import.meta.url));
const pem = (kind: 'key' | 'crt'): string => readFileSync(tlsFile(kind), 'utf8');

/** Refunds have their own spec file. */
type PaymentEndpoint = Exclude<PayV2Endpoint, 'refund' | 'refundquery'>;

let host: StubWechatServer;
let backup: StubWechatServer;
const wires: WechatHttpClient[] = [];
let provider: WechatPayV2Provider;
const clock = new Clock();
clock.useTimeSource({ now: () => new Date('2026-11-21T04:00:04.900Z') });

function shop(environment: Record<string, string> = {}): WechatPayV2Provider {
  const settings = readSettings({
    WECHAT_MODE: 'simulator',
    WECHAT_PAY_BASE_URL: host.url,
    WECHAT_PAY_BACKUP_BASE_URL: backup.url,
    WECHAT_TIMEOUT_SECONDS: '1',
    ...environment,
  });
  const http = new WechatHttpClient(settings);
  const certified = new MutualTlsWechatHttpClient(settings, new MerchantCertificate(null));
  wires.push(http, certified);
  return createV2Provider(settings, clock, new Metrics(), http, certified);
}

beforeEach(async () => {
  host = new StubWechatServer();
  backup = new StubWechatServer();
  await Promise.all([host.open(), backup.open()]);
  provider = shop();
});

afterEach(async () => {
  await Promise.all(wires.splice(0).map((wire) => wire.onApplicationShutdown()));
  await Promise.all([host.close(), backup.close()]);
});

const PREPAID: Fields = { trade_type: 'JSAPI', prepay_id: PREPAY_ID };

const CALL: Record<PaymentEndpoint, () => Promise<Outcome<unknown>>> = {
  unifiedorder: () => provider.prepay(provider.composePrepay(DRAFT)),
  orderquery: () => provider.queryPayment(provider.composePrepay(DRAFT)),
  closeorder: () => provider.closePayment(provider.composePrepay(DRAFT)),
};
const ENDPOINTS = Object.keys(CALL) as PaymentEndpoint[];

describe('v2 request', () => {
  it.each(ENDPOINTS)("is a signed POST to /pay/%s with the merchant's identity and a fresh nonce", async (endpoint) => {
    host.respond = answerWith(PREPAID);
    await CALL[endpoint]();
    await CALL[endpoint]();
    expect(host.paths).toEqual([`POST /pay/${endpoint}`, `POST /pay/${endpoint}`]);
    const [first, second] = host.requests;
    expect(first).toMatchObject({ appid: MERCHANT.appid, mch_id: MERCHANT.mchId, out_trade_no: OUT_TRADE_NO });
    expect(isSigned(first ?? {}, MERCHANT.key)).toBe(true);
    expect(first?.['nonce_str']).not.toBe(second?.['nonce_str']);
  });

  it('matches the documented unified order, in Beijing time', async () => {
    host.respond = answerWith(PREPAID);
    await CALL.unifiedorder();
    const ours = new Set(['device_info', 'attach', 'nonce_str', 'sign']); // optional, or new each time
    const documented = Object.entries(parseXml(messageText('unifiedorder-request'))).filter(
      ([name]) => !ours.has(name),
    );
    expect(documented).toHaveLength(13);
    expect(host.requests[0]).toMatchObject(Object.fromEntries(documented));
  });

  it.each(['MD5', 'HMAC-SHA256'] as const)(
    'is signed with %s, names it in sign_type, and the response is verified',
    async (type) => {
      provider = shop({ WECHAT_SIGN_TYPE: type });
      host.respond = answerWith(PREPAID);
      expect(await CALL.unifiedorder()).toMatchObject({ kind: 'done', value: { prepayId: PREPAY_ID } });
      expect(host.requests[0]).toMatchObject({ sign_type: type });
      expect(host.requests[0]?.['sign']).toHaveLength(type === 'MD5' ? 32 : 64);
    },
  );
});

describe('v2 payment request', () => {
  it('is always composed as the same text, without secrets or signature', () => {
    const request = provider.composePrepay(DRAFT);
    expect(provider.composePrepay({ ...DRAFT })).toEqual(request);
    expect(request.request).not.toContain(MERCHANT.key);
    expect(JSON.parse(request.request)).not.toHaveProperty('sign');
    expect(JSON.parse(request.request)).not.toHaveProperty('nonce_str');
  });

  it('is identical at each repetition except for nonce and signature', async () => {
    host.respond = answerWith(PREPAID);
    const request = provider.composePrepay(DRAFT);
    for (let repetition = 0; repetition < 3; repetition++) await provider.prepay(request);
    const without = host.requests.map(({ nonce_str, sign: signature, ...rest }) => {
      expect([nonce_str, signature]).not.toContain(undefined);
      return rest;
    });
    expect(new Set(without.map((fields) => JSON.stringify(fields))).size).toBe(1);
    expect(new Set(host.requests.map((fields) => fields['nonce_str'])).size).toBe(3);
  });

  it('for a QR code names a product and no payer', () => {
    const fields = JSON.parse(provider.composePrepay({ ...DRAFT, tradeType: 'NATIVE' }).request) as Fields;
    expect(fields).toMatchObject({ trade_type: 'NATIVE', product_id: 'ORDER1' });
    expect(fields).not.toHaveProperty('openid');
  });

  it('for an app names the app, and neither payer nor product', () => {
    provider = shop({ WECHAT_MOBILE_APP_ID: MOBILE_APPID });
    const request = provider.composePrepay({ ...DRAFT, tradeType: 'APP' });
    expect(JSON.parse(request.request)).toMatchObject({
      trade_type: 'APP',
      appid: MOBILE_APPID,
      mch_id: MERCHANT.mchId,
    });
    for (const absent of ['openid', 'product_id', 'scene_info'])
      expect(JSON.parse(request.request)).not.toHaveProperty(absent);
    expect(request).toMatchObject({ channel: 'wechat-v2', appId: MOBILE_APPID, mchId: MERCHANT.mchId });
    expect(JSON.parse(provider.composePrepay(DRAFT).request)).toMatchObject({ appid: MERCHANT.appid });
  });

  it('for a mobile browser names the website', () => {
    const request = JSON.parse(provider.composePrepay({ ...DRAFT, tradeType: 'MWEB' }).request) as Fields;
    expect(request).toMatchObject({ trade_type: 'MWEB', appid: MERCHANT.appid });
    for (const absent of ['openid', 'product_id']) expect(request).not.toHaveProperty(absent);
    const site = { type: 'Wap', wap_url: 'http://127.0.0.1:3000', wap_name: '小店' };
    expect(JSON.parse(request['scene_info'] ?? '')).toEqual({ h5_info: site });
  });

  it.each([
    ['short', 'https://m.example.com', '茶"店"', '茶"店"'],
    ['long', `https://m.example.com/${'x'.repeat(106)}`, '茶'.repeat(40), '茶'.repeat(25)],
  ])('keeps the scene_info within 256 bytes: %s', (_what, url, name, kept) => {
    provider = shop({ WECHAT_H5_WAP_URL: url, WECHAT_H5_WAP_NAME: name });
    const request = JSON.parse(provider.composePrepay({ ...DRAFT, tradeType: 'MWEB' }).request) as Fields;
    const scene = request['scene_info'] ?? '';
    expect(Buffer.byteLength(scene)).toBeLessThanOrEqual(256);
    expect(JSON.parse(scene)).toEqual({ h5_info: { type: 'Wap', wap_url: url, wap_name: kept } });
  });

  it('lets the payment page stay open for at least one minute', () => {
    const fields = JSON.parse(
      provider.composePrepay({ ...DRAFT, expiresAt: new Date(DRAFT.createdAt.getTime() + 8000) }).request,
    ) as Fields;
    expect(fields).toMatchObject({ time_start: '20261121120000', time_expire: '20261121120100' });
  });

  it.each([
    ['is cut to 127 bytes between characters', '茶'.repeat(100), '茶'.repeat(42)],
    ['is cut before an emoji that does not fit', `${'a'.repeat(125)}🍵`, 'a'.repeat(125)],
    ['keeps a text that fits', 'x'.repeat(127), 'x'.repeat(127)],
    ['replaces characters that XML forbids', 'a\u0000b\nc\uFFFEd', 'a b c d'],
    ['replaces lone surrogates', 'a\uD83Cb', 'a\uFFFDb'],
  ])('has a description that %s', async (_what, description, sent) => {
    host.respond = answerWith(PREPAID);
    await provider.prepay(provider.composePrepay({ ...DRAFT, description }));
    expect(host.requests[0]?.['body']).toBe(sent);
  });
});

describe('v2 client parameters for a mini-program', () => {
  it.each([
    ['MD5', 'MD5'],
    ['HMAC-SHA256', 'HMAC-SHA256'],
  ] as const)('are all strings and correctly signed: %s', (signType, type) => {
    provider = shop({ WECHAT_SIGN_TYPE: signType });
    const request = provider.composePrepay(DRAFT);
    const parameters = provider.clientParameters(request, { prepayId: PREPAY_ID, codeUrl: null });
    expect(Object.keys(parameters).sort()).toEqual(
      ['appId', 'nonceStr', 'package', 'packageValue', 'paySign', 'signType', 'timeStamp'].sort(),
    );
    for (const value of Object.values(parameters)) expect(typeof value).toBe('string');
    expect(parameters).toMatchObject({
      appId: MERCHANT.appid,
      timeStamp: '1795233604',
      package: `prepay_id=${PREPAY_ID}`,
      packageValue: `prepay_id=${PREPAY_ID}`,
      signType,
    });
    const { paySign, packageValue, ...signedParameters } = parameters;
    expect(packageValue).toBe(parameters['package']);
    expect(paySign).toBe(sign(signedParameters, MERCHANT.key, type));
    expect(Object.values(parameters)).not.toContain(MERCHANT.key);
  });

  it('are new at every call, without a request to WeChat', () => {
    const request = provider.composePrepay(DRAFT);
    const prepay = { prepayId: PREPAY_ID, codeUrl: null };
    expect(provider.clientParameters(request, prepay)['nonceStr']).not.toBe(
      provider.clientParameters(request, prepay)['nonceStr'],
    );
    expect(host.requests).toEqual([]);
  });

  it('contain only the QR code for NATIVE', () => {
    const request = provider.composePrepay({ ...DRAFT, tradeType: 'NATIVE' });
    expect(provider.clientParameters(request, { prepayId: PREPAY_ID, codeUrl: 'weixin://wxpay/x' })).toEqual({
      codeUrl: 'weixin://wxpay/x',
    });
  });
});

describe('v2 client parameters for an app', () => {
  it.each([
    ['MD5', 'MD5'],
    ['HMAC-SHA256', 'HMAC-SHA256'],
  ] as const)("are seven lower-case fields, all strings, signed with the order's algorithm: %s", (signType, type) => {
    provider = shop({ WECHAT_SIGN_TYPE: signType, WECHAT_MOBILE_APP_ID: MOBILE_APPID });
    const request = provider.composePrepay({ ...DRAFT, tradeType: 'APP' });
    provider = shop(); // the settings change later
    const { sign: signature, ...signed } = provider.clientParameters(request, { prepayId: PREPAY_ID, codeUrl: null });
    expect(signed).toEqual({
      appid: MOBILE_APPID,
      partnerid: MERCHANT.mchId,
      prepayid: PREPAY_ID,
      package: 'Sign=WXPay',
      noncestr: expect.stringMatching(/^[0-9a-f]{32}$/),
      timestamp: '1795233604',
    });
    expect(signature).toBe(sign(signed, MERCHANT.key, type));
  });
});

describe('v2 client parameters for a mobile browser', () => {
  const mwebUrl = 'https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb?prepay_id=wx1&package=2';
  const prepay = { prepayId: 'wx1', codeUrl: mwebUrl };

  it("contain only the URL of WeChat's page", () => {
    const request = provider.composePrepay({ ...DRAFT, tradeType: 'MWEB' });
    expect(provider.clientParameters(request, prepay)).toEqual({ mwebUrl });
  });

  it('append the configured return URL', () => {
    provider = shop({ WECHAT_H5_REDIRECT_URL: 'https://m.example.com/paid?a=1&b=茶' });
    const request = provider.composePrepay({ ...DRAFT, tradeType: 'MWEB' });
    const back = 'https%3A%2F%2Fm.example.com%2Fpaid%3Fa%3D1%26b%3D%E8%8C%B6';
    expect(provider.clientParameters(request, prepay)).toEqual({ mwebUrl: `${mwebUrl}&redirect_url=${back}` });
  });

  it('may be used for less than five minutes, and a prepay_id for less than two hours', () => {
    const lifeOf = (tradeType: TradeType): number =>
      provider.prepayTtlSeconds(provider.composePrepay({ ...DRAFT, tradeType }));
    expect(lifeOf('MWEB')).toBeLessThan(300);
    for (const tradeType of ['JSAPI', 'NATIVE', 'APP'] as const) expect(lifeOf(tradeType)).toBe(6600);
  });
});

describe('v2 payment of another app', () => {
  const today = { trade_state: 'NOTPAY', out_trade_no: OUT_TRADE_NO };
  let request: StoredRequest;

  beforeEach(() => {
    request = shop({ WECHAT_MOBILE_APP_ID: MOBILE_APPID }).composePrepay({ ...DRAFT, tradeType: 'APP' });
  });

  it('is prepared, queried and closed under its own appid', async () => {
    host.respond = answerWith({ appid: MOBILE_APPID, trade_type: 'APP', prepay_id: PREPAY_ID, ...today });
    expect(await provider.prepay(request)).toMatchObject({
      kind: 'done',
      value: { prepayId: PREPAY_ID, codeUrl: null },
    });
    expect(await provider.queryPayment(request)).toMatchObject({ kind: 'done', value: { state: 'OPEN' } });
    expect(await provider.closePayment(request)).toMatchObject({ kind: 'done' });
    expect(host.requests.map(({ appid }) => appid)).toEqual([MOBILE_APPID, MOBILE_APPID, MOBILE_APPID]);
  });

  it('has an unknown outcome when the response is for the configured app', async () => {
    host.respond = answerWith({ ...today, trade_state: 'CLOSED' });
    expect((await provider.queryPayment(request)).kind).toBe('unknown');
    expect((await provider.closePayment(request)).kind).toBe('unknown');
  });
});

describe('v2 documented response', () => {
  it.each(['unifiedorder-answer', 'unifiedorder-answer-hmac'])('prepares the payment: %s', async (name) => {
    host.respond = answerWithText(messageText(name));
    expect(await CALL.unifiedorder()).toEqual({
      kind: 'done',
      value: { prepayId: PREPAY_ID, codeUrl: null },
      raw: messageText(name),
    });
  });

  it('prepares a QR code', async () => {
    host.respond = answerWithText(messageText('unifiedorder-native-answer'));
    expect(await provider.prepay(provider.composePrepay({ ...DRAFT, tradeType: 'NATIVE' }))).toMatchObject({
      kind: 'done',
      value: { codeUrl: 'weixin://wxpay/bizpayurl?pr=DemoQr1' },
    });
  });

  it('prepares the page of a mobile browser', async () => {
    host.respond = answerWithText(messageText('unifiedorder-mweb-answer'));
    expect(await provider.prepay(provider.composePrepay({ ...DRAFT, tradeType: 'MWEB' }))).toMatchObject({
      kind: 'done',
      value: { prepayId: 'wx20261121120702b1c2d3e4f5061728394a', codeUrl: expect.stringContaining('checkmweb?') },
    });
  });

  it('PAID uses total_fee as the amount, not cash_fee', async () => {
    host.respond = answerWithText(messageText('orderquery-success-answer'));
    expect(await CALL.orderquery()).toMatchObject({
      kind: 'done',
      value: {
        state: 'PAID',
        outTradeNo: OUT_TRADE_NO,
        transactionId: '4200002910202611211234567890',
        paidFen: 1288,
        paidAt: new Date('2026-11-21T04:00:41.000Z'),
      },
    });
  });

  it.each([
    ['orderquery-notpay-answer', OUT_TRADE_NO, 'OPEN'],
    ['orderquery-closed-answer', 'SHOP20261121000003', 'CLOSED'],
    ['orderquery-not-exist-answer', OUT_TRADE_NO, 'NOT_FOUND'],
  ])('returns the state of the payment: %s', async (name, outTradeNo, state) => {
    host.respond = answerWithText(messageText(name));
    expect(await provider.queryPayment(provider.composePrepay({ ...DRAFT, outTradeNo }))).toMatchObject({
      kind: 'done',
      value: { state },
    });
  });

  it('closes the payment', async () => {
    host.respond = answerWithText(messageText('closeorder-answer'));
    expect(await CALL.closeorder()).toMatchObject({ kind: 'done', value: null });
    host.respond = answerWithText(messageText('closeorder-order-paid-answer'));
    expect(await CALL.closeorder()).toMatchObject({ kind: 'refused', code: 'ORDERPAID', action: 'ALREADY_PAID' });
  });

  it.each([
    ['unifiedorder-number-repeated-answer', 'INVALID_REQUEST', 'NEW_NUMBER'],
    ['unifiedorder-order-paid-answer', 'ORDERPAID', 'ALREADY_PAID'],
  ])('refuses the payment: %s', async (name, code, action) => {
    host.respond = answerWithText(messageText(name));
    expect(await CALL.unifiedorder()).toMatchObject({ kind: 'refused', code, action });
  });
});

describe('v2 trade_state', () => {
  const paid = { total_fee: '1288', transaction_id: '42', time_end: '20261121120041' };
  const about = { out_trade_no: OUT_TRADE_NO };

  it.each([
    ['SUCCESS', paid, 'PAID'],
    ['REFUND', paid, 'PAID'],
    ['NOTPAY', {}, 'OPEN'],
    ['USERPAYING', {}, 'PAYING'],
    ['ACCEPT', {}, 'PAYING'],
    ['CLOSED', {}, 'CLOSED'],
    ['REVOKED', {}, 'CLOSED'],
    ['PAYERROR', {}, 'FAILED'],
  ])('%s is mapped', async (trade_state, more, state) => {
    host.respond = answerWith({ ...about, trade_state, ...more });
    expect(await CALL.orderquery()).toMatchObject({ kind: 'done', value: { state } });
  });

  it.each<[string, Fields]>([
    ['is undocumented', { ...about, trade_state: 'LATER' }],
    ['is missing', about],
    ['is SUCCESS without an amount', { ...about, ...paid, trade_state: 'SUCCESS', total_fee: '' }],
    ['is SUCCESS with an amount in yuan', { ...about, ...paid, trade_state: 'SUCCESS', total_fee: '12.88' }],
    ['is SUCCESS without a transaction number', { ...about, ...paid, trade_state: 'SUCCESS', transaction_id: '' }],
    ['is SUCCESS without a time', { ...about, ...paid, trade_state: 'SUCCESS', time_end: '' }],
    ['is about another payment', { ...paid, out_trade_no: 'SHOP20261121000009', trade_state: 'SUCCESS' }],
    ['names no payment', { trade_state: 'CLOSED' }],
  ])('leaves the outcome unknown when it %s', async (_what, fields) => {
    host.respond = answerWith(fields);
    expect((await CALL.orderquery()).kind).toBe('unknown');
  });
});

describe('v2 prepay response', () => {
  it.each<[string, Fields]>([
    ['without a prepay_id', { trade_type: 'JSAPI' }],
    ['with an empty prepay_id', { trade_type: 'JSAPI', prepay_id: '' }],
    ['with another trade type', { trade_type: 'NATIVE', prepay_id: PREPAY_ID, code_url: 'weixin://x' }],
    ['without a trade type', { prepay_id: PREPAY_ID }],
  ])('%s leaves the outcome unknown', async (_what, fields) => {
    host.respond = answerWith(fields);
    expect((await CALL.unifiedorder()).kind).toBe('unknown');
  });

  it('for a QR code without code_url leaves the outcome unknown', async () => {
    host.respond = answerWith({ trade_type: 'NATIVE', prepay_id: PREPAY_ID });
    expect((await provider.prepay(provider.composePrepay({ ...DRAFT, tradeType: 'NATIVE' }))).kind).toBe('unknown');
  });
});

describe('v2 prepay response for a mobile browser', () => {
  const url = 'https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb?prepay_id=&package=1';
  const prepare = (): ReturnType<WechatPayV2Provider['prepay']> =>
    provider.prepay(provider.composePrepay({ ...DRAFT, tradeType: 'MWEB' }));

  it.each<[string, Fields]>([
    ['without mweb_url', { trade_type: 'MWEB', prepay_id: PREPAY_ID }],
    ['with mweb_url and an empty prepay_id', { trade_type: 'MWEB', prepay_id: '', mweb_url: url }],
    ['with an mweb_url that is too long', { trade_type: 'MWEB', prepay_id: PREPAY_ID, mweb_url: url.padEnd(513, 'x') }],
  ])('%s leaves the outcome unknown', async (_what, fields) => {
    host.respond = answerWith(fields);
    expect((await prepare()).kind).toBe('unknown');
  });

  it('is refused when mweb_url comes with a refusal', async () => {
    const refusal = { result_code: 'FAIL', err_code: 'ORDERPAID', err_code_des: '该订单已支付' };
    host.respond = answerWith({ ...refusal, trade_type: 'MWEB', prepay_id: '', mweb_url: url });
    expect(await prepare()).toMatchObject({ kind: 'refused', action: 'ALREADY_PAID' });
  });
});

const FAULTS_OF_OURS = ['SIGNERROR', 'XML_FORMAT_ERROR', 'REQUIRE_POST_METHOD', 'LACK_PARAMS'];
const REFUSALS: [PaymentEndpoint, string, string, RefusalAction][] = [
  ...[
    'NOAUTH',
    'APPID_NOT_EXIST',
    'MCHID_NOT_EXIST',
    'APPID_MCHID_NOT_MATCH',
    'PARAM_ERROR',
    'POST_DATA_EMPTY',
    'NOT_UTF8',
  ]
    .concat(FAULTS_OF_OURS)
    .map((code): [PaymentEndpoint, string, string, RefusalAction] => ['unifiedorder', code, '…', 'FIX_REQUEST']),
  ['unifiedorder', 'INVALID_REQUEST', '参数错误', 'FIX_REQUEST'],
  ['unifiedorder', 'INVALID_REQUEST', '201 商户订单号重复', 'NEW_NUMBER'],
  ['unifiedorder', 'OUT_TRADE_NO_USED', '商户订单号重复', 'NEW_NUMBER'],
  ['unifiedorder', 'ORDERCLOSED', '订单已关闭', 'NEW_NUMBER'],
  ['unifiedorder', 'ORDERPAID', '商户订单已支付', 'ALREADY_PAID'],
  ['unifiedorder', 'NOTENOUGH', '余额不足', 'TELL_USER'],
  ['unifiedorder', 'FREQUENCY_LIMITED', '频率限制', 'RETRY_LATER'],
  ['unifiedorder', 'A_NEW_WORD', '?', 'QUERY_FIRST'],
  ...['APPID_NOT_EXIST', 'MCHID_NOT_EXIST']
    .concat(FAULTS_OF_OURS)
    .map((code): [PaymentEndpoint, string, string, RefusalAction] => ['orderquery', code, '…', 'FIX_REQUEST']),
  ['orderquery', 'A_NEW_WORD', '?', 'QUERY_FIRST'],
  ...FAULTS_OF_OURS.map((code): [PaymentEndpoint, string, string, RefusalAction] => [
    'closeorder',
    code,
    '…',
    'FIX_REQUEST',
  ]),
  ['closeorder', 'ORDERPAID', '订单已支付', 'ALREADY_PAID'],
  ['closeorder', 'ORDERCLOSED', '订单已关闭', 'ALREADY_CLOSED'],
  ['closeorder', 'ORDERNOTEXIST', '订单不存在', 'NOT_FOUND'],
  ['closeorder', 'TRADE_STATE_ERROR', '订单状态错误', 'QUERY_FIRST'],
  ['closeorder', 'A_NEW_WORD', '?', 'QUERY_FIRST'],
];

describe('v2 refusal', () => {
  it.each(REFUSALS)('of %s with %s (%s) has the action %s', async (endpoint, code, message, action) => {
    host.respond = refuseWith(code, message);
    expect(await CALL[endpoint]()).toMatchObject({ kind: 'refused', code, message, action });
  });

  it.each(ENDPOINTS)('of %s with an unsigned return_code FAIL has the action FIX_REQUEST', async (endpoint) => {
    host.respond = answerWithText(messageText('return-code-fail-answer'));
    expect(await CALL[endpoint]()).toMatchObject({
      kind: 'refused',
      code: 'RETURN_FAIL',
      message: '签名错误',
      action: 'FIX_REQUEST',
    });
  });
});

const unsigned = buildXml({ ...COMMON_FIELDS, ...PREPAID });
const UNKNOWN_OUTCOMES: [string, Responder][] = [
  ['SYSTEMERROR', refuseWith('SYSTEMERROR', '系统错误')],
  ['BIZERR_NEED_RETRY', refuseWith('BIZERR_NEED_RETRY')],
  [
    'return_code FAIL for a system error',
    answerWithText('<xml><return_code>FAIL</return_code><return_msg>System Error</return_msg></xml>'),
  ],
  ['a wrong signature', answerWithText(buildXml({ ...COMMON_FIELDS, ...PREPAID, sign: 'A'.repeat(32) }))],
  ['no signature', answerWithText(unsigned)],
  [
    'a refusal with a wrong signature',
    answerWithText(buildXml({ ...COMMON_FIELDS, result_code: 'FAIL', err_code: 'ORDERCLOSED', sign: 'A'.repeat(32) })),
  ],
  ['another appid', answerWith({ ...PREPAID, appid: 'wx0000000000000000' })],
  ['another merchant', answerWith({ ...PREPAID, mch_id: '1900000110' })],
  ['no result_code', answerWith({ ...PREPAID, result_code: '' })],
  ['another result_code', answerWith({ ...PREPAID, result_code: 'MAYBE' })],
  ['a refusal without err_code', answerWith({ result_code: 'FAIL' })],
  ['no return_code', answerWithText(buildSignedXml({ appid: MERCHANT.appid }))],
  ['HTTP 500 with a good body', answerWith(PREPAID, 500)],
  ['HTTP 502', answerWithText('<html>Bad Gateway</html>', 502)],
  ['a redirect', (_asked, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()],
  ['an HTML page', answerWithText('<!DOCTYPE html><html><body>maintenance</body></html>')],
  ['nothing', answerWithText('')],
  ['garbage', answerWithText('\u0000\u0001\u0002')],
  ['JSON', answerWithText('{"return_code":"SUCCESS"}')],
  ['a truncated message', answerWithText(buildSignedXml({ ...COMMON_FIELDS, ...PREPAID }).slice(0, -20))],
  ['a DOCTYPE', answerWithText(`<!DOCTYPE xml>${buildSignedXml({ ...COMMON_FIELDS, ...PREPAID })}`)],
  ['a body above the size limit', answerWithText(`<xml><a>${'x'.repeat(400_000)}</a></xml>`)],
  [
    'a body shorter than its content-length',
    (_asked, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('<xml>');
      response.socket?.end();
    },
  ],
  ['a connection reset', (_asked, response) => void response.socket?.resetAndDestroy()],
  ['a closed connection', (_asked, response) => void response.socket?.destroy()],
];

describe('v2 response with an unknown outcome', () => {
  describe.each(ENDPOINTS)('of %s', (endpoint) => {
    it.each(UNKNOWN_OUTCOMES)('%s', async (_what, reply) => {
      host.respond = reply;
      const outcome = await CALL[endpoint]();
      expect(outcome.kind).toBe('unknown');
      expect(JSON.stringify(outcome)).not.toContain(MERCHANT.key);
      // WeChat may have processed it: no repetition, and no request to the backup host.
      expect(host.requests).toHaveLength(1);
      expect(backup.requests).toEqual([]);
    });
  });

  it("keeps WeChat's code and text", async () => {
    host.respond = refuseWith('SYSTEMERROR', '系统错误');
    expect(await CALL.unifiedorder()).toMatchObject({ code: 'SYSTEMERROR', message: '系统错误' });
  });

  it('drops a response without end', async () => {
    host.respond = answerWithText('x'.repeat(300_000));
    expect(await CALL.orderquery()).toMatchObject({ kind: 'unknown', raw: null });
  });

  it('results when no response arrives within the time-out', async () => {
    host.respond = () => undefined;
    const start = performance.now();
    expect(await CALL.unifiedorder()).toMatchObject({ kind: 'unknown', raw: null });
    expect(performance.now() - start).toBeLessThan(3500);
    expect(backup.requests).toEqual([]);
  });

  it('results from a response that is slower than the time-out', async () => {
    let timer: NodeJS.Timeout | undefined;
    host.respond = (_asked, response) => {
      response.writeHead(200);
      timer = setInterval(() => response.write(' '), 100);
    };
    const start = performance.now();
    expect(await CALL.orderquery()).toMatchObject({ kind: 'unknown', raw: null });
    clearInterval(timer);
    expect(performance.now() - start).toBeLessThan(4500);
    expect(backup.requests).toEqual([]);
  });
});

describe('WeChat host that cannot be reached', () => {
  it('received nothing, so the backup host gets the same request', async () => {
    await host.close();
    backup.respond = answerWith(PREPAID);
    expect(await CALL.unifiedorder()).toMatchObject({ kind: 'done', value: { prepayId: PREPAY_ID } });
    expect(backup.requests).toHaveLength(1);
    expect(isSigned(backup.requests[0] ?? {}, MERCHANT.key)).toBe(true);
  });

  it('received nothing when it breaks off the TLS handshake', async () => {
    const tcpServer = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.once('data', () => socket.destroy());
    });
    await new Promise<void>((resolve) => tcpServer.listen(0, '127.0.0.1', resolve));
    provider = shop({ WECHAT_PAY_BASE_URL: `https://127.0.0.1:${(tcpServer.address() as AddressInfo).port}` });
    backup.respond = answerWith(PREPAID);
    expect(await CALL.unifiedorder()).toMatchObject({ kind: 'done', value: { prepayId: PREPAY_ID } });
    await new Promise((resolve) => tcpServer.close(resolve));
  });

  it('leaves the outcome unknown when the backup host cannot be reached either', async () => {
    await Promise.all([host.close(), backup.close()]);
    expect(await CALL.unifiedorder()).toMatchObject({ kind: 'unknown', raw: null });
  });

  it('leaves the outcome unknown without a backup host', async () => {
    provider = shop({ WECHAT_PAY_BACKUP_BASE_URL: '' });
    await host.close();
    expect(await CALL.orderquery()).toMatchObject({ kind: 'unknown', raw: null });
    expect(backup.requests).toEqual([]);
  });
});

describe('WeChat host with a TLS certificate', () => {
  let secure: StubWechatServer;

  beforeEach(async () => {
    secure = new StubWechatServer({ key: pem('key'), cert: pem('crt') });
    await secure.open();
    secure.respond = answerWith(PREPAID);
    backup.respond = answerWith({ ...PREPAID, prepay_id: 'from-the-backup' });
  });

  afterEach(() => secure.close());

  it('receives nothing when it is not trusted, and the backup host is used', async () => {
    provider = shop({ WECHAT_PAY_BASE_URL: secure.url });
    expect(await CALL.unifiedorder()).toMatchObject({ kind: 'done', value: { prepayId: 'from-the-backup' } });
    expect(secure.requests).toEqual([]);
  });

  it('receives the request when the operator trusts its authority', async () => {
    provider = shop({ WECHAT_PAY_BASE_URL: secure.url, WECHAT_CA_FILE: tlsFile('crt') });
    expect(await CALL.unifiedorder()).toMatchObject({ kind: 'done', value: { prepayId: PREPAY_ID } });
    expect(backup.requests).toEqual([]);
  });
});

describe('kept-alive connection', () => {
  it('closed by WeChat meanwhile does not lose the next request', async () => {
    host.respond = answerWith(PREPAID);
    await CALL.unifiedorder();
    host.respond = (fields, response, request) => {
      answerWith(PREPAID)(fields, response, request);
      response.once('finish', () => response.socket?.destroy());
    };
    await CALL.unifiedorder();
    host.respond = answerWith(PREPAID);
    expect((await CALL.unifiedorder()).kind).toBe('done');
  });
});
