import type { EntityManager } from 'typeorm';
import { type RefundNotificationType, refundNotification } from '../order/buyer-notification.js';
import type { Outbox } from '../outbox/outbox.js';
import type { Refund, RefundKind } from './refund.entity.js';

/**
 * Kinds of refunds that each notification is sent for. A success is sent for all kinds. Decisions and failures are sent
 * only for refunds that the buyer requested, because the buyer does not know of the others before they succeed.
 */
const NOTIFIED_KINDS: Readonly<Record<RefundNotificationType, readonly RefundKind[]>> = {
  refundApproved: ['USER'],
  refundRejected: ['USER'],
  refundSucceeded: ['USER', 'MERCHANT', 'AUTOMATIC'],
  refundFailed: ['USER'],
};

/** Writes the outbox entry in the transaction of the change. */
export async function enqueueBuyerNotification(
  tx: EntityManager,
  outbox: Outbox,
  fact: RefundNotificationType,
  refund: Refund,
): Promise<void> {
  if (NOTIFIED_KINDS[fact].includes(refund.kind)) await outbox.write(tx, refundNotification(fact, refund));
}
