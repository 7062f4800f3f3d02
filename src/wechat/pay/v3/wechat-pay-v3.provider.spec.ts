import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import {
  decryptAsWechat,
  isSignedByMerchant,
  StubV3Server,
  type V3StubAnswer,
} from '../../../../test/support/wechat/stub-v3-server.js';
import {
  createV3Fixture,
  V3_DRAFT,
  V3_NOW,
  type V3Fixture,
} from '../../../../test/support/wechat/v3-provider-fixture.js';
import { VECTORS } from '../../../../test/vectors/v3/vectors.js';
import type { StoredRequest } from '../payment-channel.js';
import type { PrepayDraft, RefundDestination, RefundDraft } from '../payment-types.js';

Logger.overrideLogger(false);

let host: StubV3Server;
let backup: StubV3Server;
let fixture: V3Fixture;

beforeEach(async () => {
  [host, backup] = [new StubV3Server(() => fixture.clock.now()), new StubV3Server(() => fixture.clock.now())];
  await Promise.all([host.open(), backup.open()]);
  fixture = await createV3Fixture([host.url, backup.url]);
});
afterEach(async () => {
  await fixture.close();
  await Promise.all([host.close(), backup.close()]);
});

const compose = (changes: Partial<PrepayDraft> = {}): StoredRequest =>
  fixture.provider.composePrepay({ ...V3_DRAFT, ...changes });
const bodyOf = (text: string | undefined): Record<string, unknown> => JSON.parse(text ?? '') as Record<string, unknown>;
const answers = (body: object, rest: V3StubAnswer = {}): V3StubAnswer => ({ body: JSON.stringify(body), ...rest });
const refuses = (status: number, code: string, message = '…', rest: V3StubAnswer = {}): V3StubAnswer =>
  answers({ code, message }, { status, ...rest });

const REFUND: RefundDraft = {
  outRefundNo: 'R20260921000001',
  outTradeNo: V3_DRAFT.outTradeNo,
  transactionId: '4200009999202609210000000001',
  paidFen: 888,
  refundFen: 444,
  reason: '七天无理由',
  notifyUrlBase: V3_DRAFT.notifyUrlBase,
  payment: { channel: 'wechat-v3', appId: VECTORS.appid, mchId: VECTORS.mchid },
};
const PAID = {
  appid: VECTORS.appid,
  mchid: VECTORS.mchid,
  out_trade_no: V3_DRAFT.outTradeNo,
  transaction_id: '4200009999202609210000000001',
  trade_type: 'JSAPI',
  trade_state: 'SUCCESS',
  success_time: '2026-12-23T12:20:00+08:00',
  amount: { total: 888, payer_total: 788, currency: 'CNY' },
};

