import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isPlainText, normalizeText, toSingleLine } from './text.js';

const anyText = fc.string({ unit: 'binary', maxLength: 40 });

describe('text: input', () => {
  it.each([
    ['  tea \u3000', 'tea'],
    ['\ufefftea\u200b', 'tea'],
    ['a\r\nb\rc', 'a\nb\nc'],
    ['e\u0301', 'é'],
    [' \u200b ', ''],
    ['👨\u200d👩\u200d👧', '👨\u200d👩\u200d👧'],
  ])('text: %j is normalized to %j', (raw, expected) => {
    expect(normalizeText(raw)).toBe(expected);
  });

  it.each(['a\0b', '\u001b[31m', '\u202eevil', 'a\u2066b', '\ud800', 'a\u007f', 'a\u0085b', 'a\u2028b', '\uffff'])(
    'text: %j is rejected in one line and in several',
    (text) => {
      expect([isPlainText(text, false), isPlainText(text, true)]).toEqual([false, false]);
    },
  );

  it('text: line feeds and tabs are allowed only in multiline text', () => {
    expect([isPlainText('a\n\tb', true), isPlainText('a\nb', false), isPlainText('a\tb', false)]).toEqual([
      ...[true, false, false],
    ]);
  });

  it('text: normalizing twice gives the same result', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(normalizeText(normalizeText(text))).toBe(normalizeText(text));
      }),
    );
  });
});

describe('text: a signed line', () => {
  it('text: any stored text becomes one trimmed line', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const line = toSingleLine(text);
        expect(line).toBe(line.trim());
        expect(isPlainText(line, false)).toBe(true);
      }),
    );
  });

  it('text: a line break becomes one space', () => {
    expect(toSingleLine(' 不想要了 \r\n 请退款 \t')).toBe('不想要了 请退款');
  });
});
