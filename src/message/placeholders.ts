import type { BuyerFact } from '../order/buyer-news.js';

/** What a message may say of an order or a refund, each with an example of the usual kind. */
const EXAMPLES = {
  orderNo: '20261121ABCDEFGHJKMN',
  transactionId: '4200002910202611211234567890',
  refundNo: 'RF20261121ABCDEFGHJKMN',
  amountYuan: '12.88',
  paidYuan: '12.88',
  items: '龙井茶×2、笔记本',
  shopName: '小店',
  reason: '不想要了',
  rejectReason: '商品已发货',
  paidAt: '2026-11-21 12:00',
  requestedAt: '2026-11-21 12:00',
  decidedAt: '2026-11-21 12:00',
  completedAt: '2026-11-21 12:00',
} as const;
export type Placeholder = keyof typeof EXAMPLES;

const OF_EVERY_REFUND = [
  ...(['orderNo', 'refundNo', 'amountYuan', 'paidYuan', 'items', 'shopName'] as const),
  ...(['reason', 'requestedAt', 'decidedAt'] as const),
] as const;

/** What is known when it is told. */
export const PLACEHOLDERS: Readonly<Record<BuyerFact, readonly Placeholder[]>> = {
  orderPaid: ['orderNo', 'transactionId', 'amountYuan', 'items', 'shopName', 'paidAt'],
  refundApproved: OF_EVERY_REFUND,
  refundRejected: [...OF_EVERY_REFUND, 'rejectReason'],
  refundSucceeded: [...OF_EVERY_REFUND, 'completedAt'],
  refundFailed: [...OF_EVERY_REFUND, 'completedAt'],
};
/** A page is found by a number, and numbers need no escaping. */
export const PAGE_PLACEHOLDERS: readonly Placeholder[] = ['orderNo', 'refundNo'];

/** What is said in place of each. */
export type Words = Readonly<Partial<Record<Placeholder, string>>>;
export const EXAMPLE_WORDS: Words = EXAMPLES;

/** Puts the words in; `{something}` that is none of them stays. */
export function render(pattern: string, words: Words): string {
  return pattern.replaceAll(/\{(\w+)\}/g, (braced, name: string) => words[name as Placeholder] ?? braced);
}

/** What stands in braces. */
export function placeholdersIn(pattern: string): string[] {
  return [...pattern.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
}
