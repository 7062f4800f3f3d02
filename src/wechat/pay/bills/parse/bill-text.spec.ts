import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BillTimes, unescapeBillText } from './bill-text.js';

/** The escapes of a payment row and of a refund row. Source: docs/wechat-protocol.md, v3 §6.1. */
const ESCAPES: readonly [string, string][] = [
  ['\\', '\\\\'],
  ['"', '\\"'],
  [',', '\\ '],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\u001a', '\\\u001a'],
];
const PAYMENT = new Map([...ESCAPES, ["'", "\\'"], ['`', '\\`']]);
const REFUND = new Map([...ESCAPES, ['`', '\\140']]);

describe('bill texts', () => {
  it.each([
    ['a payment row', PAYMENT],
    ['a refund row', REFUND],
  ])('restores every text as WeChat escapes it in %s', (_row, escapes) => {
    const text = fc.string({
      unit: fc.oneof(fc.constantFrom(...PAYMENT.keys()), fc.constantFrom('茶', 'n', '1', '4', '0')),
    });
    fc.assert(
      fc.property(text, (original) => {
        const escaped = [...original].map((character) => escapes.get(character) ?? character).join('');
        expect(unescapeBillText(escaped)).toBe(original);
      }),
    );
  });

  it('keeps unknown escapes and a last backslash', () => {
    expect(unescapeBillText('C:\\dir\\')).toBe('C:\\dir\\');
  });
});

describe('bill times', () => {
  it.each([
    ['2026-11-21 12:00:41', '2026-11-21T04:00:41.000Z'],
    ['2026-11-21 00:00:00', '2026-11-20T16:00:00.000Z'],
    ['2024-02-29 23:59:59', '2024-02-29T15:59:59.000Z'],
  ])('reads %s in Beijing as %s', (text, instant) => {
    expect(new BillTimes().parse(text)?.toISOString()).toBe(instant);
  });

  it.each([
    '',
    '2026-02-29 00:00:00',
    '2026-13-01 00:00:00',
    '2026-11-21 24:00:00',
    '2026-11-21T12:00:41',
    '20261121120041',
  ])('does not read %j', (text) => {
    const times = new BillTimes();
    expect(times.parse(text)).toBeNull();
    expect(times.parse('2026-11-21 08:00:01')).toEqual(new Date('2026-11-21T00:00:01Z'));
  });
});
