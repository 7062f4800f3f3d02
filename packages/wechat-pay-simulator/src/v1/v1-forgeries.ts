import { corrupt } from '../state/signature-probe-selector.js';
import { Charset } from './query-string.js';
import { Fields, withFields } from '../v2/wire/fields.js';
import { BROKEN_XML, TWO_MEGABYTES } from '../v2/notices/broken-xml.js';

/** A notice as it is sent. */
export interface V1NoticeContent {
  /** The query string that is added to the notify_url. */
  readonly query: string;
  readonly body: string;
}

/** What a forgery of a v1 notice is made from. */
export interface V1ForgeryContext {
  /** The genuine parameters before signing. */
  readonly trade: Fields;
  /** The genuine payer before signing. */
  readonly payer: Fields;
  /** Signs with the merchant's real PartnerKey, over the bytes of this charset; default: the charset of the order. */
  readonly sign: (trade: Fields, hashed?: Charset) => Map<string, string>;
  /** Signs with the merchant's real PaySignKey. */
  readonly signPayer: (payer: Fields) => Map<string, string>;
  readonly write: (trade: Fields, payer: Fields) => V1NoticeContent;
  /** A genuine notice of another order. */
  readonly anotherNotice: () => V1NoticeContent;
}

type Changes = Readonly<Record<string, string | undefined>>;
type Forge = (context: V1ForgeryContext) => V1NoticeContent;

const genuineNotice: Forge = ({ trade, payer, sign, signPayer, write }) => write(sign(trade), signPayer(payer));

/** Validly signed, with changed content. */
const withTrade =
  (changes: (trade: Fields) => Changes): Forge =>
  (context) =>
    genuineNotice({ ...context, trade: withFields(context.trade, changes(context.trade)) });

/** The genuine parameters, validly signed and changed afterwards. */
const afterSigning =
  (changes: (trade: Fields) => Changes): Forge =>
  ({ trade, payer, sign, signPayer, write }) => {
    const signed = sign(trade);
    return write(withFields(signed, changes(signed)), signPayer(payer));
  };

const withQuery =
  (rewrite: (query: string) => string): Forge =>
  (context) => {
    const message = genuineNotice(context);
    return { ...message, query: rewrite(message.query) };
  };

const withBody =
  (rewrite: (body: string) => string): Forge =>
  (context) => {
    const message = genuineNotice(context);
    return { ...message, body: rewrite(message.body) };
  };

const feeChangedBy = (fen: number): Forge =>
  withTrade((trade) => ({ total_fee: String(Math.max(0, Number(trade.get('total_fee')) + fen)) }));

const FORGERIES: Readonly<Record<string, Forge>> = {
  'no-sign': afterSigning(() => ({ sign: undefined })),
  'wrong-sign': afterSigning((signed) => ({ sign: corrupt(signed.get('sign') ?? '') })),
  'empty-sign': afterSigning(() => ({ sign: '' })),
  'tampered-fee': afterSigning(() => ({ total_fee: '1' })),
  // The hash over UTF-8 instead of GBK. Only a notice with Chinese text makes the two differ, so one is added.
  'utf8-sign': ({ trade, payer, sign, signPayer, write }) => {
    const attach = trade.get('attach') ?? '';
    const chinese = withFields(trade, { attach: attach === '' ? '测试' : attach, input_charset: 'GBK' });
    return write(sign(chinese, 'UTF-8'), signPayer(payer));
  },
  'other-partner': withTrade(() => ({ partner: '1900000999' })),
  'lower-fee': feeChangedBy(-1),
  'higher-fee': feeChangedBy(1),
  'missing-fee': withTrade(() => ({ total_fee: undefined })),
  'foreign-currency': withTrade(() => ({ fee_type: '2' })),
  'unknown-order': withTrade(() => ({ out_trade_no: 'NOSUCHORDER00001' })),
  'failed-result': withTrade(() => ({ trade_state: '1', pay_info: '支付失败' })),
  'other-order': ({ anotherNotice }) => anotherNotice(),
  'other-appid': (context) =>
    genuineNotice({ ...context, payer: withFields(context.payer, { AppId: 'wx0123456789abcdef' }) }),
  'wrong-app-sign': ({ trade, payer, sign, signPayer, write }) => {
    const signed = signPayer(payer);
    return write(sign(trade), withFields(signed, { AppSignature: corrupt(signed.get('AppSignature') ?? '') }));
  },
  'duplicate-parameter': withQuery((query) => `${query}&total_fee=1`),
  'truncated-query': withQuery((query) => query.slice(0, query.length / 2)),
  'empty-query': withQuery(() => ''),
  'huge-query': withQuery((query) => `${query}&padding=${TWO_MEGABYTES.slice(0, 12_000)}`),
  'broken-encoding': withQuery((query) => `attach=%ZZ%B2&${query}`),
  doctype: withBody(BROKEN_XML.doctype),
  'external-entity': withBody(BROKEN_XML['external-entity']),
  'entity-bomb': withBody(BROKEN_XML['entity-bomb']),
  truncated: withBody(BROKEN_XML.truncated),
  empty: withBody(BROKEN_XML.empty),
  garbage: withBody(BROKEN_XML.garbage),
  json: withBody(BROKEN_XML.json),
  huge: withBody((body) => body.replace('</xml>', `<padding>${TWO_MEGABYTES}</padding></xml>`)),
};

/** The names of all forgeries of v1 notices. */
export const V1_FORGERIES = Object.keys(FORGERIES);

/** Writes the genuine notice when no kind is given. @throws RangeError for an unknown kind */
export function forgeV1Notice(kind: string | undefined, context: V1ForgeryContext): V1NoticeContent {
  const forge = kind === undefined ? genuineNotice : FORGERIES[kind];
  if (forge === undefined) throw new RangeError(`There is no v1 notice forgery ${kind ?? ''}`);
  return forge(context);
}
