import type { Refund } from './refund.entity.js';

/**
 * Seconds for which WeChat may not show a refund that it has accepted: until then "no such refund" proves nothing about a
 * sending whose outcome is unknown. WeChat documents no bound; its close of an order has the same five minutes.
 */
const VISIBILITY_LAG_SECONDS = 300;
/** What the clocks of two instances may differ by. A sending that lies further ahead was written by a wrong clock. */
const MAX_CLOCK_SKEW_MS = 10 * 60_000;

/** Whether WeChat may have accepted the refund without showing it yet. False when it refused every sending. */
export function mayStillAppear({ unansweredSendAt }: Pick<Refund, 'unansweredSendAt'>, now: Date): boolean {
  return secondsUntilVisible({ unansweredSendAt }, now) > 0;
}

/** Whether only a wrong clock can have written the date of the last sending: its true age is unknown. */
export function hasImpossibleSendDate({ unansweredSendAt }: Pick<Refund, 'unansweredSendAt'>, now: Date): boolean {
  return unansweredSendAt !== null && unansweredSendAt.getTime() > now.getTime() + MAX_CLOCK_SKEW_MS;
}

/** Whole seconds after which WeChat's "no such refund" can be believed; 0 when it can be believed now. */
export function secondsUntilVisible({ unansweredSendAt }: Pick<Refund, 'unansweredSendAt'>, now: Date): number {
  if (unansweredSendAt === null) return 0;
  const leftMs = unansweredSendAt.getTime() + VISIBILITY_LAG_SECONDS * 1000 - now.getTime();
  return Math.max(0, Math.ceil(leftMs / 1000));
}

/** Whether WeChat has ever shown or accepted it, as far as we know. The number is kept for good once we have it. */
export function isKnownToWechat({
  wechatRefundId,
  acceptedAt,
}: Pick<Refund, 'wechatRefundId' | 'acceptedAt'>): boolean {
  return wechatRefundId !== null || acceptedAt !== null;
}
