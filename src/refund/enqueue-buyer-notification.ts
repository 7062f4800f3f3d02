import type { EntityManager } from 'typeorm';
import { type RefundNotificationType, refundNotification } from '../order/buyer-notification.js';
import type { Outbox } from '../outbox/outbox.js';
import type { Refund, RefundKind } from './refund.entity.js';

/**
 * Which refunds a buyer hears what of. Money that is back is always told. A decision, and the failure of what was promised,
 * only of a refund that the buyer asked for: of one that the shop gives of its own accord they have heard nothing before.
 */
const NOTIFIED_KINDS: Readonly<Record<RefundNotificationType, readonly RefundKind[]>> = {
  refundApproved: ['USER'],
  refundRejected: ['USER'],
  refundSucceeded: ['USER', 'MERCHANT', 'AUTOMATIC'],
  refundFailed: ['USER'],
};

/** Writes the news within the transaction that makes it true. */
export async function enqueueBuyerNotification(
  tx: EntityManager,
  outbox: Outbox,
  fact: RefundNotificationType,
  refund: Refund,
): Promise<void> {
  if (NOTIFIED_KINDS[fact].includes(refund.kind)) await outbox.write(tx, refundNotification(fact, refund));
}
