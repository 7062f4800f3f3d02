import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseYuan, formatPlainYuan, formatYuan, partialPriceFen } from './money.js';

describe('money', () => {
  it.each([
    [0, '¥0.00'],
    [1, '¥0.01'],
    [10, '¥0.10'],
    [1234, '¥12.34'],
    [100_000, '¥1,000.00'],
    [123_456_789, '¥1,234,567.89'],
    [-250, '-¥2.50'],
  ])('formats %i fen as %s', (fen, text) => {
    expect(formatYuan(fen)).toBe(text);
  });

  it.each([
    ['12.34', 1234],
    ['12', 1200],
    ['12.', 1200],
    ['12.3', 1230],
    ['0.01', 1],
    ['0.29', 29], // 0.29 * 100 is 28.999999999999996
    ['1.005', null],
    ['19.99', 1999],
    ['4.35', 435], // 4.35 * 100 is 434.99999999999994
    ['1,234.05', 123_405],
    ['1,23.05', null],
    ['¥ 8.80', 880],
    ['￥８．８', 880],
    ['8.8元', 880],
    ['  7 ', 700],
    ['', null],
    ['.5', null],
    ['-1', null],
    ['1e3', null],
    ['0x10', null],
    ['NaN', null],
    ['12.3.4', null],
    ['99999999999', null],
  ])('parses "%s" as %p fen', (typed, fen) => {
    expect(parseYuan(typed)).toBe(fen);
  });

  it('parses every formatted amount back to the same fen', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999 }), (fen) => {
        expect(parseYuan(formatPlainYuan(fen))).toBe(fen);
        expect(parseYuan(formatYuan(fen))).toBe(fen);
      }),
    );
  });
});

describe('partialPriceFen', () => {
  it.each([
    [{ payableFen: 799, quantity: 3 }, 0, 1, 266],
    [{ payableFen: 799, quantity: 3 }, 1, 1, 266],
    [{ payableFen: 799, quantity: 3 }, 2, 1, 267],
    [{ payableFen: 799, quantity: 3 }, 0, 3, 799],
    [{ payableFen: 0, quantity: 2 }, 0, 1, 0],
    [{ payableFen: 100, quantity: 1 }, 1, 1, 0],
  ])('%j, %i refunded before: %i cost %i fen', (line, before, count, fen) => {
    expect(partialPriceFen(line, before, count)).toBe(fen);
  });

  it('adds up to the whole price for any split of the quantity', () => {
    const line = fc.record({
      payableFen: fc.integer({ min: 0, max: 1_000_000_000 }),
      quantity: fc.integer({ min: 1, max: 999 }),
    });
    fc.assert(
      fc.property(line, fc.array(fc.integer({ min: 1, max: 999 }), { maxLength: 30 }), (of, portions) => {
        let [before, sumFen] = [0, 0];
        for (const portion of [...portions, of.quantity]) {
          const count = Math.min(portion, of.quantity - before);
          const fen = partialPriceFen(of, before, count);
          expect(fen).toBeGreaterThanOrEqual(0);
          sumFen += fen;
          before += count;
        }
        expect(sumFen).toBe(of.payableFen);
      }),
    );
  });
});
