import { createCipheriv, createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MERCHANT, messageText, REFUND_NOTICE } from '../../../test/vectors/v2/vectors.js';
import { readSettings } from '../../config/read-settings.js';
import type { NoticeRefusal, RefundNotice } from '../wechat-notice.reader.js';
import type { Fields } from './signature.js';
import { WechatNoticeV2Reader } from './wechat-notice-v2.reader.js';
import { buildXml, parseXml, MAX_XML_BYTES } from './xml.js';

const OUT_REFUND_NO = 'RF20261121000002A';
const notices = new WechatNoticeV2Reader(readSettings({}));
const outer: Fields = parseXml(messageText('refund-notice'));
const inner: Fields = parseXml(REFUND_NOTICE.plain().replaceAll(/(<\/?)root>/g, '$1xml>'));

const read = (message: string | Buffer): RefundNotice => notices.readRefund(Buffer.from(message), false);
const aesKeyOf = (key: string): string => createHash('md5').update(key).digest('hex');

function encrypted(plain: string | Buffer, key: string = MERCHANT.key): string {
  const cipher = createCipheriv('aes-256-ecb', aesKeyOf(key), null);
  return Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64');
}

/** The documented notice with a text of ours encrypted in it. */
const around = (req_info: string): string => buildXml({ ...outer, req_info });

/** The same with some of the inner fields changed, or left out. */
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

describe("a refund notice of WeChat's", () => {
  it('has the documented key and text', () => {
    expect(aesKeyOf(MERCHANT.key)).toBe(REFUND_NOTICE.aesKey);
    expect(createHash('sha256').update(REFUND_NOTICE.plain()).digest('hex')).toBe(REFUND_NOTICE.plainSha256);
    expect(encrypted(REFUND_NOTICE.plain())).toBe(outer['req_info']);
  });

  it('is decrypted and read', () => {
    expect(read(messageText('refund-notice'))).toEqual({
      kind: 'ended',
      refund: {
        outRefundNo: OUT_REFUND_NO,
        wechatRefundId: '50303602082026112112345678901',
        outTradeNo: 'SHOP20261121000002',
        refundFen: 1500,
        state: 'SUCCEEDED',
        succeededAt: new Date('2026-11-21T10:30:06.000Z'),
      },
      transactionId: '4200002911202611215567890123',
      paidFen: 5000,
      appid: MERCHANT.appid,
      isVendorMade: false,
      raw: REFUND_NOTICE.plain(),
    });
  });

  it.each([
    ['CHANGE', 'ABNORMAL'],
    ['REFUNDCLOSE', 'CLOSED'],
  ])('may say %s, and then no money is back', (refund_status, state) => {
    const ended = read(notice({ refund_status }));
    expect(ended).toMatchObject({ kind: 'ended', refund: { state, succeededAt: null } });
  });

  it('may keep the time to itself', () => {
    const silent = read(notice({ success_time: undefined }));
    expect(silent).toMatchObject({ kind: 'ended', refund: { state: 'SUCCEEDED', succeededAt: null } });
  });

  it.each([
    ['VENDOR_PLATFORM', true],
    ['API', false],
    [undefined, false],
  ])('tells who asked for the refund: %s', (refund_request_source, isVendorMade) => {
    expect(read(notice({ refund_request_source }))).toMatchObject({ kind: 'ended', isVendorMade });
  });

  it.each<[string, string]>([
    ['a return_msg', buildXml({ ...outer, return_msg: 'OK' })],
    ['fields that nobody has documented', notice({ cash_refund_fee: '1500', sim_extra: '<&>' })],
    ['white space in the base64', around((outer['req_info'] ?? '').replace(/.{64}/g, '$&\n'))],
    ['everything in one line', around(encrypted(REFUND_NOTICE.plain().replaceAll('\n', '')))],
  ])('is believed with %s', (_what, message) => {
    expect(read(message)).toMatchObject({ kind: 'ended', refund: { outRefundNo: OUT_REFUND_NO, refundFen: 1500 } });
  });
});

