import type { EntityManager, FindOptionsWhere } from 'typeorm';
import { applyRefundTotals, type RefundTotals } from '../order/order-refund-totals.js';
import { releaseRefundHold, holdRefundAmount, reduceRefundHold } from '../payment/refund-holds.js';
import { releaseReturns, holdReturnsAgain } from './refund-returns.js';
import { Refund, type RefundState } from './refund.entity.js';

type RefundFields<Names extends keyof Refund> = Partial<Pick<Refund, Names>>;
type ErrorFields = 'errorCode' | 'errorMessage';
type WaitFields = 'waitReason' | 'nextCheckAt' | 'checkCount';

/**
 * Every legal step of a refund, with the facts it may bring along. A step that is not here does not compile. FAILED may
 * still turn out to have succeeded: WeChat's word that money moved is never thrown away.
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

/** Thrown when WeChat says that money moved which other refunds have reserved meanwhile. The transaction must not commit. */
export class RefundHoldExceededError extends Error {}

/**
 * Takes one step by compare-and-set, and everything that follows from it in the same transaction: what the payment holds
 * back, what the order shows, and which pieces are named for a return.
 * @param only what else must still be as it was read.
 * @returns false when the refund has moved meanwhile; nothing has changed then.
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

/** What a refund of this state counts in the order's sums. */
export function refundTotalsOf(status: RefundState, amountFen: number): RefundTotals {
  return {
    requested: status === 'REQUESTED' ? 1 : 0,
    processing: status === 'PROCESSING' || status === 'ABNORMAL' ? 1 : 0,
    refundedFen: status === 'SUCCEEDED' ? amountFen : 0,
  };
}

/** A refund holds its money back from the wish until a no: a yes holds it for ever. */
export function isHoldingAmount(status: RefundState): boolean {
  return status !== 'REJECTED' && status !== 'CANCELLED' && status !== 'FAILED';
}

async function adjustHold(
  tx: EntityManager,
  refund: Refund,
  { from, to }: RefundMove,
  amountFen: number,
): Promise<void> {
  const { outTradeNo } = refund;
  if (isHoldingAmount(from) && !isHoldingAmount(to)) return releaseRefundHold(tx, outTradeNo, refund.amountFen);
  if (!isHoldingAmount(from) && isHoldingAmount(to)) {
    if (!(await holdRefundAmount(tx, outTradeNo, amountFen))) throw new RefundHoldExceededError();
  } else if (amountFen < refund.amountFen) {
    await reduceRefundHold(tx, outTradeNo, refund.amountFen - amountFen);
  }
}

/** Nothing is named before the decision. */
async function adjustReturns(tx: EntityManager, refund: Refund, { from, to }: RefundMove): Promise<void> {
  if (from !== 'REQUESTED' && isHoldingAmount(from) && !isHoldingAmount(to)) await releaseReturns(tx, refund);
  else if (!isHoldingAmount(from) && isHoldingAmount(to)) await holdReturnsAgain(tx, refund);
}

function subtractTotals(after: RefundTotals, before: RefundTotals): RefundTotals {
  return {
    requested: after.requested - before.requested,
    processing: after.processing - before.processing,
    refundedFen: after.refundedFen - before.refundedFen,
  };
}
