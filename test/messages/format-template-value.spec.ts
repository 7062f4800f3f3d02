import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isWithinLimits } from '../../packages/wechat-pay-simulator/src/messages/value-limits.js';
import {
  formatTemplateValue,
  valueKindOf,
  VALUE_KINDS,
  type ValueKind,
} from '../../src/notification/format-template-value.js';

/** Typical and odd texts: Chinese, emoji of several code points, control characters, lone surrogates. */
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc
    .array(fc.constantFrom('龙', '井', '𠮷', '👨‍👩‍👧‍👦', '🇨🇳', 'é', 'a', '1', '.', ' ', '\n', '\u0000', '\ud83d', '￥'))
    .map((parts) => parts.join('')),
);

describe('subscribe messages: fitValue', () => {
  it('returns a value that WeChat accepts for any text and kind', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom(...VALUE_KINDS), (text, kind) => {
        const fitted = formatTemplateValue(kind, text);
        if (fitted !== null)
          expect({ text, fitted, ok: isWithinLimits(`${kind}1`, fitted) }).toMatchObject({ ok: true });
      }),
      { numRuns: 3000 },
    );
  });

  it('always returns a value for kinds without a format', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom('thing', 'character_string', 'phrase'), (text, kind) => {
        expect(formatTemplateValue(kind as ValueKind, text)).not.toBeNull();
      }),
    );
  });

  it('does not change a fitted value', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom(...VALUE_KINDS), (text, kind) => {
        const fitted = formatTemplateValue(kind, text);
        if (fitted !== null) expect(formatTemplateValue(kind, fitted)).toBe(fitted);
      }),
    );
  });

  it('returns at most 20 characters and no lone surrogate', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const fitted = formatTemplateValue('thing', text) ?? '';
        expect(fitted.isWellFormed()).toBe(true);
        expect(fitted.length).toBeLessThanOrEqual(20);
      }),
    );
  });

  it.each<[ValueKind, string, string | null]>([
    ['thing', '龙井茶', '龙井茶'],
    ['thing', '龙井茶\n第二行', '龙井茶 第二行'],
    ['thing', '一二三四五六七八九十一二三四五六七八九十', '一二三四五六七八九十一二三四五六七八九十'],
    ['thing', '一二三四五六七八九十一二三四五六七八九十一', '一二三四五六七八九十一二三四五六七八九…'],
    ['thing', `${'茶'.repeat(15)}👨‍👩‍👧‍👦`, `${'茶'.repeat(15)}…`],
    ['thing', '\u200b ', '无'],
    ['character_string', 'RF20261121ABCDEFGHJKMN', 'RF20261121ABCDEFGHJKMN'],
    ['character_string', '订单A1', 'A1'],
    ['character_string', 'A 1 订单 B', 'A 1 B'],
    ['character_string', 'x'.repeat(33), `${'x'.repeat(29)}...`],
    ['character_string', '订单', '-'],
    ['phrase', '退款已到账了', '退款已到账'],
    ['phrase', 'done', '无'],
    ['name', '王小明（先生）', '王小明先生'],
    ['name', 'Wang Xiaoming', 'Wang Xiaoming'],
    ['name', '123', null],
    ['letter', 'A-1-B', 'AB'],
    ['letter', '一', null],
    ['symbol', '*', '*'],
    ['symbol', 'a', null],
    ['number', '12.5', '12.5'],
    ['number', '1'.repeat(33), null],
    ['number', '12,5', null],
    ['time', '12:00', '12:00'],
    ['time', '2026-11-21 12:00', '2026-11-21 12:00'],
    ['date', '12:00', null],
    ['date', '2026年11月21日 12:00', '2026年11月21日 12:00'],
    ['amount', '￥12.88', '￥12.88'],
    ['amount', '12.88元', '12.88元'],
    ['amount', '￥10000000.00', '￥10000000.00'],
    ['amount', '￥123456789.00', null],
    ['amount', 'CNY 12.88', null],
    ['phone_number', '0571-8888', '0571-8888'],
    ['phone_number', '1'.repeat(18), null],
    ['car_number', '粤A8Z888挂', '粤A8Z888挂'],
    ['car_number', '粤A8Z888挂长', null],
  ])('fits %s: %j becomes %j', (kind, text, fitted) => {
    expect(formatTemplateValue(kind, text)).toBe(fitted);
  });
});

describe('subscribe messages: the kind of a template key', () => {
  it.each([
    ['thing4', 'thing'],
    ['character_string1', 'character_string'],
    ['phone_number12', 'phone_number'],
    ['thing', null],
    ['things4', null],
    ['4thing', null],
    ['constructor1', null],
  ])('%s has the kind %s', (key, kind) => {
    expect(valueKindOf(key)).toBe(kind);
  });
});
