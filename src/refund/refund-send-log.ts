import { type EntityManager, IsNull } from 'typeorm';
import { acquireRefundSlot } from '../payment/refund-holds.js';
import type { Refused } from '../wechat/outcome.js';
import { hasImpossibleSendDate } from './refund-visibility.js';
import { Refund } from './refund.entity.js';

/** A sending that was announced. */
export interface RefundSend {
  sentAt: Date;
  /** Sendings of the refund so far, with this one. */
  sendCount: number;
  /** When the last sending before it went out of which no clear answer is known; null when there is none. */
  unansweredBefore: Date | null;
}

/**
 * Counts the sending before it happens, and takes the payment's turn for it. What has ended since it was read is not sent:
 * its money may be another's by now.
 * @returns the sending, with what was written at that moment and not before; or `freeAt`, when it is another refund's turn
 * until then; null when the refund has ended.
 */
export async function recordSend(
  tx: EntityManager,
  { id, refundNo, outTradeNo }: Refund,
  now: Date,
): Promise<RefundSend | { freeAt: Date } | null> {
  const freeAt = await acquireRefundSlot(tx, outTradeNo, refundNo, now);
  if (freeAt !== null) return { freeAt };
  // Its turn is taken, so no other sending of this payment is announced before this transaction ends.
  const before = await tx.findOneBy(Refund, { id });
  const sending = { sendCount: () => 'send_count + 1', unansweredSendAt: now };
  const { affected } = await tx.update(Refund, { id, status: 'PROCESSING' }, sending);
  if (affected !== 1 || before === null) return null;
  return { sentAt: now, sendCount: before.sendCount + 1, unansweredBefore: before.unansweredSendAt };
}

/** After WeChat has refused a sending: it leaves open only what earlier ones have left open. */
export async function recordRefusedSend(
  tx: EntityManager,
  { id }: Refund,
  { sentAt, unansweredBefore }: RefundSend,
): Promise<void> {
  await tx.update(Refund, { id, unansweredSendAt: sentAt }, { unansweredSendAt: unansweredBefore });
}

/**
 * Replaces a date of the last sending that only a wrong clock can have written by this moment: it would keep WeChat's "no
 * such refund" from being believed for as long as the clock was ahead. May be repeated.
 */
export async function correctSendDate(tx: EntityManager, refund: Refund, now: Date): Promise<Refund> {
  if (!hasImpossibleSendDate(refund, now)) return refund;
  const { id, unansweredSendAt } = refund;
  await tx.update(Refund, { id, unansweredSendAt: unansweredSendAt ?? IsNull() }, { unansweredSendAt: now });
  return { ...refund, unansweredSendAt: now };
}

/** Whether the refusal ends the sending for certain. A code that no table has does not. */
export function isDefiniteRefusal({ action }: Refused): boolean {
  return action === 'TOP_UP_FUNDS' || action === 'RETRY_LATER' || action === 'GIVE_UP' || action === 'FIX_REQUEST';
}
