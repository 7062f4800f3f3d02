import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chooseReplacedRefunds } from './replaced-refunds.js';

const of = (...amounts: number[]): { amountFen: number }[] => amounts.map((amountFen) => ({ amountFen }));

describe('refund import: chooseReplaced', () => {
  it.each([
    ['the refund of the same amount, although both would fit', of(30, 40), 40, 60, of(40)],
    ['none when the amount fits and no refund has the same', of(30), 20, 70, []],
    ['the smallest refund that is enough', of(100, 40, 50), 60, 20, of(40)],
    ['one after the other when no single refund is enough', of(30, 20, 40), 60, 10, of(30, 20)],
    ['null when all of them are too little', of(10, 10), 60, 10, null],
    ['null when there is none and the amount does not fit', of(), 60, 10, null],
  ])('chooses %s', (_what, candidates, amountFen, leftFen, expected) => {
    expect(chooseReplacedRefunds(candidates, amountFen, leftFen)).toEqual(expected);
  });

  it('chooses candidates that make the amount fit, or null exactly when that is impossible', () => {
    const fen = fc.integer({ min: 1, max: 1000 });
    fc.assert(
      fc.property(fc.array(fen, { maxLength: 6 }), fen, fc.nat(1000), (amounts, amountFen, leftFen) => {
        const candidates = of(...amounts);
        const chosen = chooseReplacedRefunds(candidates, amountFen, leftFen);
        const sum = (rows: { amountFen: number }[]): number => rows.reduce((total, row) => total + row.amountFen, 0);
        if (chosen === null) expect(leftFen + sum(candidates)).toBeLessThan(amountFen);
        else expect(leftFen + sum(chosen)).toBeGreaterThanOrEqual(amountFen);
        expect(new Set(chosen ?? []).size).toBe(chosen?.length ?? 0);
      }),
    );
  });
});
