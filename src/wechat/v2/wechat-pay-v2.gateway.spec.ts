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
} from '../../../test/support/stub-wechat-server.js';
import { MERCHANT, messageText } from '../../../test/vectors/v2/vectors.js';
import { Clock } from '../../common/clock.js';
import { Metrics } from '../../common/metrics.js';
import { readSettings } from '../../config/read-settings.js';
import type { RefusalAction, Outcome } from '../outcome.js';
import { MerchantCertificate } from '../merchant-certificate.js';
import { channelOf } from '../payment-channel.js';
import { MutualTlsWechatHttpClient, WechatHttpClient } from '../wechat-http-client.js';
import type { PrepayDraft, TradeType } from '../wechat-pay.gateway.js';
import type { PayV2Endpoint } from './error-actions.js';
import { type Fields, isSigned, sign } from './signature.js';
import { WechatPayV2Gateway } from './wechat-pay-v2.gateway.js';
import { WechatPayV2Transport } from './wechat-pay-v2.transport.js';
import { buildXml, parseXml } from './xml.js';

const OUT_TRADE_NO = 'SHOP20261121000001';
const PREPAY_ID = 'wx20261121120003e1f2a3b4c5d6e7f80912';
const MOBILE_APPID = 'wx7777777777777777';
const DRAFT: PrepayDraft = {
  outTradeNo: OUT_TRADE_NO,
  tradeType: 'JSAPI',
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
  fileURLToPath(new URL(`../../../test/vectors/tls/self-signed.${kind}`, import.meta.url));
const pem = (kind: 'key' | 'crt'): string => readFileSync(tlsFile(kind), 'utf8');

/** Refunds have a file of their own. */
type PaymentEndpoint = Exclude<PayV2Endpoint, 'refund' | 'refundquery'>;

let host: StubWechatServer;
let twin: StubWechatServer;
const wires: WechatHttpClient[] = [];
let gateway: WechatPayV2Gateway;
const clock = new Clock();
clock.follow({ now: () => new Date('2026-11-21T04:00:04.900Z') });

function shop(environment: Record<string, string> = {}): WechatPayV2Gateway {
  const settings = readSettings({
    WECHAT_MODE: 'simulator',
    WECHAT_PAY_BASE_URL: host.url,
    WECHAT_PAY_BACKUP_BASE_URL: twin.url,
    WECHAT_TIMEOUT_SECONDS: '1',
    ...environment,
  });
  const http = new WechatHttpClient(settings);
  const certified = new MutualTlsWechatHttpClient(settings, new MerchantCertificate(null));
  wires.push(http, certified);
  return new WechatPayV2Gateway(
    settings,
    clock,
    new WechatPayV2Transport(settings, http, certified, new Metrics(clock)),
  );
}

beforeEach(async () => {
  host = new StubWechatServer();
  twin = new StubWechatServer();
  await Promise.all([host.open(), twin.open()]);
  gateway = shop();
});

afterEach(async () => {
  await Promise.all(wires.splice(0).map((wire) => wire.onApplicationShutdown()));
  await Promise.all([host.close(), twin.close()]);
});

const PREPAID: Fields = { trade_type: 'JSAPI', prepay_id: PREPAY_ID };

const ASK: Record<PaymentEndpoint, () => Promise<Outcome<unknown>>> = {
  unifiedorder: () => gateway.prepay(gateway.composePrepay(DRAFT)),
  orderquery: () => gateway.queryPayment(gateway.composePrepay(DRAFT)),
  closeorder: () => gateway.closePayment(gateway.composePrepay(DRAFT)),
};
const ENDPOINTS = Object.keys(ASK) as PaymentEndpoint[];

describe('what we ask', () => {
  it.each(ENDPOINTS)('is a signed POST to /pay/%s, with our identity and a fresh nonce', async (endpoint) => {
    host.respond = answerWith(PREPAID);
    await ASK[endpoint]();
    await ASK[endpoint]();
    expect(host.paths).toEqual([`POST /pay/${endpoint}`, `POST /pay/${endpoint}`]);
    const [first, second] = host.requests;
    expect(first).toMatchObject({ appid: MERCHANT.appid, mch_id: MERCHANT.mchId, out_trade_no: OUT_TRADE_NO });
    expect(isSigned(first ?? {}, MERCHANT.key)).toBe(true);
    expect(first?.['nonce_str']).not.toBe(second?.['nonce_str']);
  });

  it('is the documented unified order, in Beijing time', async () => {
    host.respond = answerWith(PREPAID);
    await ASK.unifiedorder();
    const ours = new Set(['device_info', 'attach', 'nonce_str', 'sign']); // left to us, or new each time
    const documented = Object.entries(parseXml(messageText('unifiedorder-request'))).filter(
      ([name]) => !ours.has(name),
    );
    expect(documented).toHaveLength(13);
    expect(host.requests[0]).toMatchObject(Object.fromEntries(documented));
  });

  it.each(['MD5', 'HMAC-SHA256'] as const)('is signed with %s, said so, and the answer believed', async (type) => {
    gateway = shop({ WECHAT_SIGN_TYPE: type });
    host.respond = answerWith(PREPAID);
    expect(await ASK.unifiedorder()).toMatchObject({ kind: 'done', value: { prepayId: PREPAY_ID } });
    expect(host.requests[0]).toMatchObject({ sign_type: type });
    expect(host.requests[0]?.['sign']).toHaveLength(type === 'MD5' ? 32 : 64);
  });
});

describe('the request of a payment', () => {
  it('is the same text whenever it is composed, and holds neither secret nor signature', () => {
    const request = gateway.composePrepay(DRAFT);
    expect(gateway.composePrepay({ ...DRAFT })).toBe(request);
    expect(request).not.toContain(MERCHANT.key);
    expect(JSON.parse(request)).not.toHaveProperty('sign');
    expect(JSON.parse(request)).not.toHaveProperty('nonce_str');
  });

  it('says the same at every repetition, but for nonce and signature', async () => {
    host.respond = answerWith(PREPAID);
    const request = gateway.composePrepay(DRAFT);
    for (let repetition = 0; repetition < 3; repetition++) await gateway.prepay(request);
    const without = host.requests.map(({ nonce_str, sign: signature, ...rest }) => {
      expect([nonce_str, signature]).not.toContain(undefined);
      return rest;
    });
    expect(new Set(without.map((fields) => JSON.stringify(fields))).size).toBe(1);
    expect(new Set(host.requests.map((fields) => fields['nonce_str'])).size).toBe(3);
  });

  it('for a QR code names a product and no payer', () => {
    const fields = JSON.parse(gateway.composePrepay({ ...DRAFT, tradeType: 'NATIVE' })) as Fields;
    expect(fields).toMatchObject({ trade_type: 'NATIVE', product_id: 'ORDER1' });
    expect(fields).not.toHaveProperty('openid');
  });

  it('for an app names the app, and neither payer nor product', () => {
    gateway = shop({ WECHAT_MOBILE_APP_ID: MOBILE_APPID });
    const request = gateway.composePrepay({ ...DRAFT, tradeType: 'APP' });
    expect(JSON.parse(request)).toMatchObject({ trade_type: 'APP', appid: MOBILE_APPID, mch_id: MERCHANT.mchId });
    for (const absent of ['openid', 'product_id', 'scene_info']) expect(JSON.parse(request)).not.toHaveProperty(absent);
    expect(channelOf(request)).toEqual({ protocol: 'v2', appid: MOBILE_APPID });
    expect(JSON.parse(gateway.composePrepay(DRAFT))).toMatchObject({ appid: MERCHANT.appid });
  });

  it('for a mobile browser names the site that it began on', () => {
    const request = JSON.parse(gateway.composePrepay({ ...DRAFT, tradeType: 'MWEB' })) as Fields;
    expect(request).toMatchObject({ trade_type: 'MWEB', appid: MERCHANT.appid });
    for (const absent of ['openid', 'product_id']) expect(request).not.toHaveProperty(absent);
    const site = { type: 'Wap', wap_url: 'http://127.0.0.1:3000', wap_name: '小店' };
    expect(JSON.parse(request['scene_info'] ?? '')).toEqual({ h5_info: site });
  });

  it.each([
    ['short', 'https://m.example.com', '茶"店"', '茶"店"'],
    ['long', `https://m.example.com/${'x'.repeat(106)}`, '茶'.repeat(40), '茶'.repeat(25)],
  ])('keeps the words about that site within 256 bytes: %s', (_what, url, name, kept) => {
    gateway = shop({ WECHAT_H5_WAP_URL: url, WECHAT_H5_WAP_NAME: name });
    const request = JSON.parse(gateway.composePrepay({ ...DRAFT, tradeType: 'MWEB' })) as Fields;
    const scene = request['scene_info'] ?? '';
    expect(Buffer.byteLength(scene)).toBeLessThanOrEqual(256);
    expect(JSON.parse(scene)).toEqual({ h5_info: { type: 'Wap', wap_url: url, wap_name: kept } });
  });

  it('gives the cashier at least the minute that WeChat demands', () => {
    const fields = JSON.parse(
      gateway.composePrepay({ ...DRAFT, expiresAt: new Date(DRAFT.createdAt.getTime() + 8000) }),
    ) as Fields;
    expect(fields).toMatchObject({ time_start: '20261121120000', time_expire: '20261121120100' });
  });

  it.each([
    ['is cut to 127 bytes, between characters', '茶'.repeat(100), '茶'.repeat(42)],
    ['is cut before an emoji that does not fit', `${'a'.repeat(125)}🍵`, 'a'.repeat(125)],
    ['keeps everything that fits', 'x'.repeat(127), 'x'.repeat(127)],
    ['loses what XML cannot carry', 'a\u0000b\nc\uFFFEd', 'a b c d'],
    ['loses half characters', 'a\uD83Cb', 'a\uFFFDb'],
  ])('has a description that %s', async (_what, description, sent) => {
    host.respond = answerWith(PREPAID);
    await gateway.prepay(gateway.composePrepay({ ...DRAFT, description }));
    expect(host.requests[0]?.['body']).toBe(sent);
  });
});

describe('what opens the cashier', () => {
  it.each([
    ['MD5', 'MD5'],
    ['HMAC-SHA256', 'HMAC-SHA256'],
  ] as const)('is all strings, rightly signed: %s', (signType, type) => {
    gateway = shop({ WECHAT_SIGN_TYPE: signType });
    const request = gateway.composePrepay(DRAFT);
    const parameters = gateway.clientParameters(request, { prepayId: PREPAY_ID, codeUrl: null });
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

  it('is new at every call, and calls nobody', () => {
    const request = gateway.composePrepay(DRAFT);
    const prepay = { prepayId: PREPAY_ID, codeUrl: null };
    expect(gateway.clientParameters(request, prepay)['nonceStr']).not.toBe(
      gateway.clientParameters(request, prepay)['nonceStr'],
    );
    expect(host.requests).toEqual([]);
  });

  it('is the QR code alone for NATIVE', () => {
    const request = gateway.composePrepay({ ...DRAFT, tradeType: 'NATIVE' });
    expect(gateway.clientParameters(request, { prepayId: PREPAY_ID, codeUrl: 'weixin://wxpay/x' })).toEqual({
      codeUrl: 'weixin://wxpay/x',
    });
  });
});

describe('what opens the cashier of an app', () => {
  it.each([
    ['MD5', 'MD5'],
    ['HMAC-SHA256', 'HMAC-SHA256'],
  ] as const)('is seven small words, all strings, signed as the order was: %s', (signType, type) => {
    gateway = shop({ WECHAT_SIGN_TYPE: signType, WECHAT_MOBILE_APP_ID: MOBILE_APPID });
    const request = gateway.composePrepay({ ...DRAFT, tradeType: 'APP' });
    gateway = shop(); // whatever is configured later
    const { sign: signature, ...signed } = gateway.clientParameters(request, { prepayId: PREPAY_ID, codeUrl: null });
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

describe('what opens the cashier in a mobile browser', () => {
  const mwebUrl = 'https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb?prepay_id=wx1&package=2';
  const prepay = { prepayId: 'wx1', codeUrl: mwebUrl };

  it("is WeChat's page alone", () => {
    const request = gateway.composePrepay({ ...DRAFT, tradeType: 'MWEB' });
    expect(gateway.clientParameters(request, prepay)).toEqual({ mwebUrl });
  });

  it('leads back to where the shop wants the payer', () => {
    gateway = shop({ WECHAT_H5_REDIRECT_URL: 'https://m.example.com/paid?a=1&b=茶' });
    const request = gateway.composePrepay({ ...DRAFT, tradeType: 'MWEB' });
    const back = 'https%3A%2F%2Fm.example.com%2Fpaid%3Fa%3D1%26b%3D%E8%8C%B6';
    expect(gateway.clientParameters(request, prepay)).toEqual({ mwebUrl: `${mwebUrl}&redirect_url=${back}` });
  });

  it('is worth handing out for less than its five minutes, and a prepay_id for less than its two hours', () => {
    const lifeOf = (tradeType: TradeType): number =>
      gateway.prepayTtlSeconds(gateway.composePrepay({ ...DRAFT, tradeType }));
    expect(lifeOf('MWEB')).toBeLessThan(300);
    for (const tradeType of ['JSAPI', 'NATIVE', 'APP'] as const) expect(lifeOf(tradeType)).toBe(6600);
  });
});

describe('a payment that was begun in another app, or before today’s settings', () => {
  const today = { trade_state: 'NOTPAY', out_trade_no: OUT_TRADE_NO };
  let request: string;

  beforeEach(() => {
    request = shop({ WECHAT_MOBILE_APP_ID: MOBILE_APPID }).composePrepay({ ...DRAFT, tradeType: 'APP' });
  });

  it('is prepared, asked about and closed under its own appid', async () => {
    host.respond = answerWith({ appid: MOBILE_APPID, trade_type: 'APP', prepay_id: PREPAY_ID, ...today });
    expect(await gateway.prepay(request)).toMatchObject({
      kind: 'done',
      value: { prepayId: PREPAY_ID, codeUrl: null },
    });
    expect(await gateway.queryPayment(request)).toMatchObject({ kind: 'done', value: { state: 'OPEN' } });
    expect(await gateway.closePayment(request)).toMatchObject({ kind: 'done' });
    expect(host.requests.map(({ appid }) => appid)).toEqual([MOBILE_APPID, MOBILE_APPID, MOBILE_APPID]);
  });

  it('is told nothing by an answer about the app next door', async () => {
    host.respond = answerWith({ ...today, trade_state: 'CLOSED' });
    expect((await gateway.queryPayment(request)).kind).toBe('unknown');
    expect((await gateway.closePayment(request)).kind).toBe('unknown');
  });
});

describe('an answer of the documents', () => {
  it.each(['unifiedorder-answer', 'unifiedorder-answer-hmac'])('prepares the payment: %s', async (name) => {
    host.respond = answerWithText(messageText(name));
    expect(await ASK.unifiedorder()).toEqual({
      kind: 'done',
      value: { prepayId: PREPAY_ID, codeUrl: null },
      raw: messageText(name),
    });
  });

  it('prepares a QR code', async () => {
    host.respond = answerWithText(messageText('unifiedorder-native-answer'));
    expect(await gateway.prepay(gateway.composePrepay({ ...DRAFT, tradeType: 'NATIVE' }))).toMatchObject({
      kind: 'done',
      value: { codeUrl: 'weixin://wxpay/bizpayurl?pr=DemoQr1' },
    });
  });

  it('prepares the page of a mobile browser', async () => {
    host.respond = answerWithText(messageText('unifiedorder-mweb-answer'));
    expect(await gateway.prepay(gateway.composePrepay({ ...DRAFT, tradeType: 'MWEB' }))).toMatchObject({
      kind: 'done',
      value: { prepayId: 'wx20261121120702b1c2d3e4f5061728394a', codeUrl: expect.stringContaining('checkmweb?') },
    });
  });

  it('says that it is paid, by the price and not by the cash', async () => {
    host.respond = answerWithText(messageText('orderquery-success-answer'));
    expect(await ASK.orderquery()).toMatchObject({
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
    ['orderquery-not-exist-answer', OUT_TRADE_NO, 'ABSENT'],
  ])('says what became of the payment: %s', async (name, outTradeNo, state) => {
    host.respond = answerWithText(messageText(name));
    expect(await gateway.queryPayment(gateway.composePrepay({ ...DRAFT, outTradeNo }))).toMatchObject({
      kind: 'done',
      value: { state },
    });
  });

  it('closes the payment', async () => {
    host.respond = answerWithText(messageText('closeorder-answer'));
    expect(await ASK.closeorder()).toMatchObject({ kind: 'done', value: null });
    host.respond = answerWithText(messageText('closeorder-order-paid-answer'));
    expect(await ASK.closeorder()).toMatchObject({ kind: 'refused', code: 'ORDERPAID', action: 'PAID' });
  });

  it.each([
    ['unifiedorder-number-repeated-answer', 'INVALID_REQUEST', 'NEW'],
    ['unifiedorder-order-paid-answer', 'ORDERPAID', 'PAID'],
  ])('refuses the payment: %s', async (name, code, action) => {
    host.respond = answerWithText(messageText(name));
    expect(await ASK.unifiedorder()).toMatchObject({ kind: 'refused', code, action });
  });
});

describe("WeChat's word for the state of a payment", () => {
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
  ])('%s is understood', async (trade_state, more, state) => {
    host.respond = answerWith({ ...about, trade_state, ...more });
    expect(await ASK.orderquery()).toMatchObject({ kind: 'done', value: { state } });
  });

  it.each<[string, Fields]>([
    ['is a new word', { ...about, trade_state: 'LATER' }],
    ['is missing', about],
    ['is SUCCESS without an amount', { ...about, ...paid, trade_state: 'SUCCESS', total_fee: '' }],
    ['is SUCCESS with an amount in yuan', { ...about, ...paid, trade_state: 'SUCCESS', total_fee: '12.88' }],
    ['is SUCCESS without a transaction', { ...about, ...paid, trade_state: 'SUCCESS', transaction_id: '' }],
    ['is SUCCESS without a time', { ...about, ...paid, trade_state: 'SUCCESS', time_end: '' }],
    ['is about another payment', { ...paid, out_trade_no: 'SHOP20261121000009', trade_state: 'SUCCESS' }],
    ['is about no payment', { trade_state: 'CLOSED' }],
  ])('leaves everything open when it %s', async (_what, fields) => {
    host.respond = answerWith(fields);
    expect((await ASK.orderquery()).kind).toBe('unknown');
  });
});

describe('a prepared payment', () => {
  it.each<[string, Fields]>([
    ['without a prepay_id', { trade_type: 'JSAPI' }],
    ['with an empty prepay_id', { trade_type: 'JSAPI', prepay_id: '' }],
    ['of another trade type', { trade_type: 'NATIVE', prepay_id: PREPAY_ID, code_url: 'weixin://x' }],
    ['without its trade type', { prepay_id: PREPAY_ID }],
  ])('%s leaves everything open', async (_what, fields) => {
    host.respond = answerWith(fields);
    expect((await ASK.unifiedorder()).kind).toBe('unknown');
  });

  it('for a QR code without its text leaves everything open', async () => {
    host.respond = answerWith({ trade_type: 'NATIVE', prepay_id: PREPAY_ID });
    expect((await gateway.prepay(gateway.composePrepay({ ...DRAFT, tradeType: 'NATIVE' }))).kind).toBe('unknown');
  });
});

describe('the page for a mobile browser', () => {
  const url = 'https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb?prepay_id=&package=1';
  const prepare = (): ReturnType<WechatPayV2Gateway['prepay']> =>
    gateway.prepay(gateway.composePrepay({ ...DRAFT, tradeType: 'MWEB' }));

  it.each<[string, Fields]>([
    ['without its address', { trade_type: 'MWEB', prepay_id: PREPAY_ID }],
    ['with an address and an empty prepay_id', { trade_type: 'MWEB', prepay_id: '', mweb_url: url }],
    ['with an endless address', { trade_type: 'MWEB', prepay_id: PREPAY_ID, mweb_url: url.padEnd(513, 'x') }],
  ])('%s leaves everything open', async (_what, fields) => {
    host.respond = answerWith(fields);
    expect((await prepare()).kind).toBe('unknown');
  });

  it('that comes along with a refusal is none', async () => {
    const refusal = { result_code: 'FAIL', err_code: 'ORDERPAID', err_code_des: '该订单已支付' };
    host.respond = answerWith({ ...refusal, trade_type: 'MWEB', prepay_id: '', mweb_url: url });
    expect(await prepare()).toMatchObject({ kind: 'refused', action: 'PAID' });
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
    .map((code): [PaymentEndpoint, string, string, RefusalAction] => ['unifiedorder', code, '…', 'FIX']),
  ['unifiedorder', 'INVALID_REQUEST', '参数错误', 'FIX'],
  ['unifiedorder', 'INVALID_REQUEST', '201 商户订单号重复', 'NEW'],
  ['unifiedorder', 'OUT_TRADE_NO_USED', '商户订单号重复', 'NEW'],
  ['unifiedorder', 'ORDERCLOSED', '订单已关闭', 'NEW'],
  ['unifiedorder', 'ORDERPAID', '商户订单已支付', 'PAID'],
  ['unifiedorder', 'NOTENOUGH', '余额不足', 'USER'],
  ['unifiedorder', 'FREQUENCY_LIMITED', '频率限制', 'WAIT'],
  ['unifiedorder', 'A_NEW_WORD', '?', 'QUERY'],
  ...['APPID_NOT_EXIST', 'MCHID_NOT_EXIST']
    .concat(FAULTS_OF_OURS)
    .map((code): [PaymentEndpoint, string, string, RefusalAction] => ['orderquery', code, '…', 'FIX']),
  ['orderquery', 'A_NEW_WORD', '?', 'QUERY'],
  ...FAULTS_OF_OURS.map((code): [PaymentEndpoint, string, string, RefusalAction] => ['closeorder', code, '…', 'FIX']),
  ['closeorder', 'ORDERPAID', '订单已支付', 'PAID'],
  ['closeorder', 'ORDERCLOSED', '订单已关闭', 'CLOSED'],
  ['closeorder', 'ORDERNOTEXIST', '订单不存在', 'ABSENT'],
  ['closeorder', 'TRADE_STATE_ERROR', '订单状态错误', 'QUERY'],
  ['closeorder', 'A_NEW_WORD', '?', 'QUERY'],
];

describe('a refusal', () => {
  it.each(REFUSALS)('of %s with %s (%s) asks for %s', async (endpoint, code, message, action) => {
    host.respond = refuseWith(code, message);
    expect(await ASK[endpoint]()).toMatchObject({ kind: 'refused', code, message, action });
  });

  it.each(ENDPOINTS)('of %s with return_code FAIL comes unsigned and is our fault', async (endpoint) => {
    host.respond = answerWithText(messageText('return-code-fail-answer'));
    expect(await ASK[endpoint]()).toMatchObject({
      kind: 'refused',
      code: 'RETURN_FAIL',
      message: '签名错误',
      action: 'FIX',
    });
  });
});

const unsigned = buildXml({ ...COMMON_FIELDS, ...PREPAID });
const NOBODY_KNOWS: [string, Responder][] = [
  ['SYSTEMERROR', refuseWith('SYSTEMERROR', '系统错误')],
  ['BIZERR_NEED_RETRY', refuseWith('BIZERR_NEED_RETRY')],
  [
    'return_code FAIL for a fault of its own',
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
  ['a refusal without a word', answerWith({ result_code: 'FAIL' })],
  ['no return_code', answerWithText(buildSignedXml({ appid: MERCHANT.appid }))],
  ['HTTP 500 with a good body', answerWith(PREPAID, 500)],
  ['HTTP 502', answerWithText('<html>Bad Gateway</html>', 502)],
  ['a redirect', (_asked, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()],
  ['a page', answerWithText('<!DOCTYPE html><html><body>maintenance</body></html>')],
  ['nothing', answerWithText('')],
  ['garbage', answerWithText('\u0000\u0001\u0002')],
  ['JSON', answerWithText('{"return_code":"SUCCESS"}')],
  ['half a message', answerWithText(buildSignedXml({ ...COMMON_FIELDS, ...PREPAID }).slice(0, -20))],
  ['a DOCTYPE', answerWithText(`<!DOCTYPE xml>${buildSignedXml({ ...COMMON_FIELDS, ...PREPAID })}`)],
  ['more than anybody reads', answerWithText(`<xml><a>${'x'.repeat(400_000)}</a></xml>`)],
  [
    'a body shorter than announced',
    (_asked, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('<xml>');
      response.socket?.end();
    },
  ],
  ['a reset', (_asked, response) => void response.socket?.resetAndDestroy()],
  ['a hang-up', (_asked, response) => void response.socket?.destroy()],
];

describe('an answer that leaves everything open', () => {
  describe.each(ENDPOINTS)('about %s', (endpoint) => {
    it.each(NOBODY_KNOWS)('%s', async (_what, reply) => {
      host.respond = reply;
      const outcome = await ASK[endpoint]();
      expect(outcome.kind).toBe('unknown');
      expect(JSON.stringify(outcome)).not.toContain(MERCHANT.key);
      // It was heard, perhaps: neither again nor at the twin.
      expect(host.requests).toHaveLength(1);
      expect(twin.requests).toEqual([]);
    });
  });

  it('keeps the word of the refusal, for those who explain it', async () => {
    host.respond = refuseWith('SYSTEMERROR', '系统错误');
    expect(await ASK.unifiedorder()).toMatchObject({ code: 'SYSTEMERROR', message: '系统错误' });
  });

  it('is an answer without end, of which nothing is kept', async () => {
    host.respond = answerWithText('x'.repeat(300_000));
    expect(await ASK.orderquery()).toMatchObject({ kind: 'unknown', raw: null });
  });

  it('is no answer within the time-out', async () => {
    host.respond = () => undefined;
    const start = performance.now();
    expect(await ASK.unifiedorder()).toMatchObject({ kind: 'unknown', raw: null });
    expect(performance.now() - start).toBeLessThan(3500);
    expect(twin.requests).toEqual([]);
  });

  it('is an answer that drips for longer than anybody waits', async () => {
    let timer: NodeJS.Timeout | undefined;
    host.respond = (_asked, response) => {
      response.writeHead(200);
      timer = setInterval(() => response.write(' '), 100);
    };
    const start = performance.now();
    expect(await ASK.orderquery()).toMatchObject({ kind: 'unknown', raw: null });
    clearInterval(timer);
    expect(performance.now() - start).toBeLessThan(4500);
    expect(twin.requests).toEqual([]);
  });
});

describe('a host that cannot be reached', () => {
  it('has nothing been told: the twin is asked the very same', async () => {
    await host.close();
    twin.respond = answerWith(PREPAID);
    expect(await ASK.unifiedorder()).toMatchObject({ kind: 'done', value: { prepayId: PREPAY_ID } });
    expect(twin.requests).toHaveLength(1);
    expect(isSigned(twin.requests[0] ?? {}, MERCHANT.key)).toBe(true);
  });

  it('has nothing been told either when it breaks off the handshake of TLS', async () => {
    const door = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.once('data', () => socket.destroy());
    });
    await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
    gateway = shop({ WECHAT_PAY_BASE_URL: `https://127.0.0.1:${(door.address() as AddressInfo).port}` });
    twin.respond = answerWith(PREPAID);
    expect(await ASK.unifiedorder()).toMatchObject({ kind: 'done', value: { prepayId: PREPAY_ID } });
    await new Promise((resolve) => door.close(resolve));
  });

  it('leaves everything open when the twin cannot be reached either', async () => {
    await Promise.all([host.close(), twin.close()]);
    expect(await ASK.unifiedorder()).toMatchObject({ kind: 'unknown', raw: null });
  });

  it('leaves everything open when there is no twin', async () => {
    gateway = shop({ WECHAT_PAY_BACKUP_BASE_URL: '' });
    await host.close();
    expect(await ASK.orderquery()).toMatchObject({ kind: 'unknown', raw: null });
    expect(twin.requests).toEqual([]);
  });
});

describe('a host with a certificate', () => {
  let secure: StubWechatServer;

  beforeEach(async () => {
    secure = new StubWechatServer({ key: pem('key'), cert: pem('crt') });
    await secure.open();
    secure.respond = answerWith(PREPAID);
    twin.respond = answerWith({ ...PREPAID, prepay_id: 'from-the-twin' });
  });

  afterEach(() => secure.close());

  it('of nobody we trust is told nothing, and its twin is asked', async () => {
    gateway = shop({ WECHAT_PAY_BASE_URL: secure.url });
    expect(await ASK.unifiedorder()).toMatchObject({ kind: 'done', value: { prepayId: 'from-the-twin' } });
    expect(secure.requests).toEqual([]);
  });

  it('of an authority that the operator trusts is asked', async () => {
    gateway = shop({ WECHAT_PAY_BASE_URL: secure.url, WECHAT_CA_FILE: tlsFile('crt') });
    expect(await ASK.unifiedorder()).toMatchObject({ kind: 'done', value: { prepayId: PREPAY_ID } });
    expect(twin.requests).toEqual([]);
  });
});

describe('a connection that is kept', () => {
  it('and was closed by WeChat meanwhile is not mistaken for an answer', async () => {
    host.respond = answerWith(PREPAID);
    await ASK.unifiedorder();
    host.respond = (asked, response, request) => {
      answerWith(PREPAID)(asked, response, request);
      response.once('finish', () => response.socket?.destroy());
    };
    await ASK.unifiedorder();
    host.respond = answerWith(PREPAID);
    expect((await ASK.unifiedorder()).kind).toBe('done');
  });
});
