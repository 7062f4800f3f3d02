import type { BillTotalsCheck } from '../bill-entries.js';
import { type BillLayout, BillProblems, BillTable, readLines } from './bill-table.js';
import { parseExactDecimal } from './decimals.js';

/** Reads the rows of one kind of bill, and counts them. */
export interface BillRows<Totals> {
  /**
   * Called before the first row.
   * @returns why no row can be read, or null.
   */
  begin(columns: readonly string[]): string | null;
  /**
   * Reads one row and passes its entry on.
   * @returns a promise to wait for before the next row, the end of a sentence if the row is unreadable, or nothing.
   */
  accept(values: readonly string[]): Promise<void> | string | undefined;
  /** What the totals row should say: names, and the exact number with its decimals. */
  expectedTotals(): readonly ExpectedTotal[];
  totals(): Totals;
}

export interface ExpectedTotal {
  /** Any of these names. */
  names: readonly string[];
  decimals: number;
  value: bigint;
}

/**
 * Reads a bill to its end, or to a point from which nothing can be read. Problems of the file never throw.
 * @throws errors of the chunks, and of the function that receives the entries.
 */
export async function readBill<Totals>(
  chunks: AsyncIterable<Buffer>,
  layout: BillLayout,
  rows: BillRows<Totals>,
): Promise<BillTotalsCheck<Totals>> {
  const problems = new BillProblems();
  const table = new BillTable(layout, problems);
  const isWhole = await readRows(chunks, table, rows, problems);
  if (isWhole) {
    table.end();
    if (table.totals !== null) compareTotals(table.totals, rows.expectedTotals(), problems);
  }
  const totals = rows.totals();
  return problems.list.length === 0 ? { ok: true, totals } : { ok: false, totals, problems: problems.list };
}

async function readRows<Totals>(
  chunks: AsyncIterable<Buffer>,
  table: BillTable,
  rows: BillRows<Totals>,
  problems: BillProblems,
): Promise<boolean> {
  let hasBegun = false;
  const lines = readLines(chunks, () => {
    problems.add(`The line after line ${table.lineNumber} is too long.`);
  });
  for await (const group of lines) {
    for (const line of group) {
      const values = table.accept(line);
      if (!hasBegun && table.columns !== null) {
        hasBegun = true;
        const problem = rows.begin(table.columns);
        if (problem !== null) {
          problems.add(problem);
          return false;
        }
      }
      if (values === null) continue;
      const result = rows.accept(values);
      if (typeof result === 'string') table.problem(result);
      else if (result !== undefined) await result;
    }
  }
  return true;
}

function compareTotals(
  found: ReadonlyMap<string, string>,
  expected: readonly ExpectedTotal[],
  problems: BillProblems,
): void {
  for (const { names, decimals, value } of expected) {
    const name = names.find((each) => found.has(each));
    if (name === undefined) continue;
    const text = found.get(name) ?? '';
    if (parseExactDecimal(text, decimals) !== value)
      problems.add(
        `The totals row has ${JSON.stringify(text.slice(0, 40))} in a column whose rows add up to ${format(value, decimals)}.`,
      );
  }
}

function format(value: bigint, decimals: number): string {
  const digits = String(value < 0n ? -value : value).padStart(decimals + 1, '0');
  const sign = value < 0n ? '-' : '';
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
