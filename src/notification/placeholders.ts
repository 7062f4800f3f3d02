import type { BuyerNotificationType } from '../order/buyer-notification.js';

/** The placeholders of messages about orders and refunds, each with a typical example. */
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

/** The placeholders whose values are known when the message is sent. */
export const PLACEHOLDERS: Readonly<Record<BuyerNotificationType, readonly Placeholder[]>> = {
  orderPaid: ['orderNo', 'transactionId', 'amountYuan', 'items', 'shopName', 'paidAt'],
  refundApproved: REFUND_PLACEHOLDERS,
  refundRejected: [...REFUND_PLACEHOLDERS, 'rejectReason'],
  refundSucceeded: [...REFUND_PLACEHOLDERS, 'completedAt'],
  refundFailed: [...REFUND_PLACEHOLDERS, 'completedAt'],
};
/** A page is found by a number, and numbers need no escaping. */
export const PAGE_PLACEHOLDERS: readonly Placeholder[] = ['orderNo', 'refundNo'];

/** The value of each placeholder. */
export type MessageVariables = Readonly<Partial<Record<Placeholder, string>>>;
export const EXAMPLE_VARIABLES: MessageVariables = EXAMPLE_VALUES;

/** Replaces the placeholders; an unknown `{name}` stays. */
export function render(pattern: string, variables: MessageVariables): string {
  return pattern.replaceAll(/\{(\w+)\}/g, (braced, name: string) => variables[name as Placeholder] ?? braced);
}

/** Returns the names in braces. */
export function placeholdersIn(pattern: string): string[] {
  return [...pattern.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
}