describe('a refund notice that is not to be believed', () => {
  const req_info = outer['req_info'] ?? '';
  it.each<[string, string, RefundNotice]>([
    ['is empty', '', refused('MALFORMED')],
    ['is no XML', '{"return_code":"SUCCESS"}', refused('MALFORMED')],
    ['has a DOCTYPE', `<!DOCTYPE xml>${messageText('refund-notice')}`, refused('MALFORMED')],
    ['is huge', around('A'.repeat(MAX_XML_BYTES)), refused('MALFORMED')],
    ['has no return_code', buildXml({ ...outer, return_code: '' }), refused('MALFORMED')],
    ['says return_code FAIL', messageText('return-code-fail-answer'), refused('RETURN_FAIL')],
    ['names no app', buildXml({ ...outer, appid: '' }), refused('FOREIGN_MERCHANT')],
    ['is for another merchant', buildXml({ ...outer, mch_id: '1900000110' }), refused('FOREIGN_MERCHANT')],
    ['names no merchant', buildXml({ ...outer, mch_id: '' }), refused('FOREIGN_MERCHANT')],
    ['has nothing in it', buildXml({ ...outer, req_info: '' }), refused('MALFORMED')],
    ['is a payment notice', messageText('payment-notice'), refused('MALFORMED')],
    ['has its text uncovered', around(REFUND_NOTICE.plain()), refused('UNDECRYPTABLE')],
    ['was encrypted by somebody else', notice({}, 'f'.repeat(32)), refused('UNDECRYPTABLE')],
    ['was encrypted with the key itself', notice({}, aesKeyOf(MERCHANT.key)), refused('UNDECRYPTABLE')],
    ['lacks a block at its end', around(req_info.slice(0, -64)), refused('UNDECRYPTABLE')],
    ['lacks half a block', around(req_info.slice(0, -8)), refused('UNDECRYPTABLE')],
    [
      'has letters that are no base64',
      around(`${req_info.slice(0, 8)}*${req_info.slice(9)}`),
      refused('UNDECRYPTABLE'),
    ],
    [
      'has a letter between that is no base64',
      around(`${req_info.slice(0, 8)}*${req_info.slice(8)}`),
      refused('UNDECRYPTABLE'),
    ],
    ['is encrypted nothing', around(encrypted('')), refused('MALFORMED')],
    ['is no UTF-8 inside', around(encrypted(Buffer.from([0xff, 0xfe, 0x80]))), refused('UNDECRYPTABLE')],
    ['has a DOCTYPE inside', around(encrypted(`<!DOCTYPE root>${REFUND_NOTICE.plain()}`)), refused('MALFORMED')],
    [
      'has a DOCTYPE further inside',
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
      'closes our own root inside',
      around(encrypted('<root></xml><xml><out_refund_no>1</out_refund_no></root>')),
      refused('MALFORMED'),
    ],
    ['names no refund', notice({ out_refund_no: undefined }), refused('MALFORMED')],
    ['has an empty number', notice({ out_refund_no: '' }), refused('MALFORMED')],
  ])('%s', (_what, message, expected) => {
    expect(read(message)).toEqual(expected);
  });

  it.each<[string, Record<string, string | undefined>]>([
    ['names no payment', { out_trade_no: undefined }],
    ['has no transaction', { transaction_id: undefined }],
    ["lacks WeChat's number", { refund_id: '' }],
    ['says nothing of its state', { refund_status: undefined }],
    ['has not ended', { refund_status: 'PROCESSING' }],
    ['has a state that nobody knows', { refund_status: 'NOTSURE' }],
    ['has a state that only an object knows', { refund_status: 'constructor' }],
    ['is about nothing', { refund_fee: '0' }],
    ['is about less than nothing', { refund_fee: '-1500' }],
    ['is about yuan', { refund_fee: '15.00' }],
    ['does not say what was paid', { total_fee: undefined }],
    ['has a time that never was', { success_time: '2026-02-30 18:30:06' }],
    ["has a payment's time", { success_time: '20261121183006' }],
  ])('%s', (_what, changes) => {
    expect(read(notice(changes))).toEqual(refused('MALFORMED', OUT_REFUND_NO));
  });

  it('was longer than we read', () => {
    expect(notices.readRefund(Buffer.from(messageText('refund-notice')), true)).toEqual(refused('TOO_LARGE'));
  });

  it('never shows the key', () => {
    for (const message of [messageText('refund-notice'), notice({}, 'f'.repeat(32)), notice({ refund_fee: '0' })]) {
      const text = JSON.stringify(read(message));
      expect(text).not.toContain(MERCHANT.key);
      expect(text).not.toContain(REFUND_NOTICE.aesKey);
    }
  });

  it('never throws, whatever single byte is changed on the way', () => {
    const bytes = Buffer.from(messageText('refund-notice'));
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
        const changed = Buffer.from(bytes);
        changed[at] = value;
        expect(['ended', 'refused']).toContain(read(changed).kind);
      }),
      { numRuns: 1500 },
    );
  });

  it('never throws for bytes of any kind, in the message or encrypted in it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, isTruncated) => {
        expect(notices.readRefund(Buffer.from(bytes), isTruncated).kind).toBe('refused');
        expect(read(around(encrypted(Buffer.from(bytes)))).kind).toBe('refused');
        expect(read(around(Buffer.from(bytes).toString('base64'))).kind).toBe('refused');
      }),
    );
  });

  it('never throws for fields of any text', () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 });
    const fields = fc.dictionary(fc.constantFrom(...Object.keys(inner)), text);
    fc.assert(
      fc.property(fields, (changes) => {
        expect(['ended', 'refused']).toContain(read(notice(changes)).kind);
      }),
    );
  });
});
