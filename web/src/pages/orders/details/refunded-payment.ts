import type { OrderRecord } from '../../../api/client.js';

type Payment = OrderRecord['payments'][number];

/** The payments that a refund can belong to. Empty when the order has one payment, so that there is nothing to select. */
export function selectablePayments({ payments }: Pick<OrderRecord, 'payments'>): Payment[] {
  const paid = payments.filter(({ status }) => status === 'PAID');
  return paid.length > 1 ? paid.filter(({ refundableFen }) => refundableFen > 0) : [];
}

/**
 * The payment that is selected at first: the one of a failed refund, or else, as the service would choose, one that must be
 * returned and whose automatic refund has failed, the order's own, or another.
 */
export function defaultPayment(
  selectable: readonly Payment[],
  transactionId: string | null,
  failedOutTradeNo: string,
): Payment | undefined {
  return (
    selectable.find(({ outTradeNo }) => outTradeNo === failedOutTradeNo) ??
    selectable.find(
      ({ refundDueState, refundDueLeftFen }) => refundDueState === 'NEEDS_ATTENTION' && refundDueLeftFen > 0,
    ) ??
    selectable.find((payment) => isOwnPayment(payment, transactionId)) ??
    selectable[0]
  );
}

export function isOwnPayment(payment: Pick<Payment, 'transactionId'>, transactionId: string | null): boolean {
  return transactionId !== null && payment.transactionId === transactionId;
}
