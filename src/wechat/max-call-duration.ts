import type { Settings } from '../config/settings.js';

/** Seconds to connect to a host of WeChat. A failure within this time proves that nothing was sent. */
export const CONNECT_TIMEOUT_SECONDS = 2;

/**
 * Milliseconds that this many calls to WeChat can take, one after another, and a margin for our own work. The length of
 * every lease under which WeChat is called.
 * @param calls a call to two hosts counts twice.
 */
export function maxCallDurationMs(settings: Settings, calls: number, marginSeconds: number): number {
  return (calls * (settings.wechat.WECHAT_TIMEOUT_SECONDS + CONNECT_TIMEOUT_SECONDS) + marginSeconds) * 1000;
}
