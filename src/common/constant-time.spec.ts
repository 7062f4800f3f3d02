import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isEqualInConstantTime } from './constant-time.js';

describe('comparison in constant time', () => {
  it('is true for equal texts and false for all others, of any length', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        expect(isEqualInConstantTime(one, one)).toBe(true);
        expect(isEqualInConstantTime(one, other)).toBe(one === other);
        expect(isEqualInConstantTime(one, `${one}x`)).toBe(false);
      }),
    );
  });
});
