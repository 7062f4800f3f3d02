import type { SortedRun, SortFile } from './sort-file.js';

const NEW_LINE = 0x0a;
/** Bytes for the buffers of all runs together, and the limits for each. */
const BUFFER_BUDGET = 4 * 1024 * 1024;
const MIN_BUFFER = 4 * 1024;
const MAX_BUFFER = 64 * 1024;

/** The lines of all runs and of a last one in memory, in ascending order. The lines of a run are read in blocks. */
export class RunMerge {
  private constructor(private readonly heap: Source[]) {}

  static async open(file: SortFile, last: readonly string[]): Promise<RunMerge> {
    const bufferSize = Math.min(Math.max(Math.floor(BUFFER_BUDGET / (file.runs.length + 1)), MIN_BUFFER), MAX_BUFFER);
    const readers = [...file.runs.map((run) => new RunReader(file, run, bufferSize)), new ListReader(last)];
    const heap: Source[] = [];
    for (const reader of readers) if (await reader.load()) insert(heap, reader);
    return new RunMerge(heap);
  }

  /** The current line; null after the last one. */
  get line(): string | null {
    return this.heap[0]?.line ?? null;
  }

  /** Goes to the next line. False when `load` must read further lines first. */
  next(): boolean {
    const [least] = this.heap;
    if (least === undefined) return true;
    if (!least.next()) return false;
    sink(this.heap, least);
    return true;
  }

  async load(): Promise<void> {
    const [least] = this.heap;
    if (least === undefined) return;
    if (await least.load()) sink(this.heap, least);
    else removeFirst(this.heap);
  }
}

/** A sorted sequence of lines. `line` is the current one after `next` or `load` returned true. */
interface Source {
  readonly line: string;
  /** False when the next line is not in memory. */
  next(): boolean;
  /** Reads further lines and goes to the first one; false at the end. */
  load(): Promise<boolean>;
}

class ListReader implements Source {
  line = '';
  private at = 0;

  constructor(private readonly lines: readonly string[]) {}

  next(): boolean {
    const line = this.lines[this.at++];
    this.line = line ?? '';
    return line !== undefined;
  }

  load(): Promise<boolean> {
    return Promise.resolve(this.next());
  }
}

class RunReader implements Source {
  line = '';
  private lines: string[] = [];
  private at = 0;
  private position: number;
  private readonly end: number;
  private buffer: Buffer | null = null;

  constructor(
    private readonly file: SortFile,
    { start, end }: SortedRun,
    private bufferSize: number,
  ) {
    this.position = start;
    this.end = end;
  }

  next(): boolean {
    const line = this.lines[this.at++];
    this.line = line ?? '';
    return line !== undefined;
  }

  /** Reads only whole lines: the rest of a block is read again. A line longer than a block needs a larger one. */
  async load(): Promise<boolean> {
    while (this.position < this.end) {
      const buffer = (this.buffer ??= Buffer.allocUnsafe(this.bufferSize));
      const wanted = buffer.subarray(0, Math.min(buffer.length, this.end - this.position));
      const block = await this.file.read(wanted, this.position);
      const lineEnd = block.lastIndexOf(NEW_LINE);
      if (lineEnd === -1) {
        if (block.length === wanted.length) {
          this.bufferSize *= 2;
          this.buffer = null;
        }
        continue;
      }
      this.lines = block.toString('utf8', 0, lineEnd).split('\n');
      this.at = 0;
      this.position += lineEnd + 1;
      return this.next();
    }
    this.buffer = null;
    return false;
  }
}

/** A binary heap: the least line is first. */
function insert(heap: Source[], source: Source): void {
  let at = heap.push(source) - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = heap[parent];
    if (above === undefined || above.line <= source.line) break;
    heap[at] = above;
    at = parent;
  }
  heap[at] = source;
}

/** Moves the first source down, after its line has changed. */
function sink(heap: Source[], source: Source): void {
  let at = 0;
  for (;;) {
    const left = 2 * at + 1;
    const [a, b] = [heap[left], heap[left + 1]];
    if (a === undefined) break;
    const [child, index] = b !== undefined && b.line < a.line ? [b, left + 1] : [a, left];
    if (source.line <= child.line) break;
    heap[at] = child;
    at = index;
  }
  heap[at] = source;
}

function removeFirst(heap: Source[]): void {
  const moved = heap.pop();
  if (moved !== undefined && heap.length > 0) sink(heap, moved);
}
