import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { NOTICE_BODY, NOTICE_QUERIES, V1_MERCHANT } from '../../../../test/vectors/v1/client-vectors.js';
import { readSettings } from '../../../config/read-settings.js';
import type { NoticeRefusal, PaymentNotice } from '../notice.js';
import { appV1AccountOf } from './app-v1-account.js';
import { AppV1PaymentNoticeReader } from './app-v1-payment-notice.reader.js';
import { encodeText } from './charset.js';
import { buildPackage } from './signatures.js';
import { parseQuery } from './query-string.js';

const notices = new AppV1PaymentNoticeReader(appV1AccountOf(readSettings({})));
const { partnerKey } = V1_MERCHANT;

const read = (query: string, body: string | Buffer = NOTICE_BODY): PaymentNotice =>
  notices.read({ query, headers: {}, body: Buffer.from(body), isTruncated: false });

const documented = Object.fromEntries(
  [...(parseQuery(NOTICE_QUERIES['UTF-8']) ?? [])]
    .filter(([name]) => name !== 'sign')
    .map(([name, bytes]) => [name, bytes.toString('utf8')]),
);

/** The documented notice with some parameters changed or omitted, signed again as WeChat would sign it. */
function notice(changes: Record<string, string>, key: string = partnerKey): string {
  return buildPackage({ ...documented, ...changes }, { charset: 'UTF-8', partnerKey: key });
}

const refused = (refusal: NoticeRefusal, outTradeNo: string | null = 'V1SHOP20261121001'): PaymentNotice => ({
  kind: 'refused',
  refusal,
  outTradeNo,
});
const paid = {
  outTradeNo: 'V1SHOP20261121001',
  transactionId: '1900000109202611210000000042',
  paidFen: 1,
  paidAt: new Date('2026-11-21T04:20:21.000Z'),
};

describe('app-v1 payment notice', () => {
  it.each(['UTF-8', 'GBK'] as const)('in %s is verified over its raw bytes', (charset) => {
    const account = { channel: 'wechat-app-v1', appId: V1_MERCHANT.appid, mchId: V1_MERCHANT.partnerId };
    expect(read(NOTICE_QUERIES[charset])).toEqual({ kind: 'paid', paid, account });
  });

  it('is accepted without a body, and then names no app', () => {
    const account = { channel: 'wechat-app-v1', appId: null, mchId: V1_MERCHANT.partnerId };
    expect(read(NOTICE_QUERIES.GBK, '')).toEqual({ kind: 'paid', paid, account });
  });

  it.each<[string, Record<string, string>]>([
    ['with undocumented parameters', { sim_extra: 'x&y=z', service_version: '1.0' }],
    ['without a currency', { fee_type: '' }],
    ['with empty optional parameters', { attach: '', bank_billno: '', sign_type: '', input_charset: '', discount: '' }],
  ])('is accepted %s', (_what, changes) => {
    expect(read(notice(changes))).toMatchObject({ kind: 'paid', paid });
  });

  it("adds the charged amount and WeChat's discount to the paid amount", () => {
    expect(read(notice({ total_fee: '1188', discount: '100' }))).toMatchObject({ paid: { paidFen: 1288 } });
    expect(read(notice({ total_fee: '0', discount: '100' }))).toMatchObject({ paid: { paidFen: 100 } });
  });

  it('of a failed trade is read as failed', () => {
    expect(read(notice({ trade_state: '1', pay_info: '余额不足' }))).toEqual({
      kind: 'failed',
      outTradeNo: 'V1SHOP20261121001',
      code: 'TRADE_STATE 1',
    });
  });

  it('is accepted with a lower-case signature', () => {
    expect(read(NOTICE_QUERIES.GBK.replace(/[0-9A-F]+$/, (sign) => sign.toLowerCase()))).toMatchObject({
      kind: 'paid',
    });
  });
});

