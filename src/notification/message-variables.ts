import { toBeijingTime } from '../common/time/beijing-time.js';
import type { Order } from '../order/order.entity.js';
import type { Refund } from '../refund/refund.entity.js';
import type { MessageVariables } from './placeholders.js';

/** The placeholder values of a message about a paid order. */
export function orderVariables(order: Order, shopName: string): MessageVariables {
  const { orderNo, transactionId, paidFen, paidAt } = order;
  return {
    orderNo,
    shopName,
    items: itemListOf(order),
    amountYuan: formatYuan(paidFen),
    ...(transactionId !== null && { transactionId }),
    ...(paidAt && { paidAt: formatMinute(paidAt) }),
  };
}

/** The placeholder values of a message about a refund. Values of steps that have not happened are absent. */
export function refundVariables(refund: Refund, order: Order, shopName: string): MessageVariables {
  const { orderNo, refundNo, amountFen, paidFen, reason, rejectReason, requestedAt, decidedAt, completedAt } = refund;
  return {
    orderNo,
    refundNo,
    shopName,
    reason,
    items: itemListOf(order),
    amountYuan: formatYuan(amountFen),
    paidYuan: formatYuan(paidFen),
    requestedAt: formatMinute(requestedAt),
    ...(rejectReason !== null && { rejectReason }),
    ...(decidedAt && { decidedAt: formatMinute(decidedAt) }),
    ...(completedAt && { completedAt: formatMinute(completedAt) }),
  };
}

function itemListOf({ items }: Order): string {
  return items.map(({ name, quantity }) => (quantity === 1 ? name : `${name}×${quantity}`)).join('、');
}

/** 1288 → `12.88`. */
function formatYuan(fen: number): string {
  const digits = String(fen).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** `2026-11-21 12:00`, in Beijing time. */
function formatMinute(moment: Date): string {
  const digits = toBeijingTime(moment);
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)} ${digits.slice(8, 10)}:${digits.slice(10, 12)}`;
}
