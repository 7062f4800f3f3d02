import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseYuan, formatPlainYuan, formatYuan } from './money.js';

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
