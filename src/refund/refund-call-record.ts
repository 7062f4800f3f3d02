import { type EntityManager, IsNull } from 'typeorm';
import { acquireRefundSlot } from '../payment/refund-reservations.js';
import type { Refused } from '../wechat/outcome.js';
import { hasImpossibleSendDate } from './refund-visibility.js';
import { Refund } from './refund.entity.js';

/** A recorded refund call. */
export interface RefundCallRecord {
  sentAt: Date;
  /** Number of calls for this refund, including this one. */
  sendCount: number;
  /** Time of the last earlier call without a definite answer; null when there is none. */
  unansweredBefore: Date | null;
}

/**
 * Records a refund call before it is sent, and takes the payment's slot. A refund that has ended since it was read must not
 * be sent, because another refund may have reserved its amount.
 * @returns the recorded call; or `freeAt` when another refund has the slot until then; null when the refund has ended.
 */
export async function recordRefundCall(
  tx: EntityManager,
  { id, refundNo, outTradeNo }: Refund,
  now: Date,
): Promise<RefundCallRecord | { freeAt: Date } | null> {
  const freeAt = await acquireRefundSlot(tx, outTradeNo, refundNo, now);
  if (freeAt !== null) return { freeAt };
  // The slot is taken, so no other call for this payment can be recorded before this transaction ends.
  const before = await tx.findOneBy(Refund, { id });
  const sending = { sendCount: () => 'send_count + 1', unansweredSendAt: now };
  const { affected } = await tx.update(Refund, { id, status: 'PROCESSING' }, sending);
  if (affected !== 1 || before === null) return null;
  return { sentAt: now, sendCount: before.sendCount + 1, unansweredBefore: before.unansweredSendAt };
}

/** After WeChat has refused a call: restores the time of the last unanswered call before it. */
export async function undoUnansweredMark(
  tx: EntityManager,
  { id }: Refund,
  { sentAt, unansweredBefore }: RefundCallRecord,
): Promise<void> {
  await tx.update(Refund, { id, unansweredSendAt: sentAt }, { unansweredSendAt: unansweredBefore });
}

/**
 * Replaces a send date in the future, which only a wrong clock can have written, by the current time. Otherwise WeChat's
 * "no such refund" would not be accepted until then. May be repeated.
 */
export async function correctSendDate(tx: EntityManager, refund: Refund, now: Date): Promise<Refund> {
  if (!hasImpossibleSendDate(refund, now)) return refund;
  const { id, unansweredSendAt } = refund;
  await tx.update(Refund, { id, unansweredSendAt: unansweredSendAt ?? IsNull() }, { unansweredSendAt: now });
  return { ...refund, unansweredSendAt: now };
}

/** True when the refusal proves that this call was not accepted. An unknown error code does not. */
export function isDefiniteRefusal({ action }: Refused): boolean {
  return action === 'TOP_UP_FUNDS' || action === 'RETRY_LATER' || action === 'GIVE_UP' || action === 'FIX_REQUEST';
}
