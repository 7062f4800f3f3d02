import type { NewOutboxEntry } from '../outbox/outbox.js';

/** Events that a buyer is notified of. Another module writes the text and sends it. */
export const BUYER_NOTIFICATION_TYPES = [
  'orderPaid',
  'refundApproved',
  'refundRejected',
  'refundSucceeded',
  'refundFailed',
] as const;
export type BuyerNotificationType = (typeof BUYER_NOTIFICATION_TYPES)[number];
export type RefundNotificationType = Exclude<BuyerNotificationType, 'orderPaid'>;

/** The topic of the outbox. */
export const BUYER_TOPIC = 'buyer-message';

/**
 * Payload of the outbox entry: numbers only. The handler reads names and amounts from the database. `fact` is the type of
 * the notification; stored entries have this key.
 */
export type BuyerNotification =
  { fact: 'orderPaid'; orderNo: string } | { fact: RefundNotificationType; orderNo: string; refundNo: string };

/** At most one per order, because an order never leaves PAID. */
export function orderPaidNotification(orderNo: string): NewOutboxEntry {
  return outboxEntryOf({ fact: 'orderPaid', orderNo }, `order-paid:${orderNo}`);
}

/** At most one per refund and type: a refund reaches each of these states once. */
export function refundNotification(
  notificationType: RefundNotificationType,
  { orderNo, refundNo }: { orderNo: string; refundNo: string },
): NewOutboxEntry {
  return outboxEntryOf(
    { fact: notificationType, orderNo, refundNo },
    `${ENTRY_KEY_PREFIXES[notificationType]}:${refundNo}`,
  );
}

const ENTRY_KEY_PREFIXES: Readonly<Record<RefundNotificationType, string>> = {
  refundApproved: 'refund-approved',
  refundRejected: 'refund-rejected',
  refundSucceeded: 'refund-succeeded',
  refundFailed: 'refund-failed',
};

function outboxEntryOf(payload: BuyerNotification, entryKey: string): NewOutboxEntry {
  return { topic: BUYER_TOPIC, entryKey, subject: payload.orderNo, payload };
}
