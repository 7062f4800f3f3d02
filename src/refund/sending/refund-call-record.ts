import { type EntityManager, IsNull } from 'typeorm';
import { acquireRefundSlot } from '../../payment/attempt/refund-reservations.js';
import { Refund } from '../refund.entity.js';

/** A recorded refund call. */
export interface RefundCallRecord {
  sentAt: Date;
  /** Number of calls for this refund, including this one. */
  sendCount: number;
  /** Time of the last earlier call that WeChat may have accepted; null when there is none. */
  previousPossiblyAcceptedSendAt: Date | null;
}

/**
 * Records a refund call before it is sent, and takes the payment's slot. A refund that has ended since it was read must
 * not be sent, because another refund may have reserved its amount.
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
  const sending = { sendCount: () => 'send_count + 1', lastPossiblyAcceptedSendAt: now };
  const { affected } = await tx.update(Refund, { id, status: 'PROCESSING' }, sending);
  if (affected !== 1 || before === null) return null;
  return {
    sentAt: now,
    sendCount: before.sendCount + 1,
    previousPossiblyAcceptedSendAt: before.lastPossiblyAcceptedSendAt,
  };
}

/** After a definite refusal: restores the time of the last earlier call that WeChat may have accepted. */
export async function restoreLastPossiblyAcceptedSend(
  tx: EntityManager,
  { id }: Refund,
  { sentAt, previousPossiblyAcceptedSendAt }: RefundCallRecord,
): Promise<void> {
  await tx.update(
    Refund,
    { id, lastPossiblyAcceptedSendAt: sentAt },
    { lastPossiblyAcceptedSendAt: previousPossiblyAcceptedSendAt },
  );
}

/**
 * Replaces a send date in the future, which only a wrong clock can have written, by the current time. Otherwise
 * WeChat's "no such refund" would not be accepted until then. May be repeated.
 */
export async function correctSendDate(tx: EntityManager, refund: Refund, now: Date): Promise<Refund> {
  const { id, lastPossiblyAcceptedSendAt } = refund;
  await tx.update(
    Refund,
    { id, lastPossiblyAcceptedSendAt: lastPossiblyAcceptedSendAt ?? IsNull() },
    { lastPossiblyAcceptedSendAt: now },
  );
  return { ...refund, lastPossiblyAcceptedSendAt: now };
}
