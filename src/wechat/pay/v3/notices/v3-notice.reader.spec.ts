import { createCipheriv } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import fc from 'fast-check';
import { signAsWechat } from '../../../../../test/support/wechat/stub-v3-server.js';
import { createV3Fixture, V3_NOW, type V3Fixture } from '../../../../../test/support/wechat/v3-provider-fixture.js';
import { headersOf, type SignedVector, VECTORS } from '../../../../../test/vectors/v3/vectors.js';
import type { NoticeRequest } from '../../notice-request.js';

Logger.overrideLogger(false);

let fixture: V3Fixture;
let elapsed = 0;

beforeAll(async () => {
  fixture = await createV3Fixture(['http://127.0.0.1:1']);
});
afterAll(() => fixture.close());

/** Sets the clock to a moment after the message was signed. */
function at(timestamp: string, afterSeconds = 0): void {
  const target = Number(timestamp) - Math.floor(V3_NOW.getTime() / 1000) + afterSeconds;
  fixture.advance(target - elapsed);
  elapsed = target;
}

function requestOf(vector: SignedVector, changes: Partial<NoticeRequest> = {}): NoticeRequest {
  at(vector.timestamp);
  return { query: '', headers: headersOf(vector), body: Buffer.from(vector.body), isTruncated: false, ...changes };
}

const { notices, apiV3Key } = VECTORS;
const envelopeOf = (vector: SignedVector) =>
  JSON.parse(vector.body) as Record<string, unknown> & { resource: Record<string, unknown> };

/** A notice of WeChat with this text inside, signed now. */
function noticeOf(
  plain: unknown,
  changes: { envelope?: object; resource?: object; body?: string } = {},
): NoticeRequest {
  at(notices.V6.timestamp);
  const text = typeof plain === 'string' ? plain : JSON.stringify(plain);
  const cipher = createCipheriv('aes-256-gcm', apiV3Key, 'fdasfjihihih');
  cipher.setAAD(Buffer.from('transaction'));
  const bytes = Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()]);
  const envelope = envelopeOf(notices.V6);
  const resource = { ...envelope.resource, ciphertext: bytes.toString('base64'), ...changes.resource };
  const body = changes.body ?? JSON.stringify({ ...envelope, resource, ...changes.envelope });
  const headers = signAsWechat(body, fixture.clock.now());
  return { query: '', headers, body: Buffer.from(body), isTruncated: false };
}

const paidText = () => JSON.parse(notices.V6.plain ?? '') as Record<string, unknown>;
const read = (request: NoticeRequest) => fixture.provider.readPaymentNotice(request);
const refusalOf = (request: NoticeRequest) => {
  const notice = read(request);
  return notice.kind === 'refused' ? notice.refusal : notice.kind;
};

