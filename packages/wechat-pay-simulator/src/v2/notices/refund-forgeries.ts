import { corrupt } from '../../state/signature-probe-selector.js';
import { Fields, withFields } from '../wire/fields.js';
import { BROKEN_XML, FAILED_RETURN, TWO_MEGABYTES } from './broken-xml.js';

/** What a forgery of a refund notice is made from. */
export interface RefundForgeryContext {
  /** The outer message without req_info. */
  readonly outer: Fields;
  /** The inner document, which is encrypted. */
  readonly inner: Fields;
  readonly key: string;
  readonly writeInner: (fields: Fields) => string;
  /** Encrypts a document; another key than the merchant's makes only the encryption wrong. */
  readonly encrypt: (document: string, key: string) => string;
  /** Writes the complete message around a req_info; undefined omits it. */
  readonly wrap: (outer: Fields, reqInfo: string | undefined) => string;
  /** A genuine notice of another refund. */
  readonly anotherNotice: () => string;
}

type Changes = Readonly<Record<string, string | undefined>>;
type Forge = (context: RefundForgeryContext) => string;

function genuineNotice({ outer, inner, writeInner, encrypt, key, wrap }: RefundForgeryContext): string {
  return wrap(outer, encrypt(writeInner(inner), key));
}

/** Validly encrypted, with changed content. */
const withContent =
  (changes: (inner: Fields) => Changes): Forge =>
  (context) =>
    genuineNotice({ ...context, inner: withFields(context.inner, changes(context.inner)) });

/** Validly encrypted, with another document. */
const withDocument =
  (rewrite: (document: string) => string): Forge =>
  ({ outer, inner, writeInner, encrypt, key, wrap }) =>
    wrap(outer, encrypt(rewrite(writeInner(inner)), key));

const withOuter =
  (changes: Changes): Forge =>
  (context) =>
    genuineNotice({ ...context, outer: withFields(context.outer, changes) });

const withReqInfo =
  (rewrite: (reqInfo: string) => string | undefined): Forge =>
  ({ outer, inner, writeInner, encrypt, key, wrap }) =>
    wrap(outer, rewrite(encrypt(writeInner(inner), key)));

const changedBy =
  (name: string, fen: number) =>
  (inner: Fields): Changes => ({ [name]: String(Math.max(0, Number(inner.get(name)) + fen)) });

const BROKEN: Readonly<Record<string, Forge>> = Object.fromEntries(
  Object.entries(BROKEN_XML).map(([kind, breakXml]): [string, Forge] => [
    kind,
    (context) => breakXml(genuineNotice(context)),
  ]),
);

const FORGERIES: Readonly<Record<string, Forge>> = {
  'other-key': (context) => genuineNotice({ ...context, key: corrupt(context.key) }),
  'garbage-req-info': withReqInfo(() => '*** not base64 ***'),
  'truncated-req-info': withReqInfo((reqInfo) => reqInfo.slice(0, 200)), // 150 bytes: no whole number of blocks
  'plain-req-info': ({ outer, inner, writeInner, wrap }) =>
    wrap(outer, Buffer.from(writeInner(inner)).toString('base64')),
  'empty-req-info': withReqInfo(() => ''),
  'no-req-info': withReqInfo(() => undefined),
  'req-info-doctype': withDocument((document) => `<!DOCTYPE root [<!ENTITY a "b">]>\n${document}`),
  'req-info-json': withDocument(() => '{"refund_status":"SUCCESS"}'),
  'other-appid': withOuter({ appid: 'wx0123456789abcdef' }),
  'other-mch': withOuter({ mch_id: '1900000999' }),
  'lower-fee': withContent(changedBy('refund_fee', -1)),
  'higher-fee': withContent(changedBy('refund_fee', 1)),
  'other-total': withContent(changedBy('total_fee', 1)),
  'missing-fee': withContent(() => ({ refund_fee: undefined })),
  'unknown-refund': withContent(() => ({
    out_refund_no: 'NOSUCHREFUND00001',
    refund_id: '50000000002020010100000000000',
  })),
  'unknown-order': withContent(() => ({ out_trade_no: 'NOSUCHORDER00001' })),
  'other-refund-id': withContent(() => ({ refund_id: '50000000002020010100000000000' })),
  'unknown-status': withContent(() => ({ refund_status: 'NOTSURE' })),
  'other-refund': ({ anotherNotice }) => anotherNotice(),
  'failed-return': ({ wrap }) => wrap(FAILED_RETURN, undefined),
  'duplicate-element': (context) =>
    genuineNotice(context).replace('</xml>', '<req_info>AAAAAAAAAAAAAAAAAAAAAA==</req_info></xml>'),
  huge: withOuter({ padding: TWO_MEGABYTES }),
  ...BROKEN,
};

/** The names of all forgeries of refund notices. */
export const REFUND_FORGERIES = Object.keys(FORGERIES);

/** @throws RangeError for an unknown kind */
export function forgeRefundNotice(kind: string, context: RefundForgeryContext): string {
  const forge = FORGERIES[kind];
  if (forge === undefined) throw new RangeError(`There is no refund notice forgery ${kind}`);
  return forge(context);
}
