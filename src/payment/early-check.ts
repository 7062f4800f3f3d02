/** A query may be brought forward after 1/20 of its gap, so that the back-off still limits the number of queries. */
const GAP_DIVISOR = 20;
/** Seconds. The longest gap is a day, and a row must not wait for hours once WeChat answers again. */
export const MAX_EARLY_SECONDS = 300;

/**
 * Early check: after a query without a usable answer, the next query may run earlier, once any other WeChat call succeeds.
 * Returns the minimum delay in seconds. It limits the rate for a payment whose queries fail while other calls succeed.
 * @param gapSeconds seconds until the next query by the back-off.
 */
export function earlyCheckDelaySeconds(gapSeconds: number): number {
  return Math.min(gapSeconds / GAP_DIVISOR, MAX_EARLY_SECONDS);
}
