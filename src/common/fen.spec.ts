import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MAX_FEN, parseFen, formatYuan } from './fen.js';

describe('fen: parsing an amount of WeChat', () => {
  it('accepts whole numbers of fen', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (fen) => {
        expect(parseFen(String(fen))).toBe(fen);
      }),
    );
    expect(parseFen(String(MAX_FEN))).toBe(MAX_FEN);
  });

  it.each(
    [
      [undefined],
      ...[
        '',
        '0',
        '00',
        '01',
        '-1',
        '+1',
        '1.0',
        '12.88',
        '1,288',
        '1e3',
        '0x10',
        ' 1',
        '1 ',
        '1\n',
        'NaN',
        'Infinity',
      ],
      ...['١٢', '１２', '9007199254740993', '99999999999999999999'],
    ].map((text) => [Array.isArray(text) ? text[0] : text]),
  )('is no amount when it is %j', (text) => {
    expect(parseFen(text)).toBeNull();
  });

  it('returns exactly the number in the text, or null', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9.+e-]{1,18}$/)), (text) => {
        const fen = parseFen(text);
        return fen === null || (String(fen) === text && Number.isSafeInteger(fen) && fen >= 1);
      }),
    );
  });
});

describe('fen: formatting in yuan', () => {
  it.each([
    [0, '¥0.00'],
    [5, '¥0.05'],
    [99_999, '¥999.99'],
    [9_931_600, '¥99,316.00'],
    [-123_456_789, '-¥1,234,567.89'],
  ])('formats %d fen as %s', (fen, text) => {
    expect(formatYuan(fen)).toBe(text);
  });

  it('contains the digits of the amount for any amount', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (fen) => {
        expect(BigInt(formatYuan(fen).replaceAll(/\D/g, ''))).toBe(BigInt(fen));
      }),
    );
  });
});
