import { corrupt } from '../state/probe-counter.js';
import { Fields, withFields } from '../wire/fields.js';
import { BROKEN_XML, FAILED_RETURN, TWO_MEGABYTES } from './broken-xml.js';

/** What a forger of payment notices has at hand. */
export interface PaymentForgeryContext {
  /** The true message, not signed yet. */
  readonly fields: Fields;
  /** Signs with the merchant's real key: the signature of such a forgery is right and only its content is wrong. */
  readonly sign: (fields: Fields) => Map<string, string>;
  readonly write: (fields: Fields) => string;
  /** A true notice of another order. */
  readonly anotherNotice: () => string;
}

type Changes = Readonly<Record<string, string | undefined>>;
type Forge = (workshop: PaymentForgeryContext) => string;

/** Rightly signed, with other content. */
const withContent =
  (changes: (fields: Fields) => Changes): Forge =>
  ({ fields, sign, write }) =>
    write(sign(withFields(fields, changes(fields))));

const feeChangedBy = (fen: number): Forge =>
  withContent((fields) => ({ total_fee: String(Math.max(0, Number(fields.get('total_fee')) + fen)) }));

const BROKEN: Readonly<Record<string, Forge>> = Object.fromEntries(
  Object.entries(BROKEN_XML).map(([kind, breakXml]): [string, Forge] => [
    kind,
    ({ fields, sign, write }) => breakXml(write(sign(fields))),
  ]),
);

const FORGERIES: Readonly<Record<string, Forge>> = {
  'no-sign': ({ fields, write }) => write(fields),
  'wrong-sign': ({ fields, sign, write }) => {
    const signed = sign(fields);
    return write(withFields(signed, { sign: corrupt(signed.get('sign') ?? '') }));
  },
  'empty-sign': ({ fields, write }) => write(withFields(fields, { sign: '' })),
  'tampered-fee': ({ fields, sign, write }) => write(withFields(sign(fields), { total_fee: '1' })),
  'other-appid': withContent(() => ({ appid: 'wx0123456789abcdef' })),
  'other-mch': withContent(() => ({ mch_id: '1900000999' })),
  'lower-fee': feeChangedBy(-1),
  'higher-fee': feeChangedBy(1),
  'missing-fee': withContent(() => ({ total_fee: undefined })),
  'foreign-currency': withContent(() => ({ fee_type: 'USD' })),
  'unknown-order': withContent(() => ({ out_trade_no: 'NOSUCHORDER00001' })),
  'failed-result': withContent(() => ({ result_code: 'FAIL', err_code: 'SYSTEMERROR', err_code_des: '系统错误' })),
  'failed-return': ({ write }) => write(FAILED_RETURN),
  'other-order': ({ anotherNotice }) => anotherNotice(),
  'duplicate-element': ({ fields, sign, write }) =>
    write(sign(fields)).replace('</xml>', '<total_fee>1</total_fee></xml>'),
  huge: ({ fields, sign, write }) => write(sign(withFields(fields, { attach: TWO_MEGABYTES }))),
  ...BROKEN,
};

/** All the ways in which a payment notice can lie or be broken. */
export const PAYMENT_FORGERIES = Object.keys(FORGERIES);

/** @throws RangeError for a kind that there is not */
export function forgePaymentNotice(kind: string, workshop: PaymentForgeryContext): string {
  const forge = FORGERIES[kind];
  if (forge === undefined) throw new RangeError(`No payment notice is forged by ${kind}`);
  return forge(workshop);
}
