import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readSettings } from '../config/read-settings.js';
import { maxCallDurationMs } from './max-call-duration.js';

describe('maximum duration of calls to WeChat', () => {
  it('is longer than connecting and waiting for every response', () => {
    const counts = { calls: fc.integer({ min: 1, max: 10 }), seconds: fc.integer({ min: 1, max: 60 }) };
    fc.assert(
      fc.property(fc.record(counts), fc.integer({ min: 1, max: 10 }), ({ calls, seconds }, margin) => {
        const settings = readSettings({ WECHAT_TIMEOUT_SECONDS: String(seconds) });
        expect(maxCallDurationMs(settings, calls, margin)).toBe((calls * (2 + seconds) + margin) * 1000);
        expect(maxCallDurationMs(settings, calls + 1, margin)).toBeGreaterThan(
          maxCallDurationMs(settings, calls, margin) + seconds * 1000,
        );
      }),
    );
  });
});
