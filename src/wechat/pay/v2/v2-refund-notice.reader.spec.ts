import { createCipheriv, createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MERCHANT, messageText, REFUND_NOTICE } from '../../../../test/vectors/v2/vectors.js';
import { readSettings } from '../../../config/read-settings.js';
import type { NoticeRefusal, RefundNotice } from '../notice.js';
import type { Fields } from './signature.js';
import { v2AccountOf } from './v2-account.js';
import { V2NoticeReader } from './v2-notice.reader.js';
import { buildXml, parseXml, MAX_XML_BYTES } from '../../xml.js';

const OUT_REFUND_NO = 'RF20261121000002A';
const notices = new V2NoticeReader(v2AccountOf(readSettings({})));
const outer: Fields = parseXml(messageText('refund-notice'));
const inner: Fields = parseXml(REFUND_NOTICE.plain().replaceAll(/(<\/?)root>/g, '$1xml>'));

const read = (message: string | Buffer, isTruncated = false): RefundNotice =>
  notices.readRefund({ query: '', headers: {}, body: Buffer.from(message), isTruncated });
const aesKeyOf = (key: string): string => createHash('md5').update(key).digest('hex');

function encrypted(plain: string | Buffer, key: string = MERCHANT.key): string {
  const cipher = createCipheriv('aes-256-ecb', aesKeyOf(key), null);
  return Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64');
}

/** The documented notice with this encrypted text. */
const around = (req_info: string): string => buildXml({ ...outer, req_info });

/** The documented notice with some inner fields changed or omitted. */
function notice(changes: Record<string, string | undefined>, key: string = MERCHANT.key): string {
  const fields = Object.entries({ ...inner, ...changes }).flatMap(([name, value]) =>
    value === undefined ? [] : [`<${name}><![CDATA[${value}]]></${name}>`],
  );
  return around(encrypted(`<root>\n${fields.join('\n')}\n</root>`, key));
}

const refused = (refusal: NoticeRefusal, outRefundNo: string | null = null): RefundNotice => ({
  kind: 'refused',
  refusal,
  outRefundNo,
});

describe('v2 refund notice', () => {
  it('has the documented key and plain text', () => {
    expect(aesKeyOf(MERCHANT.key)).toBe(REFUND_NOTICE.aesKey);
    expect(createHash('sha256').update(REFUND_NOTICE.plain()).digest('hex')).toBe(REFUND_NOTICE.plainSha256);
    expect(encrypted(REFUND_NOTICE.plain())).toBe(outer['req_info']);
  });

  it('is decrypted and parsed', () => {
    expect(read(messageText('refund-notice'))).toEqual({
      kind: 'parsed',
      refund: {
        outRefundNo: OUT_REFUND_NO,
        wechatRefundId: '50303602082026112112345678901',
        outTradeNo: 'SHOP20261121000002',
        refundFen: 1500,
        state: 'SUCCEEDED',
        succeededAt: new Date('2026-11-21T10:30:06.000Z'),
        error: null,
      },
      transactionId: '4200002911202611215567890123',
      paidFen: 5000,
      account: { channel: 'wechat-v2', appId: MERCHANT.appid, mchId: MERCHANT.mchId },
      isFromMerchantPlatform: false,
      raw: REFUND_NOTICE.plain(),
    });
  });

  it.each([
    ['CHANGE', 'ABNORMAL'],
    ['REFUNDCLOSE', 'CLOSED'],
  ])('with the status %s is read without a success time', (refund_status, state) => {
    const ended = read(notice({ refund_status }));
    expect(ended).toMatchObject({ kind: 'parsed', refund: { state, succeededAt: null } });
  });

  it('is accepted without a success time', () => {
    const silent = read(notice({ success_time: undefined }));
    expect(silent).toMatchObject({ kind: 'parsed', refund: { state: 'SUCCEEDED', succeededAt: null } });
  });

  it.each([
    ['VENDOR_PLATFORM', true],
    ['API', false],
    [undefined, false],
  ])(
    'shows whether the refund was made in the merchant platform: %s',
    (refund_request_source, isFromMerchantPlatform) => {
      expect(read(notice({ refund_request_source }))).toMatchObject({ kind: 'parsed', isFromMerchantPlatform });
    },
  );

  it.each<[string, string]>([
    ['a return_msg', buildXml({ ...outer, return_msg: 'OK' })],
    ['undocumented fields', notice({ cash_refund_fee: '1500', sim_extra: '<&>' })],
    ['white space in the base64', around((outer['req_info'] ?? '').replace(/.{64}/g, '$&\n'))],
    ['all fields in one line', around(encrypted(REFUND_NOTICE.plain().replaceAll('\n', '')))],
  ])('is accepted with %s', (_what, message) => {
    expect(read(message)).toMatchObject({ kind: 'parsed', refund: { outRefundNo: OUT_REFUND_NO, refundFen: 1500 } });
  });
});

