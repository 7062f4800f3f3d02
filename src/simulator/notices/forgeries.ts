import { spoil } from '../state/probe-counter.js';
import { withFields } from '../wire/fields.js';

/** What a forger has at hand. */
export interface Workshop {
  /** The true message, not signed yet. */
  readonly fields: ReadonlyMap<string, string>;
  /** Signs with the merchant's real key: the signature of such a forgery is right and only its content is wrong. */
  readonly sign: (fields: ReadonlyMap<string, string>) => Map<string, string>;
  readonly write: (fields: ReadonlyMap<string, string>) => string;
  /** A true notice of another order. */
  readonly anotherNotice: () => string;
}

type Changes = Readonly<Record<string, string | undefined>>;
type Forge = (workshop: Workshop) => string;

/** Rightly signed, with other content. */
const withContent =
  (changes: (fields: ReadonlyMap<string, string>) => Changes): Forge =>
  ({ fields, sign, write }) =>
    write(sign(withFields(fields, changes(fields))));

/** The true message with a document type before it. */
const withDoctype =
  (doctype: string, rewrite: (xml: string) => string = (xml) => xml): Forge =>
  ({ fields, sign, write }) =>
    doctype + rewrite(write(sign(fields)));

const feeChangedBy = (fen: number): Forge =>
  withContent((fields) => ({ total_fee: String(Math.max(0, Number(fields.get('total_fee')) + fen)) }));

const BOMB = ['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']
  .map((name, n) => `<!ENTITY ${name} "${`&${'abcdefgh'.charAt(n)};`.repeat(10)}">`)
  .join('');

const FORGERIES = {
  'no-sign': ({ fields, write }) => write(fields),
  'wrong-sign': ({ fields, sign, write }) => {
    const signed = sign(fields);
    return write(withFields(signed, { sign: spoil(signed.get('sign') ?? '') }));
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
  'failed-return': ({ write }) =>
    write(
      new Map([
        ['return_code', 'FAIL'],
        ['return_msg', '系统错误'],
      ]),
    ),
  'other-order': ({ anotherNotice }) => anotherNotice(),
  doctype: withDoctype('<!DOCTYPE xml>\n'),
  'external-entity': withDoctype('<!DOCTYPE xml [<!ENTITY secret SYSTEM "file:///etc/hostname">]>\n', (xml) =>
    xml.replace('</xml>', '<attach2>&secret;</attach2></xml>'),
  ),
  'entity-bomb': withDoctype(`<!DOCTYPE xml [<!ENTITY a "aaaaaaaaaa">${BOMB}]>\n`, (xml) =>
    xml.replace('</xml>', '<attach2>&i;</attach2></xml>'),
  ),
  'duplicate-element': ({ fields, sign, write }) =>
    write(sign(fields)).replace('</xml>', '<total_fee>1</total_fee></xml>'),
  truncated: ({ fields, sign, write }) => {
    const xml = write(sign(fields));
    return xml.slice(0, xml.length / 2);
  },
  empty: () => '',
  garbage: () => '\u0000\u0001<<<xml&;>return_code SUCCESS',
  json: () => '{"return_code":"SUCCESS","result_code":"SUCCESS"}',
  huge: ({ fields, sign, write }) => write(sign(withFields(fields, { attach: 'x'.repeat(2_000_000) }))),
} satisfies Record<string, Forge>;

export type Forgery = keyof typeof FORGERIES;

/** All the ways in which a notice can lie or be broken. */
export const FORGERY_KINDS = Object.keys(FORGERIES) as Forgery[];

/** The same kind in the spelling of the faults (`wrong_signature`) or of the forgeries (`wrong-sign`). */
export function forgeryNamed(name: string): Forgery | undefined {
  const spelled = name.replaceAll('_', '-').replace('signature', 'sign').replace('other-mch-id', 'other-mch');
  return FORGERY_KINDS.find((kind) => kind === spelled);
}

export function forge(kind: Forgery, workshop: Workshop): string {
  return FORGERIES[kind](workshop);
}