describe('v3 notices', () => {
  it('V6: reads a payment', () => {
    expect(read(requestOf(notices.V6))).toEqual({
      kind: 'paid',
      paid: {
        outTradeNo: 'T20260921000001',
        transactionId: '4200009999202609210000000001',
        paidFen: 888,
        paidAt: new Date('2026-09-21T14:14:20Z'),
      },
      account: { channel: 'wechat-v3', appId: VECTORS.appid, mchId: VECTORS.mchid },
      raw: notices.V6.plain,
    });
  });

  it('V7 and V14: reads refunds, also an abnormal one', () => {
    expect(fixture.provider.readRefundNotice(requestOf(notices.V7))).toMatchObject({
      kind: 'parsed',
      transactionId: '4200009999202609210000000001',
      paidFen: 888,
      account: { channel: 'wechat-v3', appId: null, mchId: VECTORS.mchid },
      isFromMerchantPlatform: false,
      refund: { outRefundNo: 'R20260921000001', refundFen: 444, state: 'SUCCEEDED', error: null },
    });
    expect(fixture.provider.readRefundNotice(requestOf(notices.V14))).toMatchObject({
      refund: { outRefundNo: 'R20260921000002', state: 'ABNORMAL', succeededAt: null, error: { code: 'ABNORMAL' } },
    });
  });

  it('V19: accepts the notice under the public key, and not under a certificate that is not held', () => {
    expect(read(requestOf(notices.V19repeat)).kind).toBe('paid');
    expect(refusalOf(requestOf(notices.V19first))).toBe('UNKNOWN_KEY');
  });

  it('rejects what belongs to the other address, or to v2', () => {
    expect(refusalOf(requestOf(notices.V7))).toBe('UNKNOWN_EVENT');
    expect(fixture.provider.readRefundNotice(requestOf(notices.V6))).toMatchObject({ refusal: 'UNKNOWN_EVENT' });
    const xml = Buffer.from('<xml><return_code>SUCCESS</return_code></xml>');
    expect(refusalOf(requestOf(notices.V6, { body: xml, headers: {} }))).toBe('BAD_SIGNATURE');
  });

  it('V16: rejects a probe under a name of its own', () => {
    const headers = { ...headersOf(notices.V6), 'wechatpay-signature': VECTORS.answers.V16.signature };
    expect(refusalOf(requestOf(notices.V6, { headers }))).toBe('SIGNATURE_PROBE');
    expect(fixture.provider.reply({ kind: 'refused', reason: 'SIGNATURE_PROBE' })).toEqual({
      status: 401,
      contentType: 'application/json; charset=utf-8',
      body: '{"code":"FAIL","message":"SIGNATURE_PROBE"}',
    });
  });

  it.each([
    ['another merchant', { mchid: '1900000110' }, 'FOREIGN_MERCHANT'],
    ['no merchant', { mchid: undefined }, 'FOREIGN_MERCHANT'],
    ['a merchant that is a number', { mchid: 1900000109 }, 'FOREIGN_MERCHANT'],
    ['no app', { appid: undefined }, 'FOREIGN_MERCHANT'],
    ['another currency', { amount: { total: 888, currency: 'HKD' } }, 'FOREIGN_CURRENCY'],
    ['an amount that is a text', { amount: { total: '888' } }, 'MALFORMED'],
    ['a negative amount', { amount: { total: -888 } }, 'MALFORMED'],
    ['a fraction of a fen', { amount: { total: 888.5 } }, 'MALFORMED'],
    ['no amount', { amount: undefined }, 'MALFORMED'],
    ['a combined payment', { out_trade_no: undefined, combine_out_trade_no: 'T1' }, 'MALFORMED'],
    ['another state', { trade_state: 'NOTPAY' }, 'MALFORMED'],
    ['no time', { success_time: '' }, 'MALFORMED'],
  ])('rejects a text with %s', (_name, changes: object, refusal) => {
    expect(refusalOf(noticeOf({ ...paidText(), ...changes }))).toBe(refusal);
  });

  it.each([
    ['a repeated name', '{"mchid":"1","mchid":"2"}'],
    ['a prototype', '{"__proto__":{"mchid":"1900000109"}}'],
    ['deep nesting', `${'{"a":'.repeat(40)}1${'}'.repeat(40)}`],
    ['a list', '[]'],
    ['no JSON', 'null'],
  ])('rejects %s inside and outside of the encryption', (_name, text) => {
    expect(refusalOf(noticeOf(text))).toBe('MALFORMED');
    expect(refusalOf(noticeOf(paidText(), { body: text }))).toBe('MALFORMED');
  });

  it.each([
    ['an unknown event', { envelope: { event_type: 'TRANSACTION.PAYSCORE' } }, 'UNKNOWN_EVENT'],
    ['an event named like a property', { envelope: { event_type: 'constructor' } }, 'UNKNOWN_EVENT'],
    ['another type', { resource: { original_type: 'profitsharing' } }, 'UNKNOWN_EVENT'],
    ['other associated data', { resource: { associated_data: 'refund' } }, 'UNDECRYPTABLE'],
    ['a huge ciphertext', { resource: { ciphertext: 'A'.repeat(70_000) } }, 'UNDECRYPTABLE'],
    ['no resource', { envelope: { resource: 'x' } }, 'MALFORMED'],
  ])('rejects %s', (_name, changes, refusal) => {
    expect(refusalOf(noticeOf(paidText(), changes))).toBe(refusal);
  });

  it('rejects a truncated body before it is read', () => {
    expect(refusalOf(requestOf(notices.V6, { isTruncated: true }))).toBe('TOO_LARGE');
  });

  it('replies with 204 when it is applied, and otherwise with a status that makes WeChat repeat it', () => {
    expect(fixture.provider.reply({ kind: 'accepted' })).toMatchObject({ status: 204, body: '' });
    const statusOf = (reason: string): number => fixture.provider.reply({ kind: 'refused', reason }).status;
    expect(['STALE', 'MALFORMED', 'AMOUNT_MISMATCH', 'TOO_LARGE', 'RETRY', 'BUSY', 'toString'].map(statusOf)).toEqual([
      ...[401, 400, 422, 413, 500, 503, 422],
    ]);
  });
});

describe('v3 notices: properties', () => {
  const original = Buffer.from(notices.V6.body);

  it('any changed byte of the body is refused', () => {
    fc.assert(
      fc.property(fc.nat(original.length - 1), fc.integer({ min: 1, max: 255 }), (index, change) => {
        const body = Buffer.from(original);
        body[index] = (body[index] ?? 0) ^ change;
        expect(refusalOf(requestOf(notices.V6, { body }))).toBe('BAD_SIGNATURE');
      }),
    );
  });

  it('any changed character of a signature header is refused', () => {
    const names = ['timestamp', 'nonce', 'serial', 'signature'].map((name) => `wechatpay-${name}`);
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.nat(), fc.integer({ min: 32, max: 126 }), (name, where, code) => {
        const headers = headersOf(notices.V6);
        const value = headers[name] ?? '';
        const index = where % value.length;
        const changed = value.slice(0, index) + String.fromCharCode(code) + value.slice(index + 1);
        fc.pre(changed !== value);
        expect(read(requestOf(notices.V6, { headers: { ...headers, [name]: changed } })).kind).toBe('refused');
      }),
    );
  });

  it('a signature is refused when another text of base64 has the same bytes', () => {
    const headers = headersOf(notices.V6);
    const signature = headers['wechatpay-signature'] ?? '';
    const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    const last = signature.replace(/=+$/, '').length - 1;
    const next = ALPHABET[ALPHABET.indexOf(signature[last] ?? '') + 1] ?? '';
    const altered = signature.slice(0, last) + next + signature.slice(last + 1);
    expect(Buffer.from(altered, 'base64')).toEqual(Buffer.from(signature, 'base64'));
    expect(refusalOf(requestOf(notices.V6, { headers: { ...headers, 'wechatpay-signature': altered } }))).toBe(
      'BAD_SIGNATURE',
    );
  });

  it('a repetition of the same bytes is refused from five minutes on', () => {
    fc.assert(
      fc.property(fc.integer({ min: -86_400, max: 30 * 86_400 }), (seconds) => {
        const request = requestOf(notices.V6);
        at(notices.V6.timestamp, seconds);
        const isFresh = seconds > -300 && seconds < 300;
        expect(refusalOf(request)).toBe(isFresh ? 'paid' : 'STALE');
      }),
    );
  });
});
