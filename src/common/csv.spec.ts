import { describe, expect, it } from '@jest/globals';
import { csvLine, numberCell, textCell, yuanCell } from './csv.js';

describe('csv: a cell', () => {
  it.each(['=1+1', '+1', '-1', '@a', ' =1', '\t=1', '＝1', '﹢1', '\u200B=1', '\r=1', '\0=1'])(
    'that begins with %j is no formula',
    (text) => {
      expect(textCell(text)).toMatch(/^"'/);
    },
  );

  it('stays one cell of one line', () => {
    expect(csvLine([textCell('a"b,c\r\nd\u2028e'), textCell('茶')])).toBe('"a""b,c d e","茶"\r\n');
  });

  it('with a long number is kept as text, and another number is checked like a text', () => {
    expect(numberCell('4200002910202611211234567890')).toBe('"\t4200002910202611211234567890"');
    expect(numberCell('=A1')).toBe(`"'=A1"`);
    expect(numberCell('')).toBe('""');
  });

  it.each([
    [0, '"0.00"'],
    [5, '"0.05"'],
    [-5, '"-0.05"'],
    [123_456, '"1234.56"'],
    [-100, '"-1.00"'],
    [null, '""'],
  ])('with %p fen is %s', (fen, cell) => {
    expect(yuanCell(fen)).toBe(cell);
  });
});
