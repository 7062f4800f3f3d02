import type { BuyerNotificationType } from '../order/buyer-notification.js';

/** What a message may say of an order or a refund, each with an example of the usual kind. */
const EXAMPLE_VALUES = {
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
export type Placeholder = keyof typeof EXAMPLE_VALUES;

const REFUND_PLACEHOLDERS = [
  ...(['orderNo', 'refundNo', 'amountYuan', 'paidYuan', 'items', 'shopName'] as const),
  ...(['reason', 'requestedAt', 'decidedAt'] as const),
] as const;

/** What is known when it is told. */
export const PLACEHOLDERS: Readonly<Record<BuyerNotificationType, readonly Placeholder[]>> = {
  orderPaid: ['orderNo', 'transactionId', 'amountYuan', 'items', 'shopName', 'paidAt'],
  refundApproved: REFUND_PLACEHOLDERS,
  refundRejected: [...REFUND_PLACEHOLDERS, 'rejectReason'],
  refundSucceeded: [...REFUND_PLACEHOLDERS, 'completedAt'],
  refundFailed: [...REFUND_PLACEHOLDERS, 'completedAt'],
};
/** A page is found by a number, and numbers need no escaping. */
export const PAGE_PLACEHOLDERS: readonly Placeholder[] = ['orderNo', 'refundNo'];

/** What is said in place of each. */
export type MessageVariables = Readonly<Partial<Record<Placeholder, string>>>;
export const EXAMPLE_VARIABLES: MessageVariables = EXAMPLE_VALUES;

/** Puts the words in; `{something}` that is none of them stays. */
export function render(pattern: string, words: MessageVariables): string {
  return pattern.replaceAll(/\{(\w+)\}/g, (braced, name: string) => words[name as Placeholder] ?? braced);
}

/** What stands in braces. */
export function placeholdersIn(pattern: string): string[] {
  return [...pattern.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
}
