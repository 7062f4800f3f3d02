import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  ExactSum,
  FEN_DECIMALS,
  MICRO_FEN_DECIMALS,
  microFenSumToFen,
  microFenToFen,
  parseDecimal,
  parseExactDecimal,
} from './decimals.js';

/** Writes a whole number of the smallest unit as WeChat does. */
function write(value: bigint, decimals: number): string {
  const digits = String(value < 0n ? -value : value).padStart(decimals + 1, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

describe('bill decimals', () => {
  it.each<[string, number | null]>([
    ['0.00', 0],
    ['12.88', 1288],
    ['12.8', 1280],
    ['12', 1200],
    ['12.8800', 1288],
    ['-15.00', -1500],
    ['-0.00', 0],
    ['0.29', 29],
    ['1.005', null],
    ['90071992547409.91', Number.MAX_SAFE_INTEGER],
    ['90071992547409.92', null],
    ['99999999999999999999', null],
    ...['', '-', '.', '.5', '5.', '1e3', '1,000.00', ' 1.00', '１.00', '0x10', '--1', '1.2.3', 'NaN'].map(
      (text): [string, null] => [text, null],
    ),
  ])('reads %j as %p fen', (text, fen) => {
    expect(parseDecimal(text, FEN_DECIMALS)).toBe(fen);
  });

  it.each<[string, number | null]>([
    ['0.07000', 7_000_000],
    ['-0.09000', -9_000_000],
    ['0.00001', 1000],
    ['0.00000001', 1],
    ['0.000000001', null],
  ])('reads the fee %j as %p millionths of a fen', (text, microFen) => {
    expect(parseDecimal(text, MICRO_FEN_DECIMALS)).toBe(microFen);
  });

  it('reads every amount exactly, as number and as bigint', () => {
    const amount = fc.bigInt({ min: -BigInt(Number.MAX_SAFE_INTEGER), max: BigInt(Number.MAX_SAFE_INTEGER) });
    fc.assert(
      fc.property(amount, fc.constantFrom(FEN_DECIMALS, MICRO_FEN_DECIMALS), (value, decimals) => {
        const text = write(value, decimals);
        expect(parseDecimal(text, decimals)).toBe(Number(value));
        expect(parseExactDecimal(text, decimals)).toBe(value);
      }),
    );
  });

  it('accepts and rejects the same texts in both functions, apart from size', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[-.0-9 e]{0,12}$/), (text) => {
        const value = parseDecimal(text, FEN_DECIMALS);
        expect(parseExactDecimal(text, FEN_DECIMALS)).toBe(value === null ? null : BigInt(value));
      }),
    );
  });

  it('reads counts with decimals, as older files have them', () => {
    expect(parseExactDecimal('20.0', 0)).toBe(20n);
    expect(parseExactDecimal('20.5', 0)).toBeNull();
  });

  it.each([
    [7_499_999, 7],
    [7_500_000, 8],
    [-7_499_999, -7],
    [-7_500_000, -8],
    [-499_999, 0],
    [0, 0],
  ])('rounds %p millionths to %p fen, half away from zero', (microFen, fen) => {
    expect(microFenToFen(microFen)).toBe(fen);
    expect(microFenSumToFen(BigInt(microFen))).toBe(fen);
  });

  it('adds any numbers without losing a digit', () => {
    fc.assert(
      fc.property(fc.array(fc.maxSafeInteger()), (values) => {
        const sum = new ExactSum();
        for (const value of values) sum.add(value);
        expect(sum.value).toBe(values.reduce((total, value) => total + BigInt(value), 0n));
      }),
    );
  });
});
