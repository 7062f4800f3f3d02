import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BoundedMap } from './bounded-map.js';

describe('bounded map', () => {
  it('keeps the keys that were set last, with their latest values', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fc.nat(8)), (maxSize, keys) => {
        const map = new BoundedMap<number, number>(maxSize);
        for (const [at, key] of keys.entries()) map.set(key, at);
        const latest = [...new Set(keys.toReversed())].slice(0, maxSize).toReversed();
        expect([...map]).toEqual(latest.map((key) => [key, keys.lastIndexOf(key)]));
      }),
    );
  });
});
