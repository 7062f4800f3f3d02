import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { earlyCheckDelaySeconds } from './early-check.js';

describe('earlyCheckDelaySeconds', () => {
  it('payment check: an early query is possible after a twentieth of the gap, and after five minutes at the latest', () => {
    expect([20, 1200, 3600, 86_400].map(earlyCheckDelaySeconds)).toEqual([1, 60, 180, 300]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 86_400 }), (gap) => {
        const early = earlyCheckDelaySeconds(gap);
        expect(early).toBeGreaterThan(0);
        expect(early).toBeLessThan(gap);
        expect(early).toBeLessThanOrEqual(300);
      }),
    );
  });
});
