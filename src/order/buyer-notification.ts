import type { NewOutboxEntry } from '../outbox/outbox.js';

/** What a buyer can be told of. Who tells it, and in which words, is another module's business. */
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

/** What lies in the outbox: numbers, no names and no amounts. Who tells it reads the rest from the books. */
export type BuyerNotification =
  { fact: 'orderPaid'; orderNo: string } | { fact: RefundNotificationType; orderNo: string; refundNo: string };

/** Once for an order: nothing leaves PAID. */
export function orderPaidNotification(orderNo: string): NewOutboxEntry {
  return outboxEntryOf({ fact: 'orderPaid', orderNo }, `order-paid:${orderNo}`);
}

/** Once for a refund and fact: no refund comes to the same state twice by the steps that are told of. */
export function refundNotification(
  fact: RefundNotificationType,
  { orderNo, refundNo }: { orderNo: string; refundNo: string },
): NewOutboxEntry {
  return outboxEntryOf({ fact, orderNo, refundNo }, `${ENTRY_KEY_PREFIXES[fact]}:${refundNo}`);
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
