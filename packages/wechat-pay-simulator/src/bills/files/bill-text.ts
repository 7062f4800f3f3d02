import { BillBehaviourSettings } from '../../state/bill-behaviour-settings.js';

export type BillStyle = Pick<BillBehaviourSettings, 'billLineEnd' | 'billBom' | 'billText' | 'billColumns'>;

/** A column and its values. The value of a row is already text. */
export interface Column<Row> {
  readonly name: string;
  readonly value: (row: Row) => string;
}

/** A table and the line of totals below it. Source: WeChat Pay v3, bills, format. */
export interface BillTable<Row> {
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly totals: readonly (readonly [name: string, value: string])[];
}

/** Header names are bare, every value has a back-tick before it. The text ends with a line end. */
export function writeBill<Row>({ columns, rows, totals }: BillTable<Row>, { billLineEnd, billBom }: BillStyle): string {
  const lines = [
    columns.map(({ name }) => name),
    ...rows.map((row) => columns.map(({ value }) => `\`${value(row)}`)),
    totals.map(([name]) => name),
    totals.map(([, value]) => `\`${value}`),
  ];
  const end = billLineEnd === 'CRLF' ? '\r\n' : '\n';
  return (billBom ? '\uFEFF' : '') + lines.map((line) => line.join(',') + end).join('');
}

const LINE_BREAKS: readonly (readonly [char: string, escaped: string])[] = [
  ['\n', '\\n'],
  ['\r', '\\r'],
];
const ESCAPES = new Map<string, string>([
  ...LINE_BREAKS,
  ['\\', '\\\\'],
  ['"', '\\"'],
  [',', '\\ '],
  ['\t', '\\t'],
  ['\uE000', '\\ '],
  ['\u001A', '\\\u001A'],
]);
/** The escapes that only one kind of line has. */
const OF_PAYMENTS = new Map([...ESCAPES, ["'", "\\'"], ['`', '\\`']]);
const OF_REFUNDS = new Map([...ESCAPES, ['`', '\\140']]);

/** A text that the merchant defined. */
export function escapeText(text: string, line: 'PAYMENT' | 'REFUND', style: Pick<BillStyle, 'billText'>): string {
  if (style.billText === 'raw') return replaceAll(text, new Map(LINE_BREAKS));
  return replaceAll(text, line === 'PAYMENT' ? OF_PAYMENTS : OF_REFUNDS);
}

/** A text in a fund-flow bill: line breaks are escaped, U+0001 becomes a space. */
export function escapeFundText(text: string): string {
  return replaceAll(text, new Map([...LINE_BREAKS, ['\u0001', ' ']]));
}

function replaceAll(text: string, replacements: ReadonlyMap<string, string>): string {
  return Array.from(text, (char) => replacements.get(char) ?? char).join('');
}
