import type { Clock } from '../common/clock.js';
import type { Settings } from '../config/settings.js';
import { earlyCheckDelaySeconds } from '../payment/early-check.js';

/** Query, close, query, each at a host and perhaps its twin; and some air for the database. */
const MAX_CALLS = 3 * 2;
const CONNECT_TIMEOUT_SECONDS = 2;
const LEASE_MARGIN_SECONDS = 10;

/** Milliseconds that closing one attempt can take at the very most. */
export function leaseMs(settings: Settings): number {
  return (MAX_CALLS * (settings.WECHAT_TIMEOUT_SECONDS + CONNECT_TIMEOUT_SECONDS) + LEASE_MARGIN_SECONDS) * 1000;
}

/** What the clocks of two instances may differ by, and a setting may have been longer before: nothing real waits so long. */
const WAIT_MARGIN_SECONDS = 86_400;

/** Milliseconds after which a date of a row that waits for one of these gaps, in seconds, cannot be right. */
export function maxWaitMs(gaps: readonly number[]): number {
  return (Math.max(...gaps) + WAIT_MARGIN_SECONDS) * 1000;
}

/** Seconds between the question number `asked` (from 1) and the next; the last gap repeats. */
export function gapAfterCheck(settings: Settings, asked: number): number {
  const gaps = settings.QUERY_BACKOFF_SECONDS;
  return gaps[Math.min(asked, gaps.length - 1)] ?? 3600;
}

/** When the next question is due, and from when on it may be brought forward when this one had no usable answer. */
export function nextCheckDates(
  clock: Clock,
  gapSeconds: number,
  isAnswered: boolean,
): { nextCheckAt: Date; earlyCheckAt: Date | null } {
  const earlyCheckAt = isAnswered ? null : clock.secondsFromNow(earlyCheckDelaySeconds(gapSeconds));
  return { nextCheckAt: clock.secondsFromNow(gapSeconds), earlyCheckAt };
}
