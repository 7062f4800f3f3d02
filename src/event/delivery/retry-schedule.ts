const HOUR = 3600;

/** Seconds between two attempts. After the attempt that follows the last one, the delivery is `FAILED`. */
export const RETRY_DELAYS_SECONDS = [
  ...[5, 300, 1800],
  ...[2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR],
] as const;
/** Added at random to each delay, as a part of it, so that receivers do not get all retries at once. */
const MAX_JITTER = 0.1;
/** The longest `Retry-After` that is honoured. */
const MAX_RETRY_AFTER_SECONDS = 24 * HOUR;
/** Seconds without attempts after 1, 2, 3 … failures of an endpoint in a row; the last value repeats. */
const PAUSES_SECONDS = [0, 1, 5, 15, 60, 300] as const;

/**
 * Seconds until the next attempt of a delivery; null if there is none.
 * @param attempts made so far. @param retryAfterSeconds what the receiver requested; a shorter value changes nothing.
 * @param random from 0 to 1.
 */
export function retryDelaySeconds(attempts: number, retryAfterSeconds: number, random = Math.random()): number | null {
  const delay = RETRY_DELAYS_SECONDS[attempts - 1];
  return delay === undefined ? null : Math.max(delay * (1 + random * MAX_JITTER), retryAfterSeconds);
}

/** Seconds without attempts to an endpoint. @param failures in a row. */
export function pauseSeconds(failures: number, retryAfterSeconds: number): number {
  const pause = failures === 0 ? 0 : (PAUSES_SECONDS[failures - 1] ?? PAUSES_SECONDS.at(-1) ?? 0);
  return Math.max(pause, retryAfterSeconds);
}

/** The seconds of a `Retry-After` header, which is a number or a date; 0 without a valid one. */
export function parseRetryAfter(header: string | undefined, now: Date): number {
  if (header === undefined) return 0;
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : (Date.parse(header) - now.getTime()) / 1000;
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), MAX_RETRY_AFTER_SECONDS) : 0;
}
