import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { expectedFeeFen } from './expected-fee.js';

const payment = (settledFen: number, feeFen: number, feeRate: string | null = '0.60%'): number | null =>
  expectedFeeFen({ type: 'PAYMENT', feeRate, feeFen, settledFen, amountFen: settledFen });

describe('fee: of a payment or refund on a bill', () => {
  it.each([
    [1188, 7, null],
    [1188, 8, null], // 7.128: rounded up
    [1188, 9, 7],
    [1188, 6, 7],
    [10_000, 60, null],
    [10_000, 61, 60],
    [10_000, 0, 60],
    [1, 0, null],
  ])('of %i fen at 0.60%%: %i is %p', (settledFen, feeFen, expected) => {
    expect(payment(settledFen, feeFen)).toBe(expected);
  });

  it('fits whenever it is rounded up or down, for any amount and rate', () => {
    fc.assert(
      fc.property(fc.nat(2_000_000_000), fc.integer({ min: 0, max: 999 }), fc.boolean(), (fen, rate, isUp) => {
        const exact = BigInt(fen) * BigInt(rate);
        const down = exact / 10_000n;
        const fee = isUp && exact % 10_000n !== 0n ? down + 1n : down;
        expect(
          payment(fen, Number(fee), `${Math.floor(rate / 100)}.${String(rate % 100).padStart(2, '0')}%`),
        ).toBeNull();
      }),
    );
  });

  it('of a refund is negative, by what was settled or by what was requested', () => {
    const refund = (feeFen: number): number | null =>
      expectedFeeFen({ type: 'REFUND', feeRate: '0.60%', feeFen, settledFen: 5000, amountFen: 10_000 });
    expect([refund(-30), refund(-60), refund(30), refund(-45)]).toEqual([null, null, -30, -30]);
  });

  it('is not checked without a rate that can be read', () => {
    for (const rate of [null, '', 'x', '0.6', '-1%']) expect(payment(10_000, 999, rate)).toBeNull();
  });
});
