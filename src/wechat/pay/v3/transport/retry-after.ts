import type { ResponseHeaders } from '../../wechat-http-client.js';
import type { V3Endpoint } from './error-actions.js';

/** Seconds. A longer pause would stop sales because of one response. */
const MAX_PAUSE_SECONDS = 60;

/** Remembers until when WeChat wants no further call of a kind (`Retry-After`), so that none is sent. */
export class RetryAfterPauses {
  private readonly pausedUntilMs = new Map<V3Endpoint, number>();

  /** @param nowMs of a monotonic clock. */
  record(endpoint: V3Endpoint, headers: ResponseHeaders, nowMs: number): void {
    const header = headers['retry-after'];
    if (typeof header !== 'string' || !/^[1-9]\d{0,5}$/.test(header)) return;
    this.pausedUntilMs.set(endpoint, nowMs + Math.min(Number(header), MAX_PAUSE_SECONDS) * 1000);
  }

  isPaused(endpoint: V3Endpoint, nowMs: number): boolean {
    return nowMs < (this.pausedUntilMs.get(endpoint) ?? -Infinity);
  }
}
