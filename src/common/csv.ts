/**
 * A spreadsheet takes a cell that begins like this for a formula, even after blanks. Tested on the NFKC form, which turns
 * full-width and small characters into ASCII.
 */
const FORMULA_START = /^[\s\u0000\u200B]*[=+\-@]|^[\t\r\n\0]/;

/** A program that splits lines without regard to quotes would start a new cell after each of these. */
const LINE_BREAKS = /[\r\n\v\f\u0085\u2028\u2029]+/g;

/** Excel reads a CSV file as UTF-8 only if it starts with this. */
export const BYTE_ORDER_MARK = '\uFEFF';

/** A cell of a CSV file, ready to be written. */
export type CsvCell = string & { readonly csvCell: unique symbol };

/** A text from any source. It cannot become a formula, a line or a further cell. */
export function textCell(text: string): CsvCell {
  const oneLine = text.replaceAll('\0', '').replaceAll(LINE_BREAKS, ' ');
  return quoted(FORMULA_START.test(text.normalize('NFKC')) ? `'${oneLine}` : oneLine);
}

/** A number for people. A tab keeps long digits as text, because a spreadsheet would round them to 15 digits. */
export function numberCell(number: string): CsvCell {
  return /^\d+$/.test(number) ? quoted(`\t${number}`) : textCell(number);
}

/** An amount in yuan, by digits and without floating-point arithmetic; empty for null. */
export function yuanCell(fen: number | null): CsvCell {
  if (fen === null) return quoted('');
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return quoted(`${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`);
}

export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.join(',')}\r\n`;
}

function quoted(text: string): CsvCell {
  return `"${text.replaceAll('"', '""')}"` as CsvCell;
}
