import type { EntityManager, FindOptionsWhere } from 'typeorm';
import { applyRefundTotals, type RefundTotals } from '../order/order-refund-totals.js';
import { releaseReservedAmount, reserveRefundAmount, reduceReservedAmount } from '../payment/refund-reservations.js';
import { releaseReturns, reserveReturnsAgain } from './refund-returns.js';
import { Refund, type RefundState } from './refund.entity.js';

type RefundFields<Names extends keyof Refund> = Partial<Pick<Refund, Names>>;
type ErrorFields = 'errorCode' | 'errorMessage';
type WaitFields = 'waitReason' | 'nextCheckAt' | 'checkCount';

/**
 * Every allowed transition of a refund, with the fields that it may set. Any other transition does not compile. FAILED can
 * become SUCCEEDED, because a success reported by WeChat is always applied.
 */
export type RefundMove =
  | ({ from: 'REQUESTED'; to: 'REJECTED' | 'CANCELLED' } & RefundFields<'rejectReason' | 'decidedBy' | 'decidedAt'>)
  | ({ from: 'REQUESTED'; to: 'PROCESSING' } & RefundFields<'amountFen' | 'note' | 'returnStock' | 'returnCoupon'> &
      RefundFields<'decidedBy' | 'decidedAt' | WaitFields | 'request'>)
  | ({ from: 'ABNORMAL'; to: 'PROCESSING' } & RefundFields<WaitFields | 'acceptedAt' | 'request' | 'wechatRefundId'>)
  | ({ from: 'PROCESSING' | 'ABNORMAL' | 'FAILED'; to: 'SUCCEEDED' } & RefundFields<'completedAt' | 'wechatRefundId'>)
  | ({ from: 'PROCESSING'; to: 'ABNORMAL' } & RefundFields<ErrorFields | 'wechatRefundId' | 'nextCheckAt'>)
  | ({ from: 'PROCESSING' | 'ABNORMAL'; to: 'FAILED' } & RefundFields<
      ErrorFields | 'completedAt' | 'wechatRefundId' | 'note'
    >);

/** Thrown when WeChat reports a success but other refunds have reserved the amount. The transaction must not commit. */
export class ReservedAmountExceededError extends Error {}

/**
 * Moves a refund by compare-and-set. In the same transaction it updates the amount reserved on the payment, the order's
 * refund totals and the reserved returns.
 * @param only further columns that must be as they were read.
 * @returns false when the refund has changed meanwhile. In that case nothing is written.
 */
export async function moveRefund(
  tx: EntityManager,
  refund: Refund,
  move: RefundMove,
  only: FindOptionsWhere<Refund> = {},
): Promise<boolean> {
  const { from, to, ...facts } = move;
  const isOpen = to === 'PROCESSING' || to === 'ABNORMAL';
  const waiting = isOpen ? {} : { nextCheckAt: null };
  const { affected } = await tx.update(
    Refund,
    { ...only, id: refund.id, status: from, amountFen: refund.amountFen },
    { waitReason: null, earlyCheckAt: null, ...waiting, ...facts, status: to },
  );
  if (affected !== 1) return false;
  const amountFen = 'amountFen' in move ? (move.amountFen ?? refund.amountFen) : refund.amountFen;
  await adjustHold(tx, refund, move, amountFen);
  if (!refund.isOverpayment) {
    const change = subtractTotals(refundTotalsOf(to, amountFen), refundTotalsOf(from, refund.amountFen));
    if (Object.values(change).some((by) => by !== 0)) await applyRefundTotals(tx, refund.orderNo, change);
    await adjustReturns(tx, refund, move);
  }
  return true;
}

/** The share of a refund in the order's totals. */
export function refundTotalsOf(status: RefundState, amountFen: number): RefundTotals {
  return {
    requested: status === 'REQUESTED' ? 1 : 0,
    processing: status === 'PROCESSING' || status === 'ABNORMAL' ? 1 : 0,
    refundedFen: status === 'SUCCEEDED' ? amountFen : 0,
  };
}

/** A refund reserves its amount from the request on. Only REJECTED, CANCELLED and FAILED release it. */
export function hasReservedAmount(status: RefundState): boolean {
  return status !== 'REJECTED' && status !== 'CANCELLED' && status !== 'FAILED';
}

async function adjustHold(
  tx: EntityManager,
  refund: Refund,
  { from, to }: RefundMove,
  amountFen: number,
): Promise<void> {
  const { outTradeNo } = refund;
  if (hasReservedAmount(from) && !hasReservedAmount(to)) return releaseReservedAmount(tx, outTradeNo, refund.amountFen);
  if (!hasReservedAmount(from) && hasReservedAmount(to)) {
    if (!(await reserveRefundAmount(tx, outTradeNo, amountFen))) throw new ReservedAmountExceededError();
  } else if (amountFen < refund.amountFen) {
    await reduceReservedAmount(tx, outTradeNo, refund.amountFen - amountFen);
  }
}

/** Returns are reserved by the decision, not before. */
async function adjustReturns(tx: EntityManager, refund: Refund, { from, to }: RefundMove): Promise<void> {
  if (from !== 'REQUESTED' && hasReservedAmount(from) && !hasReservedAmount(to)) await releaseReturns(tx, refund);
  else if (!hasReservedAmount(from) && hasReservedAmount(to)) await reserveReturnsAgain(tx, refund);
}

function subtractTotals(after: RefundTotals, before: RefundTotals): RefundTotals {
  return {
    requested: after.requested - before.requested,
    processing: after.processing - before.processing,
    refundedFen: after.refundedFen - before.refundedFen,
  };
}
