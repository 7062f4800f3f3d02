import { RunMerge } from './run-merge.js';
import { SortFile } from './sort-file.js';

/** Characters that are kept in memory before they are sorted and written to the temporary file. */
const DEFAULT_MEMORY = 8 * 1024 * 1024;
/** Bytes that the process uses for an item besides its characters. */
const ITEM_OVERHEAD = 64;
/** Sorts before every character of a key. */
const KEY_END = '\t';
const FORBIDDEN_IN_KEY = /[\u0000-\u001f]/;

export interface ExternalSorterOptions<T> {
  /** What to sort by, without control characters. Compared by UTF-16 code units: independent of any locale. */
  keyOf: (item: T) => string;
  /** Default: JSON. The text must have no line feed. */
  encode?: (item: T) => string;
  decode?: (text: string) => T;
  /** About how many bytes of items are kept in memory. Tests use a few. */
  maxMemory?: number;
}

/**
 * Sorts any number of items in bounded memory: sorted runs go to one temporary file, and are merged while they are read.
 * Items with equal keys come one after another, in the order of their texts, so the result does not depend on the order
 * of adding. Add all items, read them once, then close.
 */
export class ExternalSorter<T> {
  private lines: string[] = [];
  private size = 0;
  private readonly file = new SortFile();
  private readonly keyOf: (item: T) => string;
  private readonly encode: (item: T) => string;
  private readonly decode: (text: string) => T;
  private readonly maxMemory: number;

  constructor({ keyOf, encode, decode, maxMemory }: ExternalSorterOptions<T>) {
    this.keyOf = keyOf;
    this.encode = encode ?? ((item) => JSON.stringify(item));
    this.decode = decode ?? ((text) => JSON.parse(text) as T);
    this.maxMemory = maxMemory ?? DEFAULT_MEMORY;
  }

  /**
   * @returns a promise to await before the next item when memory is full, otherwise undefined.
   * @throws RangeError for a key or a text that the file cannot hold.
   */
  add(item: T): Promise<void> | undefined {
    const key = this.keyOf(item);
    const text = this.encode(item);
    if (FORBIDDEN_IN_KEY.test(key)) throw new RangeError('A sort key must have no control character');
    if (text.includes('\n')) throw new RangeError('The text of an item must have no line feed');
    const line = key + KEY_END + text;
    this.lines.push(line);
    this.size += line.length + ITEM_OVERHEAD;
    return this.size > this.maxMemory ? this.spill() : undefined;
  }

  /** The items in ascending order. May be read once. Add no item after it. */
  async *sorted(): AsyncGenerator<T, void, undefined> {
    const last = this.takeSorted();
    const merge = await RunMerge.open(this.file, last);
    // One generator, because each one more costs as much as decoding an item.
    for (let line = merge.line; line !== null; line = merge.line) {
      yield this.decode(line.slice(line.indexOf(KEY_END) + 1));
      if (!merge.next()) await merge.load();
    }
  }

  /** Frees memory and removes the temporary file. May be repeated, also after a failure. */
  async close(): Promise<void> {
    this.lines = [];
    await this.file.close();
  }

  private async spill(): Promise<void> {
    await this.file.append(this.takeSorted());
  }

  private takeSorted(): string[] {
    // Without a comparer it compares UTF-16 code units.
    const sorted = this.lines.sort();
    this.lines = [];
    this.size = 0;
    return sorted;
  }
}