describe('app-v1 payment notice: rejected when it', () => {
  const body = (changes: [RegExp | string, string]): string => NOTICE_BODY.replace(...changes);

  it.each<[string, string, PaymentNotice]>([
    ['is empty', '', refused('MALFORMED', null)],
    ['is not a query string', 'x', refused('BAD_SIGNATURE', null)],
    ['has a parameter twice', `${NOTICE_QUERIES.GBK}&total_fee=1`, refused('MALFORMED', null)],
    ['has no signature', NOTICE_QUERIES.GBK.replace(/&sign=.*/, ''), refused('BAD_SIGNATURE')],
    ['has another price', NOTICE_QUERIES.GBK.replace('total_fee=1', 'total_fee=2'), refused('BAD_SIGNATURE')],
    ['was hashed in another charset', NOTICE_QUERIES['GBK, hashed as UTF-8'], refused('BAD_SIGNATURE')],
    ['is signed with another key', notice({}, 'f'.repeat(32)), refused('BAD_SIGNATURE')],
    ['is for another merchant', notice({ partner: '1900000110' }), refused('FOREIGN_MERCHANT')],
    ['has no merchant', notice({ partner: '' }), refused('FOREIGN_MERCHANT')],
    ['names no payment', notice({ out_trade_no: '' }), refused('MALFORMED', null)],
    ['has no state', notice({ trade_state: '' }), refused('MALFORMED')],
    ['is in dollars', notice({ fee_type: '2' }), refused('FOREIGN_CURRENCY')],
    ['has no price', notice({ total_fee: '' }), refused('MALFORMED')],
    ['has the amount 0', notice({ total_fee: '0' }), refused('MALFORMED')],
    ['has a price in yuan', notice({ total_fee: '0.01' }), refused('MALFORMED')],
    ['has a negative discount', notice({ total_fee: '2', discount: '-1' }), refused('MALFORMED')],
    ['has no transaction number', notice({ transaction_id: '' }), refused('MALFORMED')],
    ['has a transaction number that is too long', notice({ transaction_id: '1'.repeat(33) }), refused('MALFORMED')],
    ['has an impossible time', notice({ time_end: '20260230120000' }), refused('MALFORMED')],
  ])('%s', (_what, query, expected) => {
    expect(read(query)).toEqual(expected);
  });

  it.each<[string, string | Buffer, NoticeRefusal]>([
    ['is not XML', 'garbage', 'MALFORMED'],
    ['has a DOCTYPE', `<!DOCTYPE xml>${NOTICE_BODY}`, 'MALFORMED'],
    ['names no app', body([/<AppId>.*<\/AppId>/, '']), 'MALFORMED'],
    ['names another app under the old signature', body(['wx8888888888888888', 'wx7777777777777777']), 'BAD_SIGNATURE'],
    ['names another payer', body(['oDemo5', 'oEvil5']), 'BAD_SIGNATURE'],
    ['has no signature', body([/<AppSignature>.*<\/AppSignature>/, '']), 'BAD_SIGNATURE'],
    ['is in GBK', encodeText('GBK', body(['oDemo5', '测试'])), 'MALFORMED'],
  ])('has a body that %s', (_what, payer, refusal) => {
    expect(read(NOTICE_QUERIES.GBK, payer)).toEqual(refused(refusal));
  });

  it('is longer than the limit', () => {
    expect(notices.read({ query: NOTICE_QUERIES.GBK, headers: {}, body: Buffer.alloc(0), isTruncated: true })).toEqual(
      refused('TOO_LARGE', null),
    );
  });

  it('arrives at a shop without keys for app-v1', () => {
    const keyless = new AppV1PaymentNoticeReader(null);
    const call = { query: NOTICE_QUERIES.GBK, headers: {}, body: Buffer.from(NOTICE_BODY), isTruncated: false };
    expect(keyless.read(call)).toEqual(refused('FOREIGN_MERCHANT', null));
  });

  it('has any single byte changed, unless its meaning stays the same', () => {
    const query = Buffer.from(NOTICE_QUERIES.GBK);
    fc.assert(
      fc.property(fc.nat(query.length - 1), fc.nat(255), (at, value) => {
        const changed = Buffer.from(query);
        changed[at] = value;
        const result = read(changed.toString('latin1'));
        if (result.kind === 'paid') expect(result).toMatchObject({ paid });
      }),
      { numRuns: 1500 },
    );
  });

  it('consists of arbitrary bytes, without throwing', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.webQueryParameters());
    fc.assert(
      fc.property(text, fc.uint8Array({ maxLength: 200 }), fc.boolean(), (query, bytes, isTruncated) => {
        expect(notices.read({ query, headers: {}, body: Buffer.from(bytes), isTruncated }).kind).toBe('refused');
      }),
    );
  });
});
