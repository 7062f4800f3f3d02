import { corrupt } from '../state/probe-counter.js';
import { Fields, withFields } from '../wire/fields.js';
import { BROKEN_XML, FAILED_RETURN, TWO_MEGABYTES } from './broken-xml.js';

/** What a forger of refund notices has at hand. */
export interface RefundForgeryContext {
  /** Of the message: all but req_info. */
  readonly outer: Fields;
  /** Of the document that is encrypted. */
  readonly inner: Fields;
  readonly key: string;
  readonly writeInner: (fields: Fields) => string;
  /** With another key than the merchant's the encryption is all that is wrong. */
  readonly encrypt: (document: string, key: string) => string;
  /** The whole message around a req_info; undefined leaves it out. */
  readonly wrap: (outer: Fields, reqInfo: string | undefined) => string;
  /** A true notice of another refund. */
  readonly anotherNotice: () => string;
}

type Changes = Readonly<Record<string, string | undefined>>;
type Forge = (workshop: RefundForgeryContext) => string;

function genuineNotice({ outer, inner, writeInner, encrypt, key, wrap }: RefundForgeryContext): string {
  return wrap(outer, encrypt(writeInner(inner), key));
}

/** Rightly encrypted, with other content: whoever knows the key, or replays, can send it. */
const withContent =
  (changes: (inner: Fields) => Changes): Forge =>
  (workshop) =>
    genuineNotice({ ...workshop, inner: withFields(workshop.inner, changes(workshop.inner)) });

/** The document is another text altogether, rightly encrypted. */
const withDocument =
  (rewrite: (document: string) => string): Forge =>
  ({ outer, inner, writeInner, encrypt, key, wrap }) =>
    wrap(outer, encrypt(rewrite(writeInner(inner)), key));

const withOuter =
  (changes: Changes): Forge =>
  (workshop) =>
    genuineNotice({ ...workshop, outer: withFields(workshop.outer, changes) });

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
    (workshop) => breakXml(genuineNotice(workshop)),
  ]),
);

const FORGERIES: Readonly<Record<string, Forge>> = {
  'other-key': (workshop) => genuineNotice({ ...workshop, key: corrupt(workshop.key) }),
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
  'duplicate-element': (workshop) =>
    genuineNotice(workshop).replace('</xml>', '<req_info>AAAAAAAAAAAAAAAAAAAAAA==</req_info></xml>'),
  huge: withOuter({ padding: TWO_MEGABYTES }),
  ...BROKEN,
};

/** All the ways in which a refund notice can lie or be broken. */
export const REFUND_FORGERIES = Object.keys(FORGERIES);

/** @throws RangeError for a kind that there is not */
export function forgeRefundNotice(kind: string, workshop: RefundForgeryContext): string {
  const forge = FORGERIES[kind];
  if (forge === undefined) throw new RangeError(`No refund notice is forged by ${kind}`);
  return forge(workshop);
}
