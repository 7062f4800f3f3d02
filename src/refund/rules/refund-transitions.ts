import type { RefundTotals } from '../../order/order-refund-totals.js';
import type { Refund, RefundStatus } from '../refund.entity.js';

type RefundFields<Names extends keyof Refund> = Partial<Pick<Refund, Names>>;
type ErrorFields = 'errorCode' | 'errorMessage';
type WaitFields = 'waitReason' | 'nextCheckAt' | 'checkCount';
type RequestFields = 'channel' | 'appId' | 'mchId' | 'request';

/**
 * Every allowed transition of a refund, with the fields that it may set. Any other transition does not compile. FAILED can
 * become SUCCEEDED, because a success reported by WeChat is always applied.
 */
export type RefundMove =
  | ({ from: 'REQUESTED'; to: 'REJECTED' | 'CANCELLED' } & RefundFields<'rejectReason' | 'decidedBy' | 'decidedAt'>)
  | ({ from: 'REQUESTED'; to: 'PROCESSING' } & RefundFields<'amountFen' | 'note' | 'returnStock' | 'returnCoupon'> &
      RefundFields<'decidedBy' | 'decidedAt' | WaitFields | RequestFields>)
  | ({ from: 'ABNORMAL'; to: 'PROCESSING' } & RefundFields<
      WaitFields | RequestFields | 'acceptedAt' | 'wechatRefundId'
    >)
  | ({ from: 'PROCESSING' | 'ABNORMAL' | 'FAILED'; to: 'SUCCEEDED' } & RefundFields<'completedAt' | 'wechatRefundId'>)
  | ({ from: 'PROCESSING'; to: 'ABNORMAL' } & RefundFields<ErrorFields | 'wechatRefundId' | 'nextCheckAt'>)
  | ({ from: 'PROCESSING' | 'ABNORMAL'; to: 'FAILED' } & RefundFields<
      ErrorFields | 'completedAt' | 'wechatRefundId' | 'note'
    >);

/** States of a refund that is approved and has not failed. */
export const APPROVED_STATUSES = ['PROCESSING', 'ABNORMAL', 'SUCCEEDED'] as const;

/** The share of a refund in the order's totals. */
export function refundTotalsOf(status: RefundStatus, amountFen: number): RefundTotals {
  return {
    requested: status === 'REQUESTED' ? 1 : 0,
    processing: status === 'PROCESSING' || status === 'ABNORMAL' ? 1 : 0,
    refundedFen: status === 'SUCCEEDED' ? amountFen : 0,
  };
}

/** A refund reserves its amount from the request on. Only REJECTED, CANCELLED and FAILED release it. */
export function hasReservedAmount(status: RefundStatus): boolean {
  return status !== 'REJECTED' && status !== 'CANCELLED' && status !== 'FAILED';
}

/** True when the transition gives the reserved amount back to the payment. */
export function releasesAmount({ from, to }: Pick<RefundMove, 'from' | 'to'>): boolean {
  return hasReservedAmount(from) && !hasReservedAmount(to);
}

/** True when the transition reserves an amount that was released before. */
export function reservesAmountAgain({ from, to }: Pick<RefundMove, 'from' | 'to'>): boolean {
  return !hasReservedAmount(from) && hasReservedAmount(to);
}

export function subtractTotals(after: RefundTotals, before: RefundTotals): RefundTotals {
  return {
    requested: after.requested - before.requested,
    processing: after.processing - before.processing,
    refundedFen: after.refundedFen - before.refundedFen,
  };
}