describe('v3 provider: requests', () => {
  it.each([
    ['JSAPI', 'jsapi', { prepay_id: 'wx1' }, { prepayId: 'wx1', codeUrl: null }],
    ['APP', 'app', { prepay_id: 'wx1' }, { prepayId: 'wx1', codeUrl: null }],
    ['NATIVE', 'native', { code_url: 'weixin://x' }, { prepayId: '', codeUrl: 'weixin://x' }],
    [
      'MWEB',
      'h5',
      { h5_url: 'https://wx.tenpay.com/x?prepay_id=1' },
      { codeUrl: 'https://wx.tenpay.com/x?prepay_id=1' },
    ],
  ] as const)('creates a payment of type %s at its own path', async (tradeType, path, answer, value) => {
    host.respond = () => answers(answer);
    expect(await fixture.provider.prepay(compose({ tradeType }))).toMatchObject({ kind: 'done', value });
    const [request] = host.requests;
    expect(request).toMatchObject({ method: 'POST', path: `/v3/pay/transactions/${path}` });
    expect(request && isSignedByMerchant(request)).toBe(true);
    expect(request?.headers).toMatchObject({
      accept: 'application/json',
      'content-type': 'application/json',
      'user-agent': 'wx-checkout',
      'wechatpay-serial': VECTORS.publicKeyId,
    });
    const body = bodyOf(request?.body);
    expect(body['payer']).toEqual(tradeType === 'JSAPI' ? { openid: V3_DRAFT.openid } : undefined);
    expect(body).toMatchObject({
      appid: VECTORS.appid,
      mchid: VECTORS.mchid,
      description: '测试商品-A',
      out_trade_no: V3_DRAFT.outTradeNo,
      time_expire: '2026-12-23T12:48:45+08:00',
      notify_url: 'https://shop.example.com/wechat/notify/v3/payment',
      amount: { total: 888, currency: 'CNY' },
      scene_info: { payer_client_ip: '203.0.113.9', ...(tradeType === 'MWEB' && { h5_info: { type: 'Wap' } }) },
    });
  });

  it('sends the same body every time, with a new nonce', async () => {
    host.respond = () => answers({ prepay_id: 'wx1' });
    const payment = compose();
    await fixture.provider.prepay(payment);
    await fixture.provider.prepay({ ...payment });
    const [first, second] = host.requests;
    expect(first?.body).toBe(second?.body);
    expect(first?.headers.authorization).not.toBe(second?.headers.authorization);
  });

  it('keeps texts within their bytes, without characters of four bytes, and never empty', () => {
    const descriptionOf = (description: string): unknown =>
      (bodyOf(compose({ description }).request)['body'] as Record<string, unknown>)['description'];
    expect(descriptionOf('测'.repeat(60))).toBe('测'.repeat(42));
    expect(descriptionOf('🍎apple\n🍎')).toBe('apple');
    expect(descriptionOf('🍎')).toBe(V3_DRAFT.outTradeNo);
  });

  it('queries and closes with the merchant number where WeChat wants it', async () => {
    host.respond = ({ method }) => (method === 'GET' ? answers(PAID) : { status: 204 });
    const payment = compose();
    expect(await fixture.provider.queryPayment(payment)).toMatchObject({
      kind: 'done',
      value: { state: 'PAID', paidFen: 888, paidAt: new Date('2026-12-23T04:20:00Z') },
    });
    expect(await fixture.provider.closePayment(payment)).toMatchObject({ kind: 'done', value: null });
    const [query, close] = host.requests;
    const number = `/v3/pay/transactions/out-trade-no/${V3_DRAFT.outTradeNo}`;
    expect(query).toMatchObject({ path: `${number}?mchid=${VECTORS.mchid}`, body: '' });
    expect(close).toMatchObject({ path: `${number}/close`, body: JSON.stringify({ mchid: VECTORS.mchid }) });
    expect(host.requests.every(isSignedByMerchant)).toBe(true);
  });

  it("queries a payment by WeChat's number, and accepts no response about another one", async () => {
    const account = { channel: 'wechat-v3', appId: VECTORS.appid, mchId: VECTORS.mchid } as const;
    const query = (transactionId = PAID.transaction_id) => fixture.provider.queryTransaction(transactionId, account);
    host.respond = () => answers(PAID);
    expect(await query()).toMatchObject({
      kind: 'done',
      value: { state: 'PAID', outTradeNo: V3_DRAFT.outTradeNo, transactionId: PAID.transaction_id, paidFen: 888 },
    });
    expect(host.requests[0]).toMatchObject({
      method: 'GET',
      path: `/v3/pay/transactions/id/${PAID.transaction_id}?mchid=${VECTORS.mchid}`,
    });
    expect(await query('4200009999202609210000000002')).toMatchObject({ kind: 'unknown' });
    for (const changes of [{ mchid: '1900000110' }, { appid: 'wx7777777777777777' }]) {
      host.respond = () => answers({ ...PAID, ...changes });
      expect(await query()).toMatchObject({ kind: 'unknown' });
    }
    host.respond = () => refuses(404, 'ORDER_NOT_EXIST');
    expect(await query()).toMatchObject({ kind: 'done', value: { state: 'NOT_FOUND' } });
    host.respond = () => refuses(500, 'SYSTEM_ERROR');
    expect(await query()).toMatchObject({ kind: 'unknown' });
  });

  it('V20: composes the documented refund and reads its response', async () => {
    const refund = fixture.provider.composeRefund(REFUND);
    const documented = VECTORS.requests.V20.body.replace('/notify/refund', '/wechat/notify/v3/refund');
    expect(refund.request).toBe(documented);
    host.respond = () => ({ body: VECTORS.answers.V20accepted.body });
    expect(await fixture.provider.refund(refund)).toMatchObject({
      kind: 'done',
      value: { wechatRefundId: '50300009992026092100000000001' },
    });
    expect(host.requests[0]).toMatchObject({ path: '/v3/refund/domestic/refunds', body: documented });
    expect(await fixture.provider.queryRefund('R20260921000001')).toMatchObject({
      kind: 'done',
      value: { state: 'PROCESSING', refundFen: 444 },
    });
  });

  it('completes an abnormal refund to the merchant, or to a debit card whose number and holder are encrypted', async () => {
    host.respond = () => ({ body: VECTORS.answers.V20accepted.body });
    const refund = { outRefundNo: REFUND.outRefundNo, wechatRefundId: '50300009992026092100000000001' };
    const complete = (destination: RefundDestination) =>
      fixture.provider.completeAbnormalRefund({ ...refund, destination });
    expect(await complete({ to: 'MERCHANT' })).toMatchObject({ kind: 'done', value: { state: 'PROCESSING' } });
    const card = { bankType: 'CMB_DEBIT', bankAccount: '6225880137000000', realName: '张三' };
    await complete({ to: 'USER_BANK_CARD', ...card });
    const [merchant, user] = host.requests;
    const path = `/v3/refund/domestic/refunds/${refund.wechatRefundId}/apply-abnormal-refund`;
    expect(merchant).toMatchObject({ path, body: '{"out_refund_no":"R20260921000001","type":"MERCHANT_BANK_CARD"}' });
    expect(user?.headers['wechatpay-serial']).toBe(VECTORS.publicKeyId);
    const { bank_account, real_name, ...rest } = bodyOf(user?.body);
    expect(rest).toEqual({ out_refund_no: 'R20260921000001', type: 'USER_BANK_CARD', bank_type: 'CMB_DEBIT' });
    expect([decryptAsWechat(bank_account), decryptAsWechat(real_name)]).toEqual([card.bankAccount, card.realName]);
  });

  it('a response about another payment, merchant, currency or refund is unusable', async () => {
    for (const changes of [
      ...[{ out_trade_no: 'T2' }, { mchid: '1900000110' }, { appid: 'wx7777777777777777' }, { trade_state: 'NEW' }],
      ...[{ amount: { total: 888, currency: 'USD' } }, { amount: { total: '888' } }, { amount: { total: 8.88 } }],
      ...[{ success_time: '2026-02-30T00:00:00Z' }, { transaction_id: 4200009999 }, { transaction_id: '' }],
    ]) {
      host.respond = () => answers({ ...PAID, ...changes });
      expect(await fixture.provider.queryPayment(compose())).toMatchObject({ kind: 'unknown' });
    }
    for (const changes of [{ out_refund_no: 'R2' }, { amount: { refund: 443 } }, { transaction_id: 'x' }]) {
      host.respond = () => answers({ ...bodyOf(VECTORS.answers.V20accepted.body), ...changes });
      expect(await fixture.provider.refund(fixture.provider.composeRefund(REFUND))).toMatchObject({ kind: 'unknown' });
    }
  });
});

