import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GENPREPAY, V1_MERCHANT } from '../../../../test/vectors/v1/client-vectors.js';
import { InMemoryPaymentProvider } from '../../../../test/support/wechat/in-memory-payment-provider.js';
import { Clock } from '../../../common/time/clock.js';
import { Metrics } from '../../../common/metrics/metrics.js';
import { readSettings } from '../../../config/read-settings.js';
import { AccessTokenProvider } from '../../mini-program/access-token/access-token-provider.js';
import type { Outcome } from '../outcome.js';
import { PlatformApiClient } from '../../mini-program/api/platform-api.client.js';
import { PlatformHttpClient } from '../../mini-program/api/platform-http.client.js';
import { WechatHttpClient } from '../wechat-http-client.js';
import { WechatResponseSignal } from '../wechat-response-signal.js';
import { PaymentProviderRegistry } from '../payment-provider-registry.js';
import type { PrepayDraft, RefundDraft } from '../payment-types.js';
import { appSignatureOf, buildPackage, isPartnerSigned } from './signatures.js';
import { appV1AccountOf } from './app-v1-account.js';
import { AppV1Provider } from './app-v1.provider.js';
import { parseQuery } from './query-string.js';

const { appid, partnerId, partnerKey, paySignKey } = V1_MERCHANT;
const DRAFT: PrepayDraft = {
  outTradeNo: 'V1SHOP20261121001',
  tradeType: 'APP',
  appId: null,
  amountFen: 1288,
  description: '演示商品🍵',
  openid: 'oDemo5pQ0x7Rk2Jw9YtVb3Lz8NcA',
  payerIp: '203.0.113.7',
  notifyUrlBase: 'https://shop.example.com/wechat/notify',
  productId: 'ORDER1',
  createdAt: new Date('2026-11-21T04:00:00.000Z'),
  expiresAt: new Date('2026-11-21T04:20:00.000Z'),
};
const PAID = {
  ret_code: 0,
  ret_msg: '',
  input_charset: 'GBK',
  trade_state: '0',
  trade_mode: '1',
  partner: partnerId,
  bank_type: '2011',
  bank_billno: '1',
  total_fee: '1188',
  discount: '100',
  fee_type: '1',
  transaction_id: '1900000109202611210000000042',
  out_trade_no: DRAFT.outTradeNo,
  time_end: '20261121120041',
};

/** The mobile app's token, without the store, which has its own tests. */
class FixedAccessTokenProvider extends AccessTokenProvider {
  override withToken<T>(call: (token: string) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    return call('TOKEN');
  }
}

let server: Server;
let http: WechatHttpClient;
let now: Date;
let provider: AppV1Provider;
let v2: InMemoryPaymentProvider;
let mchId: string;
let requests: { url: string; body: Record<string, unknown> }[];
let answer: unknown;

function shop(environment: Record<string, string> = {}): AppV1Provider {
  const settings = readSettings({
    WECHAT_API_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    WECHAT_APP_PROTOCOL: 'v1',
    ...environment,
  });
  const clock = new Clock();
  clock.useTimeSource({ now: () => now });
  http = new WechatHttpClient(settings);
  mchId = settings.wechat.WECHAT_MCH_ID;
  const api = new PlatformApiClient(
    new FixedAccessTokenProvider(),
    new PlatformHttpClient(settings, http, new Metrics()),
  );
  v2 = new InMemoryPaymentProvider(clock.now.bind(clock), () => undefined);
  const account = appV1AccountOf(settings);
  return new AppV1Provider(account && { account, api }, clock, { provider: v2, mchId });
}

