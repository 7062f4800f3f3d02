import { beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Clock } from './clock.js';
import { ClockWatch } from './clock-watch.js';
import { Metrics } from './metrics.js';

Logger.overrideLogger(false);

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const START = Date.parse('2026-11-21T04:00:00.000Z');

describe('clock watch', () => {
  let trueMs: number;
  let errorMs: number;
  let clock: Clock;
  let watch: ClockWatch;

  const follow = (areJumpsDeliberate: boolean): void => {
    clock.follow({ now: () => new Date(trueMs + errorMs), steadyMs: () => trueMs }, areJumpsDeliberate);
  };
  const pass = (ms: number): void => {
    trueMs += ms;
    watch.look();
  };
  const jump = (ms: number): void => {
    errorMs += ms;
    watch.look();
  };

  beforeEach(() => {
    [trueMs, errorMs] = [START, 0];
    clock = new Clock();
    follow(false);
    watch = new ClockWatch(clock, new Metrics(clock));
    watch.look();
  });

  it('trusts a clock that only goes on, or is set by a few minutes', () => {
    pass(DAY_MS);
    jump(4 * MINUTE_MS);
    jump(-4 * MINUTE_MS);
    expect(watch.doubt).toBeNull();
  });

  it('doubts a clock that jumped, and trusts it again as soon as it is back', () => {
    jump(370 * DAY_MS);
    pass(MINUTE_MS);
    expect(watch.doubt).toBe('The clock jumped by 31968000 s, and WeChat has not confirmed it.');
    jump(-370 * DAY_MS);
    expect(watch.doubt).toBeNull();
  });

  it('trusts a jump after an hour without another one', () => {
    jump(2 * DAY_MS);
    pass(59 * MINUTE_MS);
    expect(watch.doubt).not.toBeNull();
    pass(2 * MINUTE_MS);
    expect(watch.doubt).toBeNull();
  });

  it("trusts a jump at once when WeChat's clock says the same", () => {
    jump(2 * DAY_MS);
    watch.compare('the database', clock.now());
    expect(watch.doubt).not.toBeNull(); // it may run on the same machine
    watch.compare('WeChat', clock.now());
    expect(watch.doubt).toBeNull();
  });

  it.each(['the database', 'WeChat'] as const)(
    'doubts a clock that differs from that of %s, for as long as it does',
    (other) => {
      watch.compare(other, new Date(trueMs - DAY_MS));
      pass(DAY_MS);
      expect(watch.doubt).toBe(`The clock differs by 86400 s from that of ${other}.`);
      jump(-DAY_MS);
      expect(watch.doubt).not.toContain('differs');
      watch.compare('WeChat', new Date(trueMs - DAY_MS));
      expect(watch.doubt).toBeNull();
    },
  );

  it('doubts a clock that is far ahead of the last time that the database remembers', () => {
    errorMs = 370 * DAY_MS;
    const started = new ClockWatch(clock, new Metrics(clock));
    started.resume(new Date(START - MINUTE_MS));
    expect(started.doubt).not.toBeNull();
    errorMs = 0;
    started.look();
    expect(started.doubt).toBeNull();
  });

  it("doubts a clock that differs from the database's, unless WeChat's agrees with it", () => {
    watch.compare('the database', new Date(trueMs - 60 * MINUTE_MS));
    expect(watch.doubt).toContain('the database');
    watch.compare('WeChat', new Date(trueMs));
    expect(watch.doubt).toBeNull();
    watch.compare('WeChat', new Date(trueMs - 60 * MINUTE_MS));
    expect(watch.doubt).toContain('differs by 3600 s');
  });

  it('starts without doubt in a new shop, and after a short pause', () => {
    for (const lastSeenAt of [null, new Date(START - 20 * 60 * MINUTE_MS)]) {
      const started = new ClockWatch(clock, new Metrics(clock));
      started.resume(lastSeenAt);
      expect(started.doubt).toBeNull();
    }
  });

  it('compares a virtual clock with no other, and takes another clock for no jump', () => {
    follow(true);
    watch.look();
    watch.compare('WeChat', new Date(0));
    expect(watch.doubt).toBeNull();
    jump(370 * DAY_MS);
    expect(watch.doubt).not.toBeNull();
    follow(true);
    watch.look();
    expect(watch.doubt).toBeNull();
  });
});
