import type { PaymentAttempt } from '../payment/payment-attempt.entity.js';
import type { Refund, RefundState } from '../refund/refund.entity.js';

/**
 * Refund state of a late or duplicate payment. `NONE`: the payment is neither · `IN_PROGRESS`: its automatic refund is about
 * to start or in progress · `REFUNDED`: the money is refunded · `NEEDS_ATTENTION`: staff must act, because a refund of it
 * failed, is `ABNORMAL` or waits for a decision.
 */
export const REFUND_DUE_STATES = ['NONE', 'IN_PROGRESS', 'REFUNDED', 'NEEDS_ATTENTION'] as const;
export type RefundDueState = (typeof REFUND_DUE_STATES)[number];

export interface RefundDue {
  refundDueState: RefundDueState;
  /** Fen that are neither refunded nor being refunded. */
  refundDueLeftFen: number;
}

/** @param refunds all refunds of the order; refunds of its other payments are ignored. Amounts in fen. */
export function refundDueOf(
  { outTradeNo, refundDueFen }: Pick<PaymentAttempt, 'outTradeNo' | 'refundDueFen'>,
  refunds: readonly Pick<Refund, 'outTradeNo' | 'status' | 'amountFen'>[],
): RefundDue {
  if (refundDueFen <= 0) return { refundDueState: 'NONE', refundDueLeftFen: 0 };
  const own = refunds.filter((refund) => refund.outTradeNo === outTradeNo);
  const sumOf = (status: RefundState): number =>
    own.filter((refund) => refund.status === status).reduce((sum, { amountFen }) => sum + amountFen, 0);
  const refundedFen = sumOf('SUCCEEDED');
  const refundedOrInProgressFen = refundedFen + sumOf('PROCESSING');
  const leftFen = Math.max(0, refundDueFen - refundedOrInProgressFen);
  if (refundedFen >= refundDueFen) return { refundDueState: 'REFUNDED', refundDueLeftFen: 0 };
  if (leftFen === 0) return { refundDueState: 'IN_PROGRESS', refundDueLeftFen: 0 };
  // Without a refund of it, the job has not processed it yet, which takes seconds.
  const isStarting = own.every(({ status }) => status === 'SUCCEEDED' || status === 'PROCESSING');
  return { refundDueState: isStarting ? 'IN_PROGRESS' : 'NEEDS_ATTENTION', refundDueLeftFen: leftFen };
}
