import { describe, expect, it } from '@jest/globals';
import { newId, newOrderNo, newToken, sha256 } from './ids.js';

const COUNT = 10_000;
const NOON = new Date('2026-11-21T04:00:00.000Z');

describe('a number we give', () => {
  it.each([
    ['an order', () => newOrderNo(NOON), /^20261121[0-9A-HJKMNP-TV-Z]{12}$/],
    ['a person or a product', newId, /^[0-9A-HJKMNP-TV-Z]{16}$/],
    ['a token', newToken, /^[\w-]{43}$/],
  ])('to %s never comes twice, and looks as it should', (_whom, make: () => string, shape) => {
    const numbers = Array.from({ length: COUNT }, make);
    expect(new Set(numbers).size).toBe(COUNT);
    for (const number of numbers) expect(number).toMatch(shape);
  });

  it("to an order begins with Beijing's day, which is tomorrow before London's midnight", () => {
    expect(newOrderNo(new Date('2026-11-21T15:59:59.999Z')).slice(0, 8)).toBe('20261121');
    expect(newOrderNo(new Date('2026-11-21T16:00:00.000Z')).slice(0, 8)).toBe('20261122');
  });

  it("to an attempt fits WeChat's out_trade_no, up to the attempt number 99,999,999,999", () => {
    for (const attempt of [1, 99, 99_999_999_999]) {
      expect(`${newOrderNo(NOON)}-${attempt}`).toMatch(/^[0-9A-Za-z_\-|*]{6,32}$/);
    }
  });

  it('uses every letter of its alphabet, so that no bit is lost', () => {
    const letters = new Set(Array.from({ length: 2000 }, newId).join(''));
    expect([...letters].sort().join('')).toBe('0123456789ABCDEFGHJKMNPQRSTVWXYZ');
  });
});

describe('the hash of a token', () => {
  it('is SHA-256 in hex', () => {
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sha256('茶')).not.toBe(sha256('?'));
  });
});
