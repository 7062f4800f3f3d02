/** A question that waits may be brought forward after this part of its gap, so that the back-off still limits all questions. */
const GAP_DIVISOR = 20;
/** Seconds. The longest gap is a day, and nothing may wait for hours once WeChat answers again. */
export const MAX_EARLY_SECONDS = 300;

/**
 * Seconds after a question without a usable answer from which WeChat's answer to any other call may bring the next one
 * forward. Without an outage, such as for a payment that WeChat never answers about, it is asked no faster than that.
 * @param gapSeconds until the next question by the back-off.
 */
export function earlyCheckDelaySeconds(gapSeconds: number): number {
  return Math.min(gapSeconds / GAP_DIVISOR, MAX_EARLY_SECONDS);
}
