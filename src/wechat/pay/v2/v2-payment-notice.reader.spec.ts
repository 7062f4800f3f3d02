import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MERCHANT, messageText } from '../../../../test/vectors/v2/vectors.js';
import { readSettings } from '../../../config/read-settings.js';
import type { NoticeRefusal } from '../notice.js';
import type { NoticeRequest } from '../notice-request.js';
import { type Fields, sign } from './signature.js';
import { v2AccountOf } from './v2-account.js';
import { replyToV2Notice, V2NoticeReader } from './v2-notice.reader.js';
import { buildXml, parseXml } from '../../xml.js';

const notices = new V2NoticeReader(v2AccountOf(readSettings({})));
const documented: Fields = parseXml(messageText('payment-notice'));

const requestOf = (message: string | Buffer, isTruncated = false): NoticeRequest => ({
  query: '',
  headers: {},
  body: Buffer.from(message),
  isTruncated,
});
const read = (message: string | Buffer): ReturnType<V2NoticeReader['readPayment']> =>
  notices.readPayment(requestOf(message));

/** The documented notice with some fields changed or omitted, signed again as WeChat would sign it. */
function notice(changes: Record<string, string | undefined>, key: string = MERCHANT.key): string {
  const fields = Object.fromEntries(
    Object.entries({ ...documented, ...changes }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  return buildXml({ ...fields, sign: sign(fields, key, 'MD5') });
}

const refused = (refusal: NoticeRefusal, outTradeNo: string | null = 'SHOP20261121000001'): unknown => ({
  kind: 'refused',
  refusal,
  outTradeNo,
});

describe('v2 payment notice', () => {
  it('with a coupon uses total_fee as the amount, not cash_fee', () => {
    expect(documented['cash_fee']).toBe('1188');
    expect(read(messageText('payment-notice'))).toEqual({
      kind: 'paid',
      paid: {
        outTradeNo: 'SHOP20261121000001',
        transactionId: '4200002910202611211234567890',
        paidFen: 1288,
        paidAt: new Date('2026-11-21T04:00:41.000Z'),
      },
      account: { channel: 'wechat-v2', appId: MERCHANT.appid, mchId: MERCHANT.mchId },
    });
  });

  it('is accepted with HMAC-SHA256 although no field names the algorithm', () => {
    expect(read(messageText('payment-notice-hmac'))).toMatchObject({ kind: 'paid', paid: { paidFen: 5000 } });
  });

  it.each<[string, Record<string, string | undefined>]>([
    ['with undocumented fields', { sim_extra: 'x', promotion_detail: '{"promotion_detail":[]}' }],
    ['with sign_type', { sign_type: 'MD5' }],
    ['without a currency', { fee_type: undefined }],
    ['with an empty attach', { attach: '' }],
  ])('is accepted %s', (_what, changes) => {
    expect(read(notice(changes))).toMatchObject({ kind: 'paid', paid: { paidFen: 1288 } });
  });

  it('for another app of the merchant is accepted and names the app', () => {
    const elsewhere = { channel: 'wechat-v2', appId: 'wx0000000000000000', mchId: MERCHANT.mchId };
    expect(read(notice({ appid: elsewhere.appId }))).toMatchObject({ kind: 'paid', account: elsewhere });
  });

  it('of a failed payment is read as failed', () => {
    const failure = { result_code: 'FAIL', err_code: 'PAYERROR', transaction_id: undefined, total_fee: undefined };
    expect(read(notice(failure))).toEqual({ kind: 'failed', outTradeNo: 'SHOP20261121000001', code: 'PAYERROR' });
    expect(read(notice({ ...failure, err_code: undefined }))).toMatchObject({ kind: 'failed', code: 'FAIL' });
  });
});

describe('v2 payment notice: rejected when it', () => {
  it.each<[string, string, unknown]>([
    ['is empty', '', refused('MALFORMED', null)],
    ['is not XML', '{"return_code":"SUCCESS"}', refused('MALFORMED', null)],
    ['has a DOCTYPE', `<!DOCTYPE xml>${notice({})}`, refused('MALFORMED', null)],
    ['has no return_code', notice({ return_code: undefined }), refused('MALFORMED')],
    ['has another return_code', notice({ return_code: 'OK' }), refused('MALFORMED')],
    ['has return_code FAIL', messageText('return-code-fail-answer'), refused('RETURN_FAIL', null)],
    ['has no signature', buildXml({ ...documented, sign: '' }), refused('BAD_SIGNATURE')],
    [
      'has another price under the old signature',
      buildXml({ ...documented, total_fee: '1' }),
      refused('BAD_SIGNATURE'),
    ],
    ['is signed with another key', notice({}, 'f'.repeat(32)), refused('BAD_SIGNATURE')],
    ['names no app', notice({ appid: undefined }), refused('FOREIGN_MERCHANT')],
    ['is for another merchant', notice({ mch_id: '1900000110' }), refused('FOREIGN_MERCHANT')],
    ['names no merchant', notice({ mch_id: undefined }), refused('FOREIGN_MERCHANT')],
    ['names no payment', notice({ out_trade_no: undefined }), refused('MALFORMED', null)],
    ['has no result_code', notice({ result_code: undefined }), refused('MALFORMED')],
    ['has another result_code', notice({ result_code: 'MAYBE' }), refused('MALFORMED')],
    ['is in dollars', notice({ fee_type: 'USD' }), refused('FOREIGN_CURRENCY')],
    ['has no price', notice({ total_fee: undefined }), refused('MALFORMED')],
    ['has the price 0', notice({ total_fee: '0' }), refused('MALFORMED')],
    ['has a negative price', notice({ total_fee: '-1288' }), refused('MALFORMED')],
    ['has a price in yuan', notice({ total_fee: '12.88' }), refused('MALFORMED')],
    ['has a price with an exponent', notice({ total_fee: '1e3' }), refused('MALFORMED')],
    ['has a price with white space', notice({ total_fee: ' 1288' }), refused('MALFORMED')],
    ['has a price that is too large', notice({ total_fee: '9'.repeat(20) }), refused('MALFORMED')],
    ['has no transaction number', notice({ transaction_id: undefined }), refused('MALFORMED')],
    ['has no time', notice({ time_end: undefined }), refused('MALFORMED')],
    ['has an impossible time', notice({ time_end: '20260230120000' }), refused('MALFORMED')],
  ])('%s', (_what, message, expected) => {
    expect(read(message)).toEqual(expected);
  });

  it('is longer than the limit', () => {
    expect(notices.readPayment(requestOf(notice({}), true))).toEqual(refused('TOO_LARGE', null));
  });

  /** Each fault has its own check; two faults at once show which check comes first. */
  const faults: readonly [string, Record<string, string | undefined>, NoticeRefusal | 'failed'][] = [
    ['return_code', { return_code: 'FAIL' }, 'RETURN_FAIL'],
    ['signature', { sign: 'A'.repeat(32) }, 'BAD_SIGNATURE'],
    ['merchant', { mch_id: '1900000110' }, 'FOREIGN_MERCHANT'],
    ['result_code', { result_code: 'FAIL' }, 'failed'],
    ['currency', { fee_type: 'USD' }, 'FOREIGN_CURRENCY'],
    ['amount', { total_fee: '0' }, 'MALFORMED'],
  ];
  const pairs = faults.flatMap((first, place) => faults.slice(place + 1).map((second) => ({ first, second })));

  it.each(pairs)('fails at $first.0 before $second.0 is checked', ({ first, second }) => {
    const changes = { ...second[1], ...first[1] };
    const signed = parseXml(notice(changes));
    const result = read(buildXml('sign' in changes ? { ...signed, sign: 'A'.repeat(32) } : signed));
    expect(result.kind === 'refused' ? result.refusal : result.kind).toBe(first[2]);
  });

  it('has any single byte changed, without throwing', () => {
    const bytes = Buffer.from(messageText('payment-notice'));
    const changes = fc.record({ at: fc.nat(bytes.length - 1), value: fc.nat(255) });
    const original = read(bytes);
    fc.assert(
      fc.property(changes, ({ at, value }) => {
        const changed = Buffer.from(bytes);
        changed[at] = value;
        const result = read(changed);
        // White space between elements has no meaning, and a signature may be in lower case.
        if (result.kind === 'paid') expect(result).toEqual(original);
        return true;
      }),
      { numRuns: 1500 },
    );
  });

  it('consists of arbitrary bytes, without throwing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, isTruncated) => {
        expect(notices.readPayment(requestOf(Buffer.from(bytes), isTruncated)).kind).toBe('refused');
      }),
    );
  });
});

describe('v2 payment notice: response', () => {
  it("is exactly WeChat's one line", () => {
    const head = { status: 200, contentType: 'text/xml; charset=utf-8' };
    expect(replyToV2Notice({ kind: 'accepted' })).toEqual({
      ...head,
      body: '<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>',
    });
    expect(replyToV2Notice({ kind: 'refused', reason: 'BAD_SIGNATURE' })).toEqual({
      ...head,
      body: '<xml><return_code><![CDATA[FAIL]]></return_code><return_msg><![CDATA[BAD_SIGNATURE]]></return_msg></xml>',
    });
  });
});
