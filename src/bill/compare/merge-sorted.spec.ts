import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { OurEntry } from '../entries/our-entry.js';
import { compareKeys, mergeRepeatedEntries, sortKeyOf, type TheirEntry } from '../entries/their-entry.js';
import { mergeSorted } from './merge-sorted.js';

const ours = (type: 'PAYMENT' | 'REFUND', number: string): OurEntry =>
  ({
    type,
    number,
    atMs: 0,
    sinceMs: 0,
    fen: 1,
    outTradeNo: number,
    orderNo: number,
    transactionId: null,
    state: 'PAID',
  }) as OurEntry;
const theirs = (type: TheirEntry['type'], number: string, amountFen = 1): TheirEntry => ({
  type,
  number,
  atMs: 0,
  outTradeNo: number,
  transactionId: '',
  refundId: '',
  amountFen,
  settledFen: amountFen,
  feeFen: 0,
  feeRate: '',
  state: '',
  tradeType: '',
  expectedFeeFen: null,
});

// eslint-disable-next-line @typescript-eslint/require-await -- an asynchronous source
async function* from<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

const KEYS = fc.record({
  type: fc.constantFrom('PAYMENT' as const, 'REFUND' as const),
  number: fc.string({ minLength: 1, maxLength: 3 }),
});
const UNIQUE_KEYS = fc.uniqueArray(KEYS, { selector: (key) => sortKeyOf(key), maxLength: 40 });

describe('merge of the entries of a day', () => {
  it('pairs every number that both sides have, and returns every other one once', async () => {
    await fc.assert(
      fc.asyncProperty(UNIQUE_KEYS, UNIQUE_KEYS, async (one, other) => {
        const left = one.map(({ type, number }) => ours(type, number)).sort(compareKeys);
        const right = other.map(({ type, number }) => theirs(type, number)).sort(compareKeys);
        const found: string[] = [];
        for await (const pair of mergeSorted(from(left), from(right))) {
          const key = pair.ours ?? pair.theirs;
          found.push(`${sortKeyOf(key)} ${pair.ours ? 'o' : ''}${pair.theirs ? 't' : ''}`);
        }
        const [ourKeys, theirKeys] = [new Set(one.map(sortKeyOf)), new Set(other.map(sortKeyOf))];
        const all = [...new Set([...ourKeys, ...theirKeys])];
        const expected = all.map((key) => `${key} ${ourKeys.has(key) ? 'o' : ''}${theirKeys.has(key) ? 't' : ''}`);
        expect(found.toSorted()).toEqual(expected.toSorted());
      }),
    );
  });

  it('sorts by the text of a key as it compares its parts', () => {
    fc.assert(
      fc.property(KEYS, KEYS, (one, other) => {
        const [a, b] = [sortKeyOf(one), sortKeyOf(other)];
        expect(Math.sign(compareKeys(one, other))).toBe(a === b ? 0 : a < b ? -1 : 1);
      }),
    );
  });

  it('adds up the lines of a number that the bill has twice', async () => {
    const merged: TheirEntry[] = [];
    const lines = [
      theirs('PAYMENT', 'a', 5),
      theirs('PAYMENT', 'b', 1),
      theirs('PAYMENT', 'b', 2),
      theirs('REFUND', 'b', 4),
    ];
    for await (const entry of mergeRepeatedEntries(from(lines))) merged.push(entry);
    expect(merged.map(({ type, number, amountFen }) => [type, number, amountFen])).toEqual([
      ['PAYMENT', 'a', 5],
      ['PAYMENT', 'b', 3],
      ['REFUND', 'b', 4],
    ]);
  });
});
