import { beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Clock } from './clock.js';
import { ClockMonitor } from './clock-monitor.js';
import { Metrics } from '../metrics/metrics.js';

Logger.overrideLogger(false);

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const START = Date.parse('2026-11-21T04:00:00.000Z');

describe('clock monitor', () => {
  let trueMs: number;
  let errorMs: number;
  let clock: Clock;
  let watch: ClockMonitor;

  const follow = (areJumpsDeliberate: boolean): void => {
    clock.useTimeSource({ now: () => new Date(trueMs + errorMs), steadyMs: () => trueMs }, areJumpsDeliberate);
  };
  const pass = (ms: number): void => {
    trueMs += ms;
    watch.checkForJump();
  };
  const jump = (ms: number): void => {
    errorMs += ms;
    watch.checkForJump();
  };

  beforeEach(() => {
    [trueMs, errorMs] = [START, 0];
    clock = new Clock();
    follow(false);
    watch = new ClockMonitor(clock, new Metrics());
    watch.checkForJump();
  });

  it('trusts a clock that runs normally or is changed by a few minutes', () => {
    pass(DAY_MS);
    jump(4 * MINUTE_MS);
    jump(-4 * MINUTE_MS);
    expect(watch.untrustedReason).toBeNull();
  });

  it('does not trust a clock that jumped until it is set back', () => {
    jump(370 * DAY_MS);
    pass(MINUTE_MS);
    expect(watch.untrustedReason).toBe('The clock jumped by 31968000 s, and WeChat has not confirmed it.');
    jump(-370 * DAY_MS);
    expect(watch.untrustedReason).toBeNull();
  });

  it('trusts the clock again one hour after the last jump', () => {
    jump(2 * DAY_MS);
    pass(59 * MINUTE_MS);
    expect(watch.untrustedReason).not.toBeNull();
    pass(2 * MINUTE_MS);
    expect(watch.untrustedReason).toBeNull();
  });

  it("trusts the clock again at once if WeChat's time agrees", () => {
    jump(2 * DAY_MS);
    watch.compareWith('the database', clock.now());
    expect(watch.untrustedReason).not.toBeNull(); // the database may run on the same machine
    watch.compareWith('WeChat', clock.now());
    expect(watch.untrustedReason).toBeNull();
  });

  it.each(['the database', 'WeChat'] as const)(
    'does not trust a clock while it differs from the clock of %s',
    (other) => {
      watch.compareWith(other, new Date(trueMs - DAY_MS));
      pass(DAY_MS);
      expect(watch.untrustedReason).toBe(`The clock differs by 86400 s from the clock of ${other}.`);
      jump(-DAY_MS);
      expect(watch.untrustedReason).not.toContain('differs');
      watch.compareWith('WeChat', new Date(trueMs - DAY_MS));
      expect(watch.untrustedReason).toBeNull();
    },
  );

  it('does not trust a clock that is far ahead of the last time stored in the database', () => {
    errorMs = 370 * DAY_MS;
    const started = new ClockMonitor(clock, new Metrics());
    started.checkDowntime(new Date(START - MINUTE_MS));
    expect(started.untrustedReason).not.toBeNull();
    errorMs = 0;
    started.checkForJump();
    expect(started.untrustedReason).toBeNull();
  });

  it("does not trust a clock that differs from the database's unless WeChat's time agrees", () => {
    watch.compareWith('the database', new Date(trueMs - 60 * MINUTE_MS));
    expect(watch.untrustedReason).toContain('the database');
    watch.compareWith('WeChat', new Date(trueMs));
    expect(watch.untrustedReason).toBeNull();
    watch.compareWith('WeChat', new Date(trueMs - 60 * MINUTE_MS));
    expect(watch.untrustedReason).toContain('differs by 3600 s');
  });

  it('trusts the clock in a new database and after a short downtime', () => {
    for (const lastSeenAt of [null, new Date(START - 20 * 60 * MINUTE_MS)]) {
      const started = new ClockMonitor(clock, new Metrics());
      started.checkDowntime(lastSeenAt);
      expect(started.untrustedReason).toBeNull();
    }
  });

  it('does not compare a virtual clock, and a new time source is not a jump', () => {
    follow(true);
    watch.checkForJump();
    watch.compareWith('WeChat', new Date(0));
    expect(watch.untrustedReason).toBeNull();
    jump(370 * DAY_MS);
    expect(watch.untrustedReason).not.toBeNull();
    follow(true);
    watch.checkForJump();
    expect(watch.untrustedReason).toBeNull();
  });
});
