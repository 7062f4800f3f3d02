import { toBeijingTime } from '../common/beijing-time.js';
import type { Order } from '../order/order.entity.js';
import type { Refund } from '../refund/refund.entity.js';
import type { Words } from './placeholders.js';

/** What a message can say of a paid order. */
export function orderWords(order: Order, shopName: string): Words {
  const { orderNo, transactionId, paidFen, paidAt } = order;
  return {
    ...{ orderNo, shopName, items: itemsOf(order), amountYuan: yuan(paidFen) },
    ...(transactionId !== null && { transactionId }),
    ...(paidAt && { paidAt: minute(paidAt) }),
  };
}

/** What a message can say of a refund. What has not happened has no word. */
export function refundWords(refund: Refund, order: Order, shopName: string): Words {
  const { orderNo, refundNo, amountFen, paidFen, reason, rejectReason, requestedAt, decidedAt, completedAt } = refund;
  return {
    ...{ orderNo, refundNo, shopName, reason, items: itemsOf(order) },
    ...{ amountYuan: yuan(amountFen), paidYuan: yuan(paidFen), requestedAt: minute(requestedAt) },
    ...(rejectReason !== null && { rejectReason }),
    ...(decidedAt && { decidedAt: minute(decidedAt) }),
    ...(completedAt && { completedAt: minute(completedAt) }),
  };
}

function itemsOf({ items }: Order): string {
  return items.map(({ name, quantity }) => (quantity === 1 ? name : `${name}×${quantity}`)).join('、');
}

/** 1288 → `12.88`. */
function yuan(fen: number): string {
  const digits = String(fen).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** `2026-11-21 12:00`, in Beijing. */
function minute(moment: Date): string {
  const digits = toBeijingTime(moment);
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)} ${digits.slice(8, 10)}:${digits.slice(10, 12)}`;
}
