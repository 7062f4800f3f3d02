import type { OutboxNews } from '../outbox/outbox.js';

/** What a buyer can be told of. Who tells it, and in which words, is another module's business. */
export const BUYER_FACTS = [
  'orderPaid',
  'refundApproved',
  'refundRejected',
  'refundSucceeded',
  'refundFailed',
] as const;
export type BuyerFact = (typeof BUYER_FACTS)[number];
export type RefundFact = Exclude<BuyerFact, 'orderPaid'>;

/** The topic of the outbox. */
export const BUYER_TOPIC = 'buyer-message';

/** What lies in the outbox: numbers, no names and no amounts. Who tells it reads the rest from the books. */
export type BuyerNews =
  { fact: 'orderPaid'; orderNo: string } | { fact: RefundFact; orderNo: string; refundNo: string };

/** Once for an order: nothing leaves PAID. */
export function orderPaidNews(orderNo: string): OutboxNews {
  return news({ fact: 'orderPaid', orderNo }, `order-paid:${orderNo}`);
}

/** Once for a refund and fact: no refund comes to the same state twice by the steps that are told of. */
export function refundNews(fact: RefundFact, { orderNo, refundNo }: { orderNo: string; refundNo: string }): OutboxNews {
  return news({ fact, orderNo, refundNo }, `${WORDS[fact]}:${refundNo}`);
}

const WORDS: Readonly<Record<RefundFact, string>> = {
  refundApproved: 'refund-approved',
  refundRejected: 'refund-rejected',
  refundSucceeded: 'refund-succeeded',
  refundFailed: 'refund-failed',
};

function news(payload: BuyerNews, entryKey: string): OutboxNews {
  return { topic: BUYER_TOPIC, entryKey, subject: payload.orderNo, payload };
}
