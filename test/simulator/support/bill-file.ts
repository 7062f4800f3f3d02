import { createHash } from 'node:crypto';

/** A bill as a program reads it: the lines below the header, by column name. Independent of the simulator's own code. */
export interface BillFile {
  columns: string[];
  lines: Record<string, string>[];
  totals: Record<string, string>;
}

/** @param text without escapes of its own in merchant-defined fields: splits at back-ticks after commas */
export function readBill(text: string): BillFile {
  const lines = text.split(/\r?\n/);
  if (lines.pop() !== '') throw new Error('The bill does not end with a line end');
  const [header = '', ...rest] = lines;
  const totalsLine = rest.pop() ?? '';
  const totalsHeader = rest.pop() ?? '';
  const columns = header.split(',');
  return {
    columns,
    lines: rest.map((line) => toRecord(columns, line)),
    totals: toRecord(totalsHeader.split(','), totalsLine),
  };
}

function toRecord(names: string[], line: string): Record<string, string> {
  if (!line.startsWith('`')) throw new Error(`A value has no back-tick: ${line}`);
  const values = line.slice(1).split(',`');
  if (values.length !== names.length) throw new Error(`${values.length} values for ${names.length} columns: ${line}`);
  return Object.fromEntries(names.map((name, n) => [name, values[n] ?? '']));
}

export function sha1(bytes: string | Buffer): string {
  return createHash('sha1').update(bytes).digest('hex');
}

/** Noon in Beijing on 2026-11-20. */
export const NOON = new Date('2026-11-20T04:00:00.000Z');
export const DAY = '2026-11-20';
const HOUR = 3600;
/** From noon to the time when the bills of the day are ready. */
export const TO_READY_SECONDS = 22 * HOUR;