beforeEach(async () => {
  requests = [];
  answer = GENPREPAY.answer;
  now = new Date('2026-11-21T04:00:04.900Z');
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => (text += String(chunk)));
    request.on('end', () => {
      requests.push({ url: request.url ?? '', body: JSON.parse(text) as Record<string, unknown> });
      response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  provider = shop();
});
afterEach(async () => {
  await http.onApplicationShutdown();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

describe('app-v1 payment request', () => {
  it('is always composed as the same text, names its channel, and contains no secret', () => {
    const request = provider.composePrepay(DRAFT);
    expect(provider.composePrepay({ ...DRAFT })).toEqual(request);
    expect(request).toMatchObject({ channel: 'wechat-app-v1', appId: appid, mchId: partnerId });
    for (const secret of [partnerKey, paySignKey, 'sign']) expect(request.request).not.toContain(`"${secret}`);
    expect(JSON.parse(request.request)).toMatchObject({
      parameters: {
        notify_url: 'https://shop.example.com/wechat/notify/app-v1',
        total_fee: '1288',
        fee_type: '1',
        time_start: '20261121120000',
        time_expire: '20261121122000',
        bank_type: 'WX',
        input_charset: 'UTF-8',
      },
    });
  });

  it.each(['UTF-8', 'GBK'] as const)(
    'is signed twice and sent in the charset it was created with: %s',
    async (charset) => {
      const request = shop({ WECHAT_V1_CHARSET: charset }).composePrepay(DRAFT);
      await http.onApplicationShutdown();
      provider = shop(); // the charset is configured differently later
      expect(await provider.prepay(request)).toMatchObject({
        kind: 'done',
        value: { prepayId: '1201000000261121a1b2c3d4e5f60718', codeUrl: null },
      });
      expect(await provider.prepay(request)).toMatchObject({ kind: 'done' });
      const [first, second] = requests;
      expect(first?.url).toBe('/pay/genprepay?access_token=TOKEN');
      const { app_signature, sign_method, ...signed } = first?.body as Record<string, string>;
      expect([sign_method, app_signature]).toEqual(['sha1', appSignatureOf(signed, paySignKey)]);
      expect(signed).toMatchObject({ appid, traceid: DRAFT.openid, timestamp: 1795233604 });
      expect(second?.body['package']).toBe(signed['package']);
      expect(second?.body['noncestr']).not.toBe(signed['noncestr']);
      const read = parseQuery(signed['package'] ?? '') ?? new Map<string, Buffer>();
      expect(isPartnerSigned(read, partnerKey)).toBe(true);
      expect(new TextDecoder(charset).decode(read.get('body'))).toBe(charset === 'GBK' ? '演示商品?' : '演示商品🍵');
    },
  );

  it.each([
    ['no prepayid', { errcode: 0, errmsg: 'Success' }],
    ['a prepayid that is a number', { errcode: 0, prepayid: 12 }],
    ['a prepayid that is too long', { errcode: 0, prepayid: 'x'.repeat(129) }],
    ['a body that is not JSON', 'busy'],
    ['errcode -1 (system busy)', { errcode: -1, errmsg: 'system error' }],
  ])('has an unknown outcome when WeChat responds with %s', async (_what, input) => {
    answer = input;
    expect((await provider.prepay(provider.composePrepay(DRAFT))).kind).toBe('unknown');
  });

  it.each([
    [49004, 'not match signature', 'FIX_REQUEST'],
    [40097, 'invalid args: out_trade_no, order paid', 'ALREADY_PAID'],
    [40097, '该订单已支付', 'ALREADY_PAID'],
    [40097, 'invalid args: unpaid', 'FIX_REQUEST'],
    [45009, 'reach max api daily quota limit', 'RETRY_LATER'],
  ])('is refused with %s (%s), whose action is %s', async (errcode, errmsg, action) => {
    answer = { errcode, errmsg };
    const outcome = await provider.prepay(provider.composePrepay(DRAFT));
    expect(outcome).toMatchObject({ kind: 'refused', code: String(errcode), action });
  });

  it('returns seven lower-case parameters for the SDK, signed with the PaySignKey', () => {
    const request = provider.composePrepay(DRAFT);
    const { sign, ...signed } = provider.clientParameters(request, { prepayId: 'P1', codeUrl: null });
    expect(signed).toEqual({
      appid,
      partnerid: partnerId,
      prepayid: 'P1',
      package: 'Sign=WXPay',
      timestamp: '1795233604',
      noncestr: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(sign).toBe(appSignatureOf(signed, paySignKey));
  });
});

describe('app-v1 payment query', () => {
  const queryState = async (info: unknown): Promise<unknown> => {
    answer = { errcode: 0, errmsg: 'ok', order_info: info };
    const outcome = await provider.queryPayment(provider.composePrepay(DRAFT));
    return outcome.kind === 'done' ? outcome.value : outcome.kind;
  };

  it('is signed twice', async () => {
    await queryState(PAID);
    const [{ url, body } = { url: '', body: {} }] = requests;
    expect(url).toBe('/pay/orderquery?access_token=TOKEN');
    const { app_signature, sign_method, ...signed } = body as Record<string, string>;
    const pack = buildPackage({ out_trade_no: DRAFT.outTradeNo, partner: partnerId }, { charset: 'UTF-8', partnerKey });
    expect(signed).toEqual({ appid, package: pack, timestamp: '1795233604' });
    expect([sign_method, app_signature]).toEqual(['sha1', appSignatureOf(signed, paySignKey)]);
  });

  it("adds the charged amount and WeChat's discount to the paid amount", async () => {
    expect(await queryState(PAID)).toEqual({
      state: 'PAID',
      outTradeNo: DRAFT.outTradeNo,
      transactionId: PAID.transaction_id,
      paidFen: 1288,
      paidAt: new Date('2026-11-21T04:00:41.000Z'),
    });
    expect(await queryState({ ...PAID, total_fee: 1288, discount: 0 })).toMatchObject({ paidFen: 1288 });
    expect(await queryState({ ...PAID, total_fee: '0', discount: '1288' })).toMatchObject({ paidFen: 1288 });
  });

  it.each([
    ['is not paid', { ...PAID, trade_state: '1' }, { state: 'OPEN' }],
    ['does not exist', { ret_code: 88222005, ret_msg: '订单不存在' }, { state: 'NOT_FOUND' }],
    ['could not be looked up', { ret_code: 5, ret_msg: '…' }, 'unknown'],
    ['has another number', { ...PAID, out_trade_no: 'V1SHOP20261121002' }, 'unknown'],
    ['belongs to another merchant', { ...PAID, partner: '1900000110' }, 'unknown'],
    ['has no state', { ...PAID, trade_state: '' }, 'unknown'],
    ['is paid with amount 0', { ...PAID, total_fee: '0', discount: '0' }, 'unknown'],
    ['has an amount in yuan', { ...PAID, total_fee: '12.88' }, 'unknown'],
    ['has no payment time', { ...PAID, time_end: '' }, 'unknown'],
    ['has no transaction number', { ...PAID, transaction_id: '' }, 'unknown'],
    [
      'has a transaction number as a JSON number that loses digits',
      { ...PAID, transaction_id: 1900000109202611210000000042 },
      'unknown',
    ],
    ['is a text', 'paid', 'unknown'],
    ['is missing', undefined, 'unknown'],
  ])('is interpreted when the order %s', async (_what, info, expected) => {
    expect(await queryState(info)).toEqual(expected);
  });

  it.each([
    ['at its time_expire', '2026-11-21T04:20:00.000Z', { state: 'OPEN' }],
    ['within the expiry margin', '2026-11-21T04:25:00.000Z', { state: 'OPEN' }],
    ['after the expiry margin', '2026-11-21T04:25:01.000Z', { state: 'CLOSED', isByExpiry: true }],
  ])('of an unpaid order depends on the time: %s', async (_what, at, expected) => {
    now = new Date(at);
    expect(await queryState({ ...PAID, trade_state: '1' })).toEqual(expected);
    const absent = expected.state === 'OPEN' ? { state: 'NOT_FOUND' } : expected;
    expect(await queryState({ ret_code: '88222005' })).toEqual(absent);
    expect(await queryState(PAID)).toMatchObject({ state: 'PAID' });
    expect(await queryState({ ret_code: 5 })).toBe('unknown');
  });

  it('has an unknown outcome for another app or without keys, and sends nothing', async () => {
    const request = provider.composePrepay(DRAFT);
    const elsewhere = { ...request, appId: 'wx7777777777777777' };
    expect(await provider.queryPayment(elsewhere)).toMatchObject({ kind: 'unknown' });
    await http.onApplicationShutdown();
    const keyless = new AppV1Provider(null, new Clock(), { provider: v2, mchId });
    expect(await keyless.queryPayment(request)).toMatchObject({ kind: 'unknown' });
    expect(await keyless.prepay(request)).toMatchObject({ kind: 'unknown' });
    for (const each of [keyless.prepayTtlSeconds(request), provider.prepayTtlSeconds(elsewhere)]) expect(each).toBe(0);
    expect(() => keyless.composePrepay(DRAFT)).toThrow('WECHAT_V1_PARTNER_KEY');
    expect(requests).toEqual([]);
  });

  it('refuses to close a payment, because the protocol has no such call', async () => {
    expect(await provider.closePayment()).toMatchObject({
      kind: 'refused',
      code: 'NO_CLOSE_CALL',
      action: 'RETRY_LATER',
    });
    expect(requests).toEqual([]);
  });
});

describe('app-v1 payment beside another protocol', () => {
  const registry = (): PaymentProviderRegistry =>
    new PaymentProviderRegistry([provider, v2], new WechatResponseSignal());

  it('begins with app-v1 for APP only, and only if it is configured', () => {
    const channelFor = (tradeType: PrepayDraft['tradeType']): string => registry().forTradeType(tradeType).channel;
    expect(channelFor('APP')).toBe('wechat-app-v1');
    for (const tradeType of ['JSAPI', 'NATIVE', 'MWEB'] as const) expect(channelFor(tradeType)).toBe('wechat-v2');
    provider = shop({ WECHAT_APP_PROTOCOL: 'v2' });
    expect(channelFor('APP')).toBe('wechat-v2');
  });

  it('continues with the protocol it was created with', async () => {
    const old = provider.composePrepay(DRAFT);
    const young = v2.composePrepay(DRAFT);
    await http.onApplicationShutdown();
    provider = shop({ WECHAT_APP_PROTOCOL: 'v2' });
    const [v1, other] = [registry().of(old.channel), registry().of(young.channel)];
    expect(await v1.prepay(old)).toMatchObject({ value: { prepayId: '1201000000261121a1b2c3d4e5f60718' } });
    expect(await other.prepay(young)).toMatchObject({ value: { prepayId: `prepay-${DRAFT.outTradeNo}` } });
    expect(v1.clientParameters(old, { prepayId: 'P', codeUrl: null })).toHaveProperty('partnerid');
    expect(v1.prepayTtlSeconds(old)).toBe(6600);
  });

  it('is refunded by the other protocol under its merchant number', () => {
    const payment = provider.composePrepay(DRAFT);
    const draft: RefundDraft = {
      outRefundNo: 'RF1',
      outTradeNo: DRAFT.outTradeNo,
      transactionId: PAID.transaction_id,
      paidFen: 1288,
      refundFen: 88,
      reason: '',
      notifyUrlBase: 'https://shop.example.com/wechat/notify',
      payment,
    };
    const account = { channel: 'wechat-v2', appId: appid, mchId };
    expect(provider.refundAccountOf(payment)).toEqual(account);
    expect(provider.composeRefund(draft)).toMatchObject(account);
  });
});
