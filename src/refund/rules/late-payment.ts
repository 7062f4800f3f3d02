import type { Order } from '../../order/order.entity.js';
import type { PaymentAttempt } from '../../payment/attempt/payment-attempt.entity.js';

/** Reasons shown to the payer. */
const LATE_PAYMENT_REASON = '订单已关闭，款项自动退回';
const DUPLICATE_PAYMENT_REASON = '订单重复支付，多付款项自动退回';

/** The automatic refund of a late or duplicate payment. */
export interface AutomaticRefund {
  /** Fen; not positive when staff have refunded the payment already. */
  amountFen: number;
  isOverpayment: boolean;
  reason: string;
  cause: 'PAID_TWICE' | 'PAID_AFTER_CLOSE';
}

export function automaticRefundOf(
  order: Pick<Order, 'status'>,
  { refundDueFen, refundReservedFen }: Pick<PaymentAttempt, 'refundDueFen' | 'refundReservedFen'>,
): AutomaticRefund {
  const amountFen = refundDueFen - refundReservedFen; // staff may have refunded a part of it already
  return order.status === 'PAID'
    ? { amountFen, isOverpayment: true, reason: DUPLICATE_PAYMENT_REASON, cause: 'PAID_TWICE' }
    : { amountFen, isOverpayment: false, reason: LATE_PAYMENT_REASON, cause: 'PAID_AFTER_CLOSE' };
}

/** True for a payment of an order that another payment has paid: its refunds do not count in the order's totals. */
export function isOverpaymentOf(
  order: Pick<Order, 'status' | 'transactionId'>,
  payment: Pick<PaymentAttempt, 'transactionId'>,
): boolean {
  return order.status === 'PAID' && payment.transactionId !== order.transactionId;
}

/** True when the order is closed and nothing of it or of the payment has been refunded: it can still be delivered. */
export function mayReopenOrder(
  order: Pick<Order, 'status' | 'refundStatus' | 'refundedFen'>,
  payment: Pick<PaymentAttempt, 'amountFen' | 'refundDueFen' | 'refundReservedFen'>,
): boolean {
  const isUntouched = order.status === 'CLOSED' && order.refundStatus === 'NONE' && order.refundedFen === 0;
  return isUntouched && payment.refundReservedFen === 0 && payment.refundDueFen === payment.amountFen;
}
