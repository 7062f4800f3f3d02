import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GENPREPAY, V1_MERCHANT } from '../../../test/vectors/v1/client-vectors.js';
import { InMemoryWechatGateway } from '../../../test/support/in-memory-wechat-gateway.js';
import { Clock } from '../../common/clock.js';
import { Metrics } from '../../common/metrics.js';
import { readSettings } from '../../config/read-settings.js';
import { AccessTokenProvider } from '../access-token-provider.js';
import type { Outcome } from '../outcome.js';
import { channelOf } from '../payment-channel.js';
import { PlatformApiClient } from '../platform/platform-api.client.js';
import { PlatformHttpClient } from '../platform/platform-http.client.js';
import { WechatHttpClient } from '../wechat-http-client.js';
import { WechatAnswerSignal } from '../wechat-answer-signal.js';
import { WechatPayGatewayRouter } from '../wechat-pay-gateway-router.js';
import type { PrepayDraft, RefundDraft, WechatPayGateway } from '../wechat-pay.gateway.js';
import { appSignatureOf } from './app-signature.js';
import { appV1AccountOf } from './app-v1-account.js';
import { AppV1Gateway } from './app-v1.gateway.js';
import { buildPackage } from './build-package.js';
import { isPartnerSigned } from './partner-sign.js';
import { parseQuery } from './query-string.js';

