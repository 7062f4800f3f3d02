import { describe, expect, it } from '@jest/globals';
import { newId, newOrderNo, newToken, sha256 } from './ids.js';

const COUNT = 10_000;
const NOON = new Date('2026-11-21T04:00:00.000Z');

describe('ids', () => {
  it.each([
    ['an order', () => newOrderNo(NOON), /^20261121[0-9A-HJKMNP-TV-Z]{12}$/],
    ['a person or a product', newId, /^[0-9A-HJKMNP-TV-Z]{16}$/],
    ['a token', newToken, /^[\w-]{43}$/],
  ])('for %s are unique and have the right format', (_whom, make: () => string, shape) => {
    const numbers = Array.from({ length: COUNT }, make);
    expect(new Set(numbers).size).toBe(COUNT);
    for (const number of numbers) expect(number).toMatch(shape);
  });

  it('an order number begins with the Beijing day, which can be a day after the UTC day', () => {
    expect(newOrderNo(new Date('2026-11-21T15:59:59.999Z')).slice(0, 8)).toBe('20261121');
    expect(newOrderNo(new Date('2026-11-21T16:00:00.000Z')).slice(0, 8)).toBe('20261122');
  });

  it("an attempt number fits WeChat's out_trade_no up to attempt 99,999,999,999", () => {
    for (const attempt of [1, 99, 99_999_999_999]) {
      expect(`${newOrderNo(NOON)}-${attempt}`).toMatch(/^[0-9A-Za-z_\-|*]{6,32}$/);
    }
  });

  it('use all letters of the alphabet', () => {
    const letters = new Set(Array.from({ length: 2000 }, newId).join(''));
    expect([...letters].sort().join('')).toBe('0123456789ABCDEFGHJKMNPQRSTVWXYZ');
  });
});

describe('ids: the hash of a token', () => {
  it('is SHA-256 in hex', () => {
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sha256('茶')).not.toBe(sha256('?'));
  });
});
