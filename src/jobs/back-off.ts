import type { Clock } from '../common/time/clock.js';

/** A query may be brought forward after 1/20 of its delay, so that the back-off still limits the number of queries. */
const EARLIEST_CHECK_DIVISOR = 20;
/** Seconds. The longest delay is a day, and a row must not wait for hours once WeChat responds again. */
export const MAX_EARLIEST_CHECK_DELAY_SECONDS = 300;
/** Margin for clock differences between instances and for delays that were longer in earlier settings. */
const WAIT_MARGIN_SECONDS = 86_400;

/**
 * Seconds to wait after attempt number `attempt`; the last delay repeats.
 * @param delays at least one. @param attempt from 0.
 */
export function backOffSeconds(delays: readonly number[], attempt: number): number {
  const seconds = delays[Math.min(attempt, delays.length - 1)];
  if (seconds === undefined) throw new Error('A back-off needs at least one delay.');
  return seconds;
}

/** Milliseconds ahead at which a date cannot be right any more. @param delays possible waiting times in seconds. */
export function maxWaitMs(delays: readonly number[]): number {
  return (Math.max(...delays) + WAIT_MARGIN_SECONDS) * 1000;
}

/**
 * Early check: after a query without a usable response, the next query may run earlier, once any other WeChat call succeeds.
 * Returns the minimum delay in seconds. It limits the rate for a payment whose queries fail while other calls succeed.
 * @param delaySeconds seconds until the next query by the back-off.
 */
export function earliestCheckDelaySeconds(delaySeconds: number): number {
  return Math.min(delaySeconds / EARLIEST_CHECK_DIVISOR, MAX_EARLIEST_CHECK_DELAY_SECONDS);
}

/** When the next query is due, and from when on it may be brought forward if this one had no usable response. */
export function nextCheckDates(
  clock: Clock,
  delaySeconds: number,
  isAnswered: boolean,
): { nextCheckAt: Date; earliestCheckAt: Date | null } {
  const earliestCheckAt = isAnswered ? null : clock.secondsFromNow(earliestCheckDelaySeconds(delaySeconds));
  return { nextCheckAt: clock.secondsFromNow(delaySeconds), earliestCheckAt };
}
