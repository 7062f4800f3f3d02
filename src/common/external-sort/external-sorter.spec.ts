import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ExternalSorter, type ExternalSorterOptions } from './external-sorter.js';

interface Item {
  key: string;
  value: string;
}

/** So few bytes that each run has some items, and some blocks hold less than a line. */
const LITTLE = 300;
const options = (maxMemory: number): ExternalSorterOptions<Item> => ({ keyOf: ({ key }) => key, maxMemory });
let folder: string;
const before = process.env['TMPDIR'];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wxc-sorter-spec-'));
  process.env['TMPDIR'] = folder;
});
afterEach(() => {
  if (before === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = before;
  rmSync(folder, { recursive: true });
});

async function sort(items: readonly Item[], maxMemory: number): Promise<Item[]> {
  const sorter = new ExternalSorter(options(maxMemory));
  try {
    for (const item of items) await sorter.add(item);
    const sorted: Item[] = [];
    for await (const item of sorter.sorted()) sorted.push(item);
    return sorted;
  } finally {
    await sorter.close();
  }
}

/** By UTF-16 code unit, as `<` compares. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

describe('external sorter', () => {
  it('sorts any items like memory does, with many runs or none', async () => {
    const key = fc.string({ unit: 'grapheme', maxLength: 8 }).filter((text) => !/[\u0000-\u001f]/.test(text));
    const item = fc.record({
      key,
      value: fc.string({ unit: 'binary', maxLength: 40 }).map((text) => text.toWellFormed()),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(item, { maxLength: 60 }), async (items) => {
        const sorted = await sort(items, LITTLE);
        expect(sorted.map((each) => each.key)).toEqual(items.map((each) => each.key.toWellFormed()).sort(compare));
        const texts = (list: Item[]): string[] => list.map((each) => JSON.stringify(each)).sort(compare);
        expect(texts(sorted)).toEqual(texts(items.map((each) => ({ ...each, key: each.key.toWellFormed() }))));
        expect(await sort(items.toReversed(), LITTLE)).toEqual(sorted);
      }),
      { numRuns: 60 },
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  it('sorts a key before the keys that begin with it', async () => {
    const items = ['A1', 'A', 'A10', 'A!', 'A'].map((key, index) => ({ key, value: String(index) }));
    expect((await sort(items, 1)).map(({ key }) => key)).toEqual(['A', 'A', 'A!', 'A1', 'A10']);
  });

  it('reads lines that are longer than a block, and texts of its own encoding', async () => {
    const sorter = new ExternalSorter<string>({
      keyOf: (text) => text.slice(0, 4),
      encode: (text) => text,
      decode: (text) => text,
      maxMemory: LITTLE,
    });
    const items = ['0003', '0001', '0002'].map((key) => key + '茶'.repeat(100_000));
    for (const item of items) await sorter.add(item);
    const sorted: string[] = [];
    for await (const item of sorter.sorted()) sorted.push(item);
    await sorter.close();
    expect(sorted).toEqual(items.toSorted());
  });

  it('leaves no named file while it works, when it is abandoned, and after a failure', async () => {
    const sorter = new ExternalSorter(options(LITTLE));
    for (let index = 0; index < 100; index++) await sorter.add({ key: String(index), value: 'x' });
    expect(readdirSync(folder)).toEqual([]);
    for await (const { key } of sorter.sorted()) {
      expect(key).toBe('0');
      break;
    }
    await sorter.close();
    await sorter.close();
    const failing = new ExternalSorter({ ...options(LITTLE), encode: () => 'a\nb' });
    expect(() => failing.add({ key: '1', value: '' })).toThrow(RangeError);
    expect(() => new ExternalSorter(options(LITTLE)).add({ key: 'a\tb', value: '' })).toThrow(RangeError);
    await failing.close();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('throws to the caller when the temporary folder is missing', async () => {
    process.env['TMPDIR'] = join(folder, 'missing');
    const sorter = new ExternalSorter(options(1));
    await expect(sorter.add({ key: '1', value: '' })).rejects.toThrow('ENOENT');
    await sorter.close();
  });

  it('does not accumulate items in memory', async () => {
    const sorter = new ExternalSorter(options(10_000));
    let promises = 0;
    for (let index = 0; index < 2000; index++) {
      const wait = sorter.add({ key: String(index % 7), value: 'x'.repeat(80) });
      if (wait) promises++;
      await wait;
    }
    expect(promises).toBeGreaterThan(20);
    let count = 0;
    for await (const { value } of sorter.sorted()) count += value.length / 80;
    await sorter.close();
    expect(count).toBe(2000);
  });
});
