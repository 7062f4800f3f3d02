import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Clock } from '../../common/time/clock.js';
import { Settings } from '../../config/settings.js';
import type { UnitOfWork } from '../../database/unit-of-work.js';
import { CallRateLimiter } from './call-rate-limiter.js';

const SECOND_MS = 1000;

describe('call rate limiter', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('during an outage of the database: allows every call, and logs once a minute that calls are not counted', async () => {
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    const now = jest.spyOn(performance, 'now');
    const unavailable = {
      runStatement: () => Promise.reject(new Error('the database is unavailable')),
    } as unknown as UnitOfWork;
    const limiter = new CallRateLimiter(
      Object.assign(new Settings(), { USER_CALLS_PER_MINUTE: 60, LOGIN_LIMIT_PER_MINUTE: 10 }),
      new Clock(),
      unavailable,
    );
    const logged: number[] = [];
    for (let second = 0; second <= 180; second += 20) {
      now.mockReturnValue(100_000 + second * SECOND_MS);
      expect(await limiter.consumeCall('U1')).toBe(0);
      logged.push(warn.mock.calls.length);
    }
    expect(logged).toEqual([1, 1, 1, 2, 2, 2, 3, 3, 3, 4]);
  });
});
