import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Clock } from '../common/time/clock.js';
import { backOffSeconds, earliestCheckDelaySeconds, maxWaitMs, nextCheckDates } from './back-off.js';

const delays = fc.array(fc.integer({ min: 1, max: 86_400 }), { minLength: 1, maxLength: 12 });

describe('back-off', () => {
  it('takes the delays one after another and then repeats the last one', () => {
    expect([0, 1, 2, 3, Number.MAX_SAFE_INTEGER].map((attempt) => backOffSeconds([5, 10, 20], attempt))).toEqual([
      5, 10, 20, 20, 20,
    ]);
    fc.assert(
      fc.property(delays, fc.nat(30), (list, attempt) => {
        expect(backOffSeconds(list, attempt)).toBe(attempt < list.length ? list[attempt] : list.at(-1));
      }),
    );
    expect(() => backOffSeconds([], 0)).toThrow('at least one delay');
  });

  it('never waits as long as a date counts as wrong', () => {
    fc.assert(
      fc.property(delays, fc.nat(30), (list, attempt) => {
        expect(backOffSeconds(list, attempt) * 1000).toBeLessThan(maxWaitMs(list));
      }),
    );
  });

  it('payment check: an early query is possible after a twentieth of the delay, and after five minutes at the latest', () => {
    expect([20, 1200, 3600, 86_400].map(earliestCheckDelaySeconds)).toEqual([1, 60, 180, 300]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 86_400 }), (delay) => {
        const early = earliestCheckDelaySeconds(delay);
        expect(early).toBeGreaterThan(0);
        expect(early).toBeLessThan(delay);
        expect(early).toBeLessThanOrEqual(300);
      }),
    );
  });

  it('only a query without a usable response can be brought forward', () => {
    const clock = new Clock();
    clock.useTimeSource({ now: () => new Date('2026-11-21T04:00:00.000Z') });
    const nextCheckAt = new Date('2026-11-21T04:20:00.000Z');
    expect(nextCheckDates(clock, 1200, true)).toEqual({ nextCheckAt, earliestCheckAt: null });
    const earliestCheckAt = new Date('2026-11-21T04:01:00.000Z');
    expect(nextCheckDates(clock, 1200, false)).toEqual({ nextCheckAt, earliestCheckAt });
  });
});
