import type { EntityManager } from 'typeorm';
import { takeRefundTurn } from '../payment/refundable.js';
import type { Refused } from '../wechat/outcome.js';
import { Refund } from './refund.entity.js';

/**
 * Counts the sending before it happens, and takes the payment's turn for it. What has ended since it was read is not sent:
 * its money may be another's by now.
 * @returns `sentAt`, the moment that is written down; or `freeAt`, when it is another refund's turn until then; null when the
 * refund has ended.
 */
export async function announceSending(
  tx: EntityManager,
  { id, refundNo, outTradeNo }: Refund,
  now: Date,
): Promise<{ sentAt: Date } | { freeAt: Date } | null> {
  const freeAt = await takeRefundTurn(tx, outTradeNo, refundNo, now);
  if (freeAt !== null) return { freeAt };
  const sending = { sendCount: () => 'send_count + 1', unansweredSendAt: now };
  const { affected } = await tx.update(Refund, { id, status: 'PROCESSING' }, sending);
  return affected === 1 ? { sentAt: now } : null;
}

/**
 * After WeChat has refused a sending: it leaves open only what earlier ones have left open.
 * @param refund as it was read before the sending was announced.
 */
export async function endSending(tx: EntityManager, refund: Refund, sentAt: Date): Promise<void> {
  const { id, unansweredSendAt } = refund;
  await tx.update(Refund, { id, unansweredSendAt: sentAt }, { unansweredSendAt });
}

/** Whether the refusal ends the sending for certain. A code that no table has does not. */
export function isClearRefusal({ action }: Refused): boolean {
  return action === 'FUNDS' || action === 'WAIT' || action === 'STOP' || action === 'FIX';
}