const { appid, partnerId, partnerKey, paySignKey } = V1_MERCHANT;
const DRAFT: PrepayDraft = {
  outTradeNo: 'V1SHOP20261121001',
  tradeType: 'APP',
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
  ...{ ret_code: 0, ret_msg: '', input_charset: 'GBK', trade_state: '0', trade_mode: '1', partner: partnerId },
  ...{ bank_type: '2011', bank_billno: '1', total_fee: '1188', discount: '100', fee_type: '1' },
  ...{ transaction_id: '1900000109202611210000000042', out_trade_no: DRAFT.outTradeNo, time_end: '20261121120041' },
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
let gateway: AppV1Gateway;
let v2: InMemoryWechatGateway;
let requests: { url: string; body: Record<string, unknown> }[];
let answer: unknown;

function shop(environment: Record<string, string> = {}): AppV1Gateway {
  const settings = readSettings({
    WECHAT_API_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    WECHAT_APP_PROTOCOL: 'v1',
    ...environment,
  });
  const clock = new Clock();
  clock.follow({ now: () => now });
  http = new WechatHttpClient(settings);
  const api = new PlatformApiClient(
    new FixedAccessTokenProvider(),
    new PlatformHttpClient(settings, http, new Metrics(clock)),
  );
  v2 = new InMemoryWechatGateway(clock.now.bind(clock), () => undefined);
  return new AppV1Gateway(appV1AccountOf(settings), clock, api, v2);
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
  gateway = shop();
});
afterEach(async () => {
  await http.onApplicationShutdown();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

describe('app-v1 payment request', () => {
  it('is always composed as the same text, names its channel, and contains no secret', () => {
    const request = gateway.composePrepay(DRAFT);
    expect(gateway.composePrepay({ ...DRAFT })).toBe(request);
    expect(channelOf(request)).toEqual({ protocol: 'app-v1', appid });
    for (const secret of [partnerKey, paySignKey, 'sign']) expect(request).not.toContain(`"${secret}`);
    expect(JSON.parse(request)).toMatchObject({
      parameters: {
        ...{ notify_url: 'https://shop.example.com/wechat/notify/app-v1', total_fee: '1288', fee_type: '1' },
        ...{ time_start: '20261121120000', time_expire: '20261121122000', bank_type: 'WX', input_charset: 'UTF-8' },
      },
    });
  });

  it.each(['UTF-8', 'GBK'] as const)(
    'is signed twice and sent in the charset it was created with: %s',
    async (charset) => {
      const request = shop({ WECHAT_V1_CHARSET: charset }).composePrepay(DRAFT);
      await http.onApplicationShutdown();
      gateway = shop(); // the charset is configured differently later
      expect(await gateway.prepay(request)).toMatchObject({
        kind: 'done',
        value: { prepayId: '1201000000261121a1b2c3d4e5f60718', codeUrl: null },
      });
      expect(await gateway.prepay(request)).toMatchObject({ kind: 'done' });
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
  ])('has an unknown outcome when WeChat answers with %s', async (_what, given) => {
    answer = given;
    expect((await gateway.prepay(gateway.composePrepay(DRAFT))).kind).toBe('unknown');
  });

  it.each([
    [49004, 'not match signature', 'FIX_REQUEST'],
    [40097, 'invalid args: out_trade_no, order paid', 'ALREADY_PAID'],
    [40097, '该订单已支付', 'ALREADY_PAID'],
    [40097, 'invalid args: unpaid', 'FIX_REQUEST'],
    [45009, 'reach max api daily quota limit', 'RETRY_LATER'],
  ])('is refused with %s (%s), whose action is %s', async (errcode, errmsg, action) => {
    answer = { errcode, errmsg };
    const outcome = await gateway.prepay(gateway.composePrepay(DRAFT));
    expect(outcome).toMatchObject({ kind: 'refused', code: String(errcode), action });
  });

  it('returns seven lower-case parameters for the SDK, signed with the PaySignKey', () => {
    const request = gateway.composePrepay(DRAFT);
    const { sign, ...signed } = gateway.clientParameters(request, { prepayId: 'P1', codeUrl: null });
    expect(signed).toEqual({
      ...{ appid, partnerid: partnerId, prepayid: 'P1', package: 'Sign=WXPay', timestamp: '1795233604' },
      noncestr: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(sign).toBe(appSignatureOf(signed, paySignKey));
  });
});

describe('app-v1 payment query', () => {
  const states = async (info: unknown): Promise<unknown> => {
    answer = { errcode: 0, errmsg: 'ok', order_info: info };
    const outcome = await gateway.queryPayment(gateway.composePrepay(DRAFT));
    return outcome.kind === 'done' ? outcome.value : outcome.kind;
  };

  it('is signed twice', async () => {
    await states(PAID);
    const [{ url, body } = { url: '', body: {} }] = requests;
    expect(url).toBe('/pay/orderquery?access_token=TOKEN');
    const { app_signature, sign_method, ...signed } = body as Record<string, string>;
    const pack = buildPackage({ out_trade_no: DRAFT.outTradeNo, partner: partnerId }, { charset: 'UTF-8', partnerKey });
    expect(signed).toEqual({ appid, package: pack, timestamp: '1795233604' });
    expect([sign_method, app_signature]).toEqual(['sha1', appSignatureOf(signed, paySignKey)]);
  });

  it("adds the charged amount and WeChat's discount to the paid amount", async () => {
    expect(await states(PAID)).toEqual({
      ...{ state: 'PAID', outTradeNo: DRAFT.outTradeNo, transactionId: PAID.transaction_id, paidFen: 1288 },
      paidAt: new Date('2026-11-21T04:00:41.000Z'),
    });
    expect(await states({ ...PAID, total_fee: 1288, discount: 0 })).toMatchObject({ paidFen: 1288 });
    expect(await states({ ...PAID, total_fee: '0', discount: '1288' })).toMatchObject({ paidFen: 1288 });
  });

  it.each([
    ['is not paid', { ...PAID, trade_state: '1' }, { state: 'OPEN' }],
    ['does not exist', { ret_code: 88222005, ret_msg: '订单不存在' }, { state: 'ABSENT' }],
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
    expect(await states(info)).toEqual(expected);
  });

  it.each([
    ['at its time_expire', '2026-11-21T04:20:00.000Z', { state: 'OPEN' }],
    ['within the expiry margin', '2026-11-21T04:25:00.000Z', { state: 'OPEN' }],
    ['after the expiry margin', '2026-11-21T04:25:01.000Z', { state: 'CLOSED', isByExpiry: true }],
  ])('of an unpaid order depends on the time: %s', async (_what, at, expected) => {
    now = new Date(at);
    expect(await states({ ...PAID, trade_state: '1' })).toEqual(expected);
    const absent = expected.state === 'OPEN' ? { state: 'ABSENT' } : expected;
    expect(await states({ ret_code: '88222005' })).toEqual(absent);
    expect(await states(PAID)).toMatchObject({ state: 'PAID' });
    expect(await states({ ret_code: 5 })).toBe('unknown');
  });

  it('has an unknown outcome for another app or without keys, and sends nothing', async () => {
    const request = gateway.composePrepay(DRAFT);
    const elsewhere = request.replace(appid, 'wx7777777777777777');
    expect(await gateway.queryPayment(elsewhere)).toMatchObject({ kind: 'unknown' });
    await http.onApplicationShutdown();
    const keyless = new AppV1Gateway(null, new Clock(), {} as PlatformApiClient, v2);
    expect(await keyless.queryPayment(request)).toMatchObject({ kind: 'unknown' });
    expect(await keyless.prepay(request)).toMatchObject({ kind: 'unknown' });
    for (const each of [keyless.prepayTtlSeconds(request), gateway.prepayTtlSeconds(elsewhere)]) expect(each).toBe(0);
    expect(() => keyless.composePrepay(DRAFT)).toThrow('WECHAT_V1_PARTNER_KEY');
    expect(requests).toEqual([]);
  });

  it('refuses to close a payment, because the protocol has no such call', async () => {
    expect(await gateway.closePayment()).toMatchObject({
      kind: 'refused',
      code: 'NO_CLOSE_CALL',
      action: 'RETRY_LATER',
    });
    expect(requests).toEqual([]);
  });
});

describe('WechatPayGatewayRouter', () => {
  const channels = (isV1: boolean): WechatPayGateway =>
    new WechatPayGatewayRouter({ v2, appV1: gateway, appV1TradeTypes: isV1 ? ['APP'] : [] }, new WechatAnswerSignal());

  it('begins a payment with the configured protocol, app-v1 for APP only', () => {
    const protocolOf = (isV1: boolean, tradeType: PrepayDraft['tradeType']): string =>
      channelOf(channels(isV1).composePrepay({ ...DRAFT, tradeType })).protocol;
    expect(protocolOf(true, 'APP')).toBe('app-v1');
    expect(protocolOf(false, 'APP')).toBe('v2');
    for (const tradeType of ['JSAPI', 'NATIVE', 'MWEB'] as const) expect(protocolOf(true, tradeType)).toBe('v2');
  });

  it('continues each payment with the protocol it was created with', async () => {
    const [old, young] = [channels(true), channels(false)].map((each) => each.composePrepay(DRAFT));
    for (const today of [channels(true), channels(false)]) {
      expect(await today.prepay(old ?? '')).toMatchObject({ value: { prepayId: '1201000000261121a1b2c3d4e5f60718' } });
      expect(await today.prepay(young ?? '')).toMatchObject({ value: { prepayId: `prepay-${DRAFT.outTradeNo}` } });
      expect(today.clientParameters(old ?? '', { prepayId: 'P', codeUrl: null })).toHaveProperty('partnerid');
      expect(today.clientParameters(young ?? '', { prepayId: 'P', codeUrl: null })).toEqual({ package: 'P' });
      expect(await today.closePayment(old ?? '')).toMatchObject({ code: 'NO_CLOSE_CALL' });
      expect(today.prepayTtlSeconds(old ?? '')).toBe(6600);
    }
  });

  it('refunds by v2, whichever protocol the payment used', async () => {
    const paymentRequest = channels(true).composePrepay(DRAFT);
    const draft: RefundDraft = {
      ...{ outRefundNo: 'RF1', outTradeNo: DRAFT.outTradeNo, transactionId: PAID.transaction_id, paidFen: 1288 },
      ...{ refundFen: 88, reason: '', notifyUrl: 'https://shop.example.com/wechat/notify/refund', paymentRequest },
    };
    const request = channels(false).composeRefund(draft);
    expect(request).toBe(v2.composeRefund(draft));
    expect(await channels(false).refund(request)).toMatchObject({ kind: 'refused', code: 'ORDERNOTEXIST' });
    expect(await channels(false).queryRefund('RF1', paymentRequest)).toMatchObject({ value: { state: 'ABSENT' } });
  });
});
