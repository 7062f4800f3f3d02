import { type EntityManager, In } from 'typeorm';
import { PaymentAttempt, type PaymentAttemptStatus } from '../../payment/attempt/payment-attempt.entity.js';
import { Refund, type RefundStatus } from '../../refund/refund.entity.js';

/** A payment or refund of our records, as it is compared with WeChat's bill. Amounts in fen, times in milliseconds. */
export type OurEntry = OurPayment | OurRefund;

interface OurRecord {
  /** `outTradeNo` of a payment, `outRefundNo` of a refund. */
  number: string;
  /**
   * The time that decides on which day it counts: when WeChat says it was paid, or when we learned that WeChat has accepted
   * the refund. Null when it does not count: it is not paid, or WeChat is not known to have accepted it.
   */
  atMs: number | null;
  /** Before this time WeChat cannot have it on a bill. */
  sinceMs: number;
  fen: number;
  outTradeNo: string;
  orderNo: string;
  transactionId: string | null;
}

export interface OurPayment extends OurRecord {
  type: 'PAYMENT';
  state: PaymentAttemptStatus;
}

export interface OurRefund extends OurRecord {
  type: 'REFUND';
  state: RefundStatus;
}

/** Plus for money in, minus for money out. */
export function signOf({ type }: { type: 'PAYMENT' | 'REFUND' | 'REVOKED' }): number {
  return type === 'PAYMENT' ? 1 : type === 'REFUND' ? -1 : 0;
}

const PAYMENT_FIELDS = {
  id: true,
  outTradeNo: true,
  orderNo: true,
  status: true,
  amountFen: true,
  transactionId: true,
  paidAt: true,
  createdAt: true,
} as const satisfies Partial<Record<keyof PaymentAttempt, true>>;
type PaymentFields = Pick<PaymentAttempt, Exclude<keyof typeof PAYMENT_FIELDS, 'id'>>;

const REFUND_FIELDS = {
  id: true,
  refundNo: true,
  outTradeNo: true,
  orderNo: true,
  status: true,
  amountFen: true,
  transactionId: true,
  acceptedAt: true,
  wechatRefundId: true,
  completedAt: true,
  decidedAt: true,
  requestedAt: true,
} as const satisfies Partial<Record<keyof Refund, true>>;
type RefundFields = Pick<Refund, Exclude<keyof typeof REFUND_FIELDS, 'id'>>;

export function ourPayment(payment: PaymentFields): OurPayment {
  const { outTradeNo, orderNo, status, amountFen, transactionId, paidAt, createdAt } = payment;
  return {
    type: 'PAYMENT',
    number: outTradeNo,
    atMs: status === 'PAID' && paidAt !== null ? paidAt.getTime() : null,
    sinceMs: (paidAt ?? createdAt).getTime(),
    fen: amountFen,
    outTradeNo,
    orderNo,
    transactionId,
    state: status,
  };
}

export function ourRefund(refund: RefundFields): OurRefund {
  const { refundNo, outTradeNo, orderNo, status, amountFen, transactionId } = refund;
  const decidedAt = refund.decidedAt ?? refund.requestedAt;
  const endedAt = status === 'SUCCEEDED' ? refund.completedAt : null;
  // WeChat has shown it, for example as closed, although no response to its sending said that it was accepted.
  const shownAt = refund.wechatRefundId === null ? null : decidedAt;
  const acceptedAt = refund.acceptedAt ?? endedAt ?? shownAt;
  return {
    type: 'REFUND',
    number: refundNo,
    atMs: acceptedAt?.getTime() ?? null,
    sinceMs: decidedAt.getTime(),
    fen: amountFen,
    outTradeNo,
    orderNo,
    transactionId,
    state: status,
  };
}

/** Our payments or refunds with these numbers, on any day and in any state. @param numbers at most a few hundred. */
export async function findOurEntries(
  manager: EntityManager,
  type: 'PAYMENT' | 'REFUND',
  numbers: readonly string[],
): Promise<OurEntry[]> {
  if (numbers.length === 0) return [];
  const among = In([...numbers]);
  if (type === 'PAYMENT') {
    const payments = await manager.find(PaymentAttempt, { select: PAYMENT_FIELDS, where: { outTradeNo: among } });
    return payments.map(ourPayment);
  }
  const refunds = await manager.find(Refund, { select: REFUND_FIELDS, where: { refundNo: among } });
  return refunds.map(ourRefund);
}
