import type { Clock } from '../common/clock.js';
import type { Settings } from '../config/settings.js';
import { earlyCheckDelaySeconds } from '../payment/early-check.js';

/** Query, close and query, each at the host and its backup host, and a margin for the database. */
const MAX_CALLS = 3 * 2;
const CONNECT_TIMEOUT_SECONDS = 2;
const LEASE_MARGIN_SECONDS = 10;

/** Milliseconds of a lease: longer than closing one attempt can take. */
export function paymentLeaseMs(settings: Settings): number {
  return (MAX_CALLS * (settings.WECHAT_TIMEOUT_SECONDS + CONNECT_TIMEOUT_SECONDS) + LEASE_MARGIN_SECONDS) * 1000;
}

/** Margin for clock differences between instances and for gaps that were longer in earlier settings. */
const WAIT_MARGIN_SECONDS = 86_400;

/** Milliseconds ahead at which a date cannot be right any more. @param gaps possible waiting times in seconds. */
export function maxWaitMs(gaps: readonly number[]): number {
  return (Math.max(...gaps) + WAIT_MARGIN_SECONDS) * 1000;
}

/** Seconds between query number `queryCount` (from 1) and the next query; the last gap repeats. */
export function gapAfterCheck(settings: Settings, queryCount: number): number {
  const gaps = settings.QUERY_BACKOFF_SECONDS;
  return gaps[Math.min(queryCount, gaps.length - 1)] ?? 3600;
}

/** When the next query is due, and from when on it may be brought forward if this one had no usable answer. */
export function nextCheckDates(
  clock: Clock,
  gapSeconds: number,
  isAnswered: boolean,
): { nextCheckAt: Date; earlyCheckAt: Date | null } {
  const earlyCheckAt = isAnswered ? null : clock.secondsFromNow(earlyCheckDelaySeconds(gapSeconds));
  return { nextCheckAt: clock.secondsFromNow(gapSeconds), earlyCheckAt };
}
