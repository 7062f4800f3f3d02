/** Problems that are kept: the first ones explain the rest. */
const MAX_PROBLEMS = 20;
/** Characters of the longest line, or bytes. Real ones have about 500. */
const MAX_LINE_LENGTH = 64 * 1024;
const NEW_LINE = 0x0a;
const BACKTICK = 0x60;
const SEPARATOR = ',`';

/** What distinguishes one kind of bill. */
export interface BillLayout {
  /** The first column of the line above the totals. */
  totalsColumn: string;
  /** A text of the merchant, in which v2 does not escape a separator: it takes the surplus values of a row. */
  freeText: string;
}

/** Collects why a bill cannot be trusted, in English sentences. */
export class BillProblems {
  readonly list: string[] = [];

  add(problem: string): void {
    if (this.list.length < MAX_PROBLEMS) this.list.push(problem);
  }
}

/**
 * Splits the chunks of a file into lines, without their line feeds, and yields them in groups. The last line needs none.
 * @param onTooLong is called instead of yielding more, when a line is too long to be one.
 */
export async function* readLines(chunks: AsyncIterable<Buffer>, onTooLong: () => void): AsyncGenerator<string[]> {
  let rest: Buffer[] = [];
  let restLength = 0;
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(NEW_LINE);
    if (end === -1) {
      rest.push(chunk);
      restLength += chunk.length;
      if (restLength > MAX_LINE_LENGTH) {
        onTooLong();
        return;
      }
      continue;
    }
    const whole = chunk.subarray(0, end);
    yield (rest.length === 0 ? whole : Buffer.concat([...rest, whole])).toString('utf8').split('\n');
    rest = end + 1 < chunk.length ? [chunk.subarray(end + 1)] : [];
    restLength = chunk.length - end - 1;
  }
  if (restLength > 0) yield [Buffer.concat(rest).toString('utf8')];
}

/**
 * The lines of a bill: column names, rows, names of the totals, totals. Each value of a row follows a back-tick, and values
 * are separated by a comma and a back-tick, so that a comma within a name separates nothing.
 * Source: docs/wechat-protocol.md, v2 §9.2 and v3 §6.1.
 */
export class BillTable {
  /** Column names in the file's order; null before the first line. */
  columns: readonly string[] | null = null;
  /** The totals by name; null before their line. */
  totals: ReadonlyMap<string, string> | null = null;
  /** Of the last line, from 1. */
  lineNumber = 0;
  private totalsNames: readonly string[] | null = null;
  /** The beginning of a row that has too few values so far: a name may contain a line feed. */
  private partial: string | null = null;

  constructor(
    private readonly layout: BillLayout,
    private readonly problems: BillProblems,
  ) {}

  /** @returns the values of the row that this line completes, one for each column; null for any other line. */
  accept(line: string): string[] | null {
    this.lineNumber++;
    const text = line.endsWith('\r') ? line.slice(0, -1) : line;
    if (this.columns === null) {
      if (text === '') return null;
      this.columns = text
        .replace(/^\ufeff/, '')
        .split(',')
        .map((name) => name.trim());
      return null;
    }
    if (this.totalsNames !== null) return this.acceptTotals(text, this.totalsNames);
    if (text.charCodeAt(0) === BACKTICK) {
      if (this.partial !== null) this.endPartialRow();
      return this.split(text, this.columns);
    }
    if (text.startsWith(this.layout.totalsColumn)) {
      if (this.partial !== null) this.endPartialRow();
      this.totalsNames = text.split(',').map((name) => name.trim());
      return null;
    }
    if (this.partial !== null) return this.split(`${this.partial}\n${text}`, this.columns);
    if (text !== '') this.problem('is neither a row nor a line of totals');
    return null;
  }

  /** Reports what is missing after the last line. */
  end(): void {
    if (this.columns === null) this.problems.add('The file is empty.');
    else if (this.partial !== null) this.endPartialRow();
    else if (this.totals === null) this.problems.add('The file ends before its totals row.');
  }

  problem(sentence: string): void {
    this.problems.add(`Line ${this.lineNumber} ${sentence}.`);
  }

  private split(row: string, columns: readonly string[]): string[] | null {
    const values = row.slice(1).split(SEPARATOR);
    const surplus = values.length - columns.length;
    this.partial = null;
    if (surplus === 0) return values;
    const at = columns.indexOf(this.layout.freeText);
    if (surplus > 0 && at !== -1) {
      values.splice(at, surplus + 1, values.slice(at, at + surplus + 1).join(SEPARATOR));
      return values;
    }
    if (surplus < 0 && row.length <= MAX_LINE_LENGTH) this.partial = row;
    else this.problem(`has ${values.length} values for ${columns.length} columns`);
    return null;
  }

  private endPartialRow(): void {
    this.problems.add(`The row before line ${this.lineNumber} has fewer values than the bill has columns.`);
    this.partial = null;
  }

  private acceptTotals(text: string, names: readonly string[]): null {
    if (text === '') return null;
    const values = text.charCodeAt(0) === BACKTICK ? text.slice(1).split(SEPARATOR) : [];
    if (this.totals !== null) this.problem('follows the totals row');
    else if (values.length !== names.length) this.problem('is not the totals row that its names announce');
    else this.totals = new Map(names.map((name, at) => [name, values[at] ?? '']));
    return null;
  }
}