describe('v3 provider: verification of responses', () => {
  const outcomeOf = async (answer: V3StubAnswer) => {
    host.respond = () => answer;
    return fixture.provider.prepay(compose());
  };
  const PREPAID = { body: '{"prepay_id":"wx1"}' };

  it.each([
    ['a wrong signature', { signature: (right: string) => `${right.slice(0, -4)}AAA=` }],
    ['no signature', { signature: null }],
    ['a signature that is no base64', { signature: () => '!!!' }],
    ['a timestamp five minutes ago', { offsetSeconds: -300 }],
    ['a timestamp in five minutes', { offsetSeconds: 301 }],
    ['an unknown serial', { serial: 'PUB_KEY_ID_0000000000000000000000000000000000' }],
    ['a probe each time', { signature: (right: string) => `WECHATPAY/SIGNTEST/${right}` }],
  ])('%s leaves the outcome unknown', async (_name, changes: V3StubAnswer) => {
    const failure = { kind: 'BAD_SIGNATURE' };
    expect(await outcomeOf({ ...PREPAID, ...changes })).toMatchObject({ kind: 'unknown', failure });
    expect(await outcomeOf({ ...refuses(403, 'NO_AUTH'), ...changes })).toMatchObject({ kind: 'unknown' });
  });

  it('V16: a probe is answered by one repetition, whose response counts', async () => {
    let calls = 0;
    host.respond = () => ({ ...PREPAID, ...(calls++ === 0 && { signature: () => VECTORS.answers.V16.signature }) });
    expect(await fixture.provider.prepay(compose())).toMatchObject({ kind: 'done' });
    expect(host.requests).toHaveLength(2);
  });

  it.each([
    '[]',
    '',
    '{',
    '{"prepay_id":"a","prepay_id":"b"}',
    `${'['.repeat(50)}${']'.repeat(50)}`,
    '{"prepay_id":7}',
  ])('a signed response that is not usable leaves the outcome unknown: %s', async (body) => {
    expect(await outcomeOf({ body })).toMatchObject({ kind: 'unknown', failure: { kind: 'UNUSABLE_ANSWER' } });
  });

  it.each([
    [401, 'SIGN_ERROR', 'FIX_REQUEST'],
    [400, 'INVALID_REQUEST', 'FIX_REQUEST'],
  ])('an unsigned refusal before authentication is final: %i %s', async (status, code, action) => {
    expect(await outcomeOf(refuses(status, code, '签名错误', { signature: null }))).toMatchObject({
      kind: 'refused',
      code,
      action,
    });
  });

  it.each([
    [404, 'ORDER_NOT_EXIST'],
    [403, 'OUT_TRADE_NO_USED'],
    [400, 'ORDER_PAID'],
    [500, 'SYSTEM_ERROR'],
    [429, 'FREQUENCY_LIMITED'],
  ])('any other unsigned refusal proves nothing: %i %s', async (status, code) => {
    const unsigned = refuses(status, code, '…', { signature: null });
    expect(await outcomeOf(unsigned)).toMatchObject({ kind: 'unknown' });
    expect(await fixture.provider.queryPayment(compose())).toMatchObject({ kind: 'unknown' });
    expect(await fixture.provider.queryRefund('R1')).toMatchObject({ kind: 'unknown' });
  });

  it('an empty 404 or 405, or a page of a proxy, proves nothing', async () => {
    for (const status of [404, 405, 502])
      expect(await outcomeOf({ status, body: status === 502 ? '<html>' : '', signature: null })).toMatchObject({
        kind: 'unknown',
        failure: { kind: 'HTTP_ERROR', code: `HTTP ${status}` },
      });
  });

  it('a refused timestamp names the clock, and the call may be repeated', async () => {
    const message = 'Http头Authorization中的timestamp与发起请求的时间不得超过5分钟';
    const outcome = await outcomeOf(refuses(401, 'SIGN_ERROR', message, { signature: null }));
    expect(outcome).toMatchObject({ kind: 'unknown', reason: expect.stringContaining('clock') });
  });

  it("a verified response compares WeChat's clock with ours, and readiness says when they differ by six minutes", async () => {
    await outcomeOf(PREPAID);
    expect(fixture.clockMonitor.untrustedReason).toBeNull();
    expect(await outcomeOf({ ...PREPAID, offsetSeconds: 360 })).toMatchObject({ kind: 'unknown' });
    expect(fixture.clockMonitor.untrustedReason).toMatch(/differs by -?360 s from the clock of WeChat/);
    expect(fixture.clock.now()).toEqual(V3_NOW);
  });
});