describe('v2 refund notice: rejected when it', () => {
  const req_info = outer['req_info'] ?? '';
  it.each<[string, string, RefundNotice]>([
    ['is empty', '', refused('MALFORMED')],
    ['is not XML', '{"return_code":"SUCCESS"}', refused('MALFORMED')],
    ['has a DOCTYPE', `<!DOCTYPE xml>${messageText('refund-notice')}`, refused('MALFORMED')],
    ['is too large', around('A'.repeat(MAX_XML_BYTES)), refused('MALFORMED')],
    ['has no return_code', buildXml({ ...outer, return_code: '' }), refused('MALFORMED')],
    ['has return_code FAIL', messageText('return-code-fail-answer'), refused('RETURN_FAIL')],
    ['names no app', buildXml({ ...outer, appid: '' }), refused('FOREIGN_MERCHANT')],
    ['is for another merchant', buildXml({ ...outer, mch_id: '1900000110' }), refused('FOREIGN_MERCHANT')],
    ['names no merchant', buildXml({ ...outer, mch_id: '' }), refused('FOREIGN_MERCHANT')],
    ['has an empty req_info', buildXml({ ...outer, req_info: '' }), refused('MALFORMED')],
    ['is a payment notice', messageText('payment-notice'), refused('MALFORMED')],
    ['has plain text in req_info', around(REFUND_NOTICE.plain()), refused('UNDECRYPTABLE')],
    ['was encrypted with another key', notice({}, 'f'.repeat(32)), refused('UNDECRYPTABLE')],
    ['was encrypted with the AES key itself', notice({}, aesKeyOf(MERCHANT.key)), refused('UNDECRYPTABLE')],
    ['lacks its last block', around(req_info.slice(0, -64)), refused('UNDECRYPTABLE')],
    ['ends with half a block', around(req_info.slice(0, -8)), refused('UNDECRYPTABLE')],
    [
      'has a character replaced that is not base64',
      around(`${req_info.slice(0, 8)}*${req_info.slice(9)}`),
      refused('UNDECRYPTABLE'),
    ],
    [
      'has a character inserted that is not base64',
      around(`${req_info.slice(0, 8)}*${req_info.slice(8)}`),
      refused('UNDECRYPTABLE'),
    ],
    ['contains an encrypted empty text', around(encrypted('')), refused('MALFORMED')],
    ['is not UTF-8 inside', around(encrypted(Buffer.from([0xff, 0xfe, 0x80]))), refused('UNDECRYPTABLE')],
    ['has a DOCTYPE inside', around(encrypted(`<!DOCTYPE root>${REFUND_NOTICE.plain()}`)), refused('MALFORMED')],
    [
      'has a DOCTYPE within the root',
      around(encrypted(REFUND_NOTICE.plain().replace('<root>', '<root><!DOCTYPE x [<!ENTITY e "x">]>'))),
      refused('MALFORMED'),
    ],
    [
      'has another root inside',
      around(encrypted(REFUND_NOTICE.plain().replaceAll('root', 'xml'))),
      refused('MALFORMED'),
    ],
    ['has two roots inside', around(encrypted(REFUND_NOTICE.plain().repeat(2))), refused('MALFORMED')],
    [
      'closes the root early inside',
      around(encrypted('<root></xml><xml><out_refund_no>1</out_refund_no></root>')),
      refused('MALFORMED'),
    ],
    ['names no refund', notice({ out_refund_no: undefined }), refused('MALFORMED')],
    ['has an empty refund number', notice({ out_refund_no: '' }), refused('MALFORMED')],
  ])('%s', (_what, message, expected) => {
    expect(read(message)).toEqual(expected);
  });

  it.each<[string, Record<string, string | undefined>]>([
    ['names no payment', { out_trade_no: undefined }],
    ['has no transaction number', { transaction_id: undefined }],
    ["lacks WeChat's refund number", { refund_id: '' }],
    ['has no status', { refund_status: undefined }],
    ['has the status PROCESSING', { refund_status: 'PROCESSING' }],
    ['has an undocumented status', { refund_status: 'NOTSURE' }],
    ['has a status named like an object property', { refund_status: 'constructor' }],
    ['has the amount 0', { refund_fee: '0' }],
    ['has a negative amount', { refund_fee: '-1500' }],
    ['has an amount in yuan', { refund_fee: '15.00' }],
    ['has no payment amount', { total_fee: undefined }],
    ['has an impossible time', { success_time: '2026-02-30 18:30:06' }],
    ['has a time in the format of payments', { success_time: '20261121183006' }],
  ])('%s', (_what, changes) => {
    expect(read(notice(changes))).toEqual(refused('MALFORMED', OUT_REFUND_NO));
  });

  it('is longer than the limit', () => {
    expect(read(messageText('refund-notice'), true)).toEqual(refused('TOO_LARGE'));
  });

  it('fails without showing the key', () => {
    for (const message of [messageText('refund-notice'), notice({}, 'f'.repeat(32)), notice({ refund_fee: '0' })]) {
      const text = JSON.stringify(read(message));
      expect(text).not.toContain(MERCHANT.key);
      expect(text).not.toContain(REFUND_NOTICE.aesKey);
    }
  });

  it('has any single byte changed, without throwing', () => {
    const bytes = Buffer.from(messageText('refund-notice'));
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
        const changed = Buffer.from(bytes);
        changed[at] = value;
        expect(['parsed', 'refused']).toContain(read(changed).kind);
      }),
      { numRuns: 1500 },
    );
  });

  it('consists of arbitrary bytes or contains them encrypted, without throwing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, isTruncated) => {
        expect(read(Buffer.from(bytes), isTruncated).kind).toBe('refused');
        expect(read(around(encrypted(Buffer.from(bytes)))).kind).toBe('refused');
        expect(read(around(Buffer.from(bytes).toString('base64'))).kind).toBe('refused');
      }),
    );
  });

  it('has arbitrary field values, without throwing', () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 });
    const fields = fc.dictionary(fc.constantFrom(...Object.keys(inner)), text);
    fc.assert(
      fc.property(fields, (changes) => {
        expect(['parsed', 'refused']).toContain(read(notice(changes)).kind);
      }),
    );
  });
});
