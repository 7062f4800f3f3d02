import { corrupt } from '../../state/signature-probe-selector.js';
import { Fields, withFields } from '../wire/fields.js';
import { BROKEN_XML, FAILED_RETURN, TWO_MEGABYTES } from './broken-xml.js';

/** What a forgery of a payment notice is made from. */
export interface PaymentForgeryContext {
  /** The genuine message before signing. */
  readonly fields: Fields;
  /** Signs with the merchant's real key: the signature is valid and only the content is wrong. */
  readonly sign: (fields: Fields) => Map<string, string>;
  readonly write: (fields: Fields) => string;
  /** A genuine notice of another order. */
  readonly anotherNotice: () => string;
}

type Changes = Readonly<Record<string, string | undefined>>;
type Forge = (context: PaymentForgeryContext) => string;

/** Validly signed, with changed content. */
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

/** The names of all forgeries of payment notices. */
export const PAYMENT_FORGERIES = Object.keys(FORGERIES);

/** @throws RangeError for an unknown kind */
export function forgePaymentNotice(kind: string, context: PaymentForgeryContext): string {
  const forge = FORGERIES[kind];
  if (forge === undefined) throw new RangeError(`There is no payment notice forgery ${kind}`);
  return forge(context);
}
