import { MAX_REFUND_CLOCK_SKEW_MS } from '../../payment/attempt/refund-reservations.js';
import type { Refund } from '../refund.entity.js';

/**
 * Seconds for which WeChat's query may not show a refund that it has accepted. Until then, "no such refund" proves nothing
 * about a call with an unknown outcome. WeChat documents no limit; closing an order has the same five minutes.
 */
const VISIBILITY_LAG_SECONDS = 300;

/** True when WeChat may have accepted the refund without showing it yet. False when it definitely refused every call. */
export function mayBecomeVisible(
  { lastPossiblyAcceptedSendAt }: Pick<Refund, 'lastPossiblyAcceptedSendAt'>,
  now: Date,
): boolean {
  return secondsUntilVisible({ lastPossiblyAcceptedSendAt }, now) > 0;
}

/** True when only a wrong clock can have written the send date, so that its age is unknown. */
export function hasImpossibleSendDate(
  { lastPossiblyAcceptedSendAt }: Pick<Refund, 'lastPossiblyAcceptedSendAt'>,
  now: Date,
): boolean {
  return (
    lastPossiblyAcceptedSendAt !== null &&
    lastPossiblyAcceptedSendAt.getTime() > now.getTime() + MAX_REFUND_CLOCK_SKEW_MS
  );
}

/** Whole seconds until WeChat's "no such refund" is reliable; 0 when it is reliable now. */
export function secondsUntilVisible(
  { lastPossiblyAcceptedSendAt }: Pick<Refund, 'lastPossiblyAcceptedSendAt'>,
  now: Date,
): number {
  if (lastPossiblyAcceptedSendAt === null) return 0;
  const leftMs = lastPossiblyAcceptedSendAt.getTime() + VISIBILITY_LAG_SECONDS * 1000 - now.getTime();
  return Math.max(0, Math.ceil(leftMs / 1000));
}

/** True when WeChat has ever shown or accepted the refund. `wechatRefundId` is never deleted. */
export function isKnownToWechat({
  wechatRefundId,
  acceptedAt,
}: Pick<Refund, 'wechatRefundId' | 'acceptedAt'>): boolean {
  return wechatRefundId !== null || acceptedAt !== null;
}