describe('v3 provider: hosts and limits', () => {
  const drop = (): 'no response' => 'no response';

  it('asks the backup host when no response comes to a call that may be repeated, with the same signature', async () => {
    host.respond = (_request, response) => {
      response.socket?.destroy();
      return 'no response';
    };
    backup.respond = () => answers({ prepay_id: 'wx1' });
    expect(await fixture.provider.prepay(compose())).toMatchObject({ kind: 'done' });
    expect(backup.requests[0]?.headers.authorization).toBe(host.requests[0]?.headers.authorization);
  });

  it('never sends a refund a second time when the first may have been received', async () => {
    host.respond = drop;
    backup.respond = drop;
    expect(await fixture.provider.refund(fixture.provider.composeRefund(REFUND))).toMatchObject({
      kind: 'unknown',
      failure: { kind: 'CONNECTION_BROKEN' },
    });
    expect(backup.requests).toHaveLength(0);
  });

  it('refunds at the backup host when the first cannot be reached', async () => {
    await host.close();
    backup.respond = () => ({ body: VECTORS.answers.V20accepted.body });
    expect(await fixture.provider.refund(fixture.provider.composeRefund(REFUND))).toMatchObject({ kind: 'done' });
  });

  it('waits as long as Retry-After says before the next call of that kind', async () => {
    host.respond = () => refuses(429, 'FREQUENCY_LIMITED', '…', { headers: { 'retry-after': '20' } });
    const limited = { kind: 'refused', code: 'FREQUENCY_LIMITED', action: 'RETRY_LATER' };
    expect(await fixture.provider.queryPayment(compose())).toMatchObject(limited);
    expect(await fixture.provider.queryPayment(compose())).toMatchObject(limited);
    expect(host.requests).toHaveLength(1);
    host.respond = () => answers(PAID);
    fixture.advance(21);
    expect(await fixture.provider.queryPayment(compose())).toMatchObject({ kind: 'done' });
  });

  it('a refund that meets the limit may have been accepted: it is queried first', async () => {
    host.respond = () => refuses(429, 'FREQUENCY_LIMITED');
    const outcome = await fixture.provider.refund(fixture.provider.composeRefund(REFUND));
    expect(outcome).toMatchObject({ kind: 'refused', action: 'QUERY_FIRST' });
  });
});
