import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { redactUrl } from './redact-url.js';

const token = fc.stringMatching(/^[A-Za-z0-9_-]{43}$/);
const encoded = (text: string, times: number): string =>
  times === 0
    ? text
    : encoded(Array.from(text, (letter) => `%${letter.charCodeAt(0).toString(16)}`).join(''), times - 1);

describe('URL redaction in the log', () => {
  it.each([
    '/api/orders/20261121K7Q2M9XWPA0B',
    '/admin/assets/index-DiwrgTda.js',
    '/admin/api/orders?status=PAID&from=2026-12-10T00:00:00%2B08:00&limit=20',
    '/admin/api/orders?cursor=MTIz&withTotal=true',
    '/api/%e8%8c%b6',
    '/',
  ])('log: shows an ordinary URL unchanged: %s', (url) => {
    expect(redactUrl(url)).toBe(url);
  });

  it.each([
    ['/x?a=1&b&limit=2', '/x?a&b&limit=2'],
    ['/x?q=oAlice', '/x?q'],
    ['/x?=1&%6cimit=3&a%20b=4', '/x?[redacted]&[redacted]&[redacted]'],
    ['/x?13800000000', '/x?[redacted]'],
    [`/x?${'a=1&'.repeat(500)}`, `/x?${'a&'.repeat(20)}…`],
  ])('log: shows only the names of unknown parameters: %s', (url, shown) => {
    expect(redactUrl(url)).toBe(shown);
  });

  it('log: shows no token in any part of a URL, even if it is encoded repeatedly', () => {
    const place = fc.constantFrom('/', '/api/orders/', '/x?', '/x?token=', '/x?status=', '/x?limit=1&cursor=a.');
    fc.assert(
      fc.property(place, token, fc.integer({ min: 0, max: 6 }), (before, secret, times) => {
        const shown = redactUrl(before + encoded(secret, times));
        expect(shown).not.toContain(secret);
        expect(shown).not.toMatch(/%/);
      }),
    );
  });

  it('log: takes linear time for a URL that is encoded repeatedly', () => {
    expect(redactUrl(`/%${'25'.repeat(8000)}41`)).toBe('/[redacted]');
  });
});
