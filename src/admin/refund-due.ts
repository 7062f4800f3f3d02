import type { PaymentAttempt } from '../payment/payment-attempt.entity.js';
import type { Refund, RefundState } from '../refund/refund.entity.js';

/**
 * What becomes of money that came too late or twice. `NONE` there is no such money · `IN_PROGRESS` its automatic refund
 * is about to start or on its way · `REFUNDED` it is back · `NEEDS_ATTENTION` a person must act, because a refund of it
 * failed, is abnormal, or waits for a decision.
 */
export const REFUND_DUE_STATES = ['NONE', 'IN_PROGRESS', 'REFUNDED', 'NEEDS_ATTENTION'] as const;
export type RefundDueState = (typeof REFUND_DUE_STATES)[number];

export interface RefundDue {
  refundDueState: RefundDueState;
  /** Fen that are neither back nor on their way. */
  refundDueLeftFen: number;
}

/** @param refunds of the order; those of its other payments do not count. Amounts in fen. */
export function refundDueOf(
  { outTradeNo, refundDueFen: owedBackFen }: Pick<PaymentAttempt, 'outTradeNo' | 'refundDueFen'>,
  refunds: readonly Pick<Refund, 'outTradeNo' | 'status' | 'amountFen'>[],
): RefundDue {
  if (owedBackFen <= 0) return { refundDueState: 'NONE', refundDueLeftFen: 0 };
  const own = refunds.filter((refund) => refund.outTradeNo === outTradeNo);
  const sumOf = (status: RefundState): number =>
    own.filter((refund) => refund.status === status).reduce((sum, { amountFen }) => sum + amountFen, 0);
  const refundedFen = sumOf('SUCCEEDED');
  const underWayFen = refundedFen + sumOf('PROCESSING');
  const leftFen = Math.max(0, owedBackFen - underWayFen);
  if (refundedFen >= owedBackFen) return { refundDueState: 'REFUNDED', refundDueLeftFen: 0 };
  if (leftFen === 0) return { refundDueState: 'IN_PROGRESS', refundDueLeftFen: 0 };
  // Without any refund of it the job has not come to it yet, which takes seconds.
  const isStarting = own.every(({ status }) => status === 'SUCCEEDED' || status === 'PROCESSING');
  return { refundDueState: isStarting ? 'IN_PROGRESS' : 'NEEDS_ATTENTION', refundDueLeftFen: leftFen };
}
