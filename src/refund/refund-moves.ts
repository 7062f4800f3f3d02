import type { EntityManager, FindOptionsWhere } from 'typeorm';
import { followRefunds, type RefundChange } from '../order/order-refunds.js';
import { endHold, holdRefundable, lowerHold } from '../payment/refundable.js';
import { freeReturns, holdReturnsAgain } from './refund-returns.js';
import { Refund, type RefundState } from './refund.entity.js';

type Facts<Names extends keyof Refund> = Partial<Pick<Refund, Names>>;
type Errors = 'errorCode' | 'errorMessage';
type Wait = 'waitReason' | 'nextCheckAt' | 'checkCount';

/**
 * Every legal step of a refund, with the facts it may bring along. A step that is not here does not compile. FAILED may
 * still turn out to have succeeded: WeChat's word that money moved is never thrown away.
 */
export type RefundMove =
  | ({ from: 'REQUESTED'; to: 'REJECTED' | 'CANCELLED' } & Facts<'rejectReason' | 'decidedBy' | 'decidedAt'>)
  | ({ from: 'REQUESTED'; to: 'PROCESSING' } & Facts<'amountFen' | 'note' | 'returnStock' | 'returnCoupon'> &
      Facts<'decidedBy' | 'decidedAt' | Wait | 'request'>)
  | ({ from: 'ABNORMAL'; to: 'PROCESSING' } & Facts<Wait | 'acceptedAt' | 'request' | 'wechatRefundId'>)
  | ({ from: 'PROCESSING' | 'ABNORMAL' | 'FAILED'; to: 'SUCCEEDED' } & Facts<'completedAt' | 'wechatRefundId'>)
  | ({ from: 'PROCESSING'; to: 'ABNORMAL' } & Facts<Errors | 'wechatRefundId' | 'nextCheckAt'>)
  | ({ from: 'PROCESSING' | 'ABNORMAL'; to: 'FAILED' } & Facts<Errors | 'completedAt' | 'wechatRefundId' | 'note'>);

/** Thrown when WeChat says that money moved which other refunds have reserved meanwhile. The transaction must not commit. */
export class NothingLeftToHold extends Error {}

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
  if (!refund.isSurplus) {
    const change = difference(weightOf(to, amountFen), weightOf(from, refund.amountFen));
    if (Object.values(change).some((by) => by !== 0)) await followRefunds(tx, refund.orderNo, change);
    await adjustReturns(tx, refund, move);
  }
  return true;
}

/** What a refund of this state counts in the order's sums. */
export function weightOf(status: RefundState, amountFen: number): RefundChange {
  return {
    requested: status === 'REQUESTED' ? 1 : 0,
    processing: status === 'PROCESSING' || status === 'ABNORMAL' ? 1 : 0,
    refundedFen: status === 'SUCCEEDED' ? amountFen : 0,
  };
}

/** A refund holds its money back from the wish until a no: a yes holds it for ever. */
export function isHolding(status: RefundState): boolean {
  return status !== 'REJECTED' && status !== 'CANCELLED' && status !== 'FAILED';
}

async function adjustHold(
  tx: EntityManager,
  refund: Refund,
  { from, to }: RefundMove,
  amountFen: number,
): Promise<void> {
  const { outTradeNo } = refund;
  if (isHolding(from) && !isHolding(to)) return endHold(tx, outTradeNo, refund.amountFen);
  if (!isHolding(from) && isHolding(to)) {
    if (!(await holdRefundable(tx, outTradeNo, amountFen))) throw new NothingLeftToHold();
  } else if (amountFen < refund.amountFen) {
    await lowerHold(tx, outTradeNo, refund.amountFen - amountFen);
  }
}

/** Nothing is named before the decision. */
async function adjustReturns(tx: EntityManager, refund: Refund, { from, to }: RefundMove): Promise<void> {
  if (from !== 'REQUESTED' && isHolding(from) && !isHolding(to)) await freeReturns(tx, refund);
  else if (!isHolding(from) && isHolding(to)) await holdReturnsAgain(tx, refund);
}

function difference(after: RefundChange, before: RefundChange): RefundChange {
  return {
    requested: after.requested - before.requested,
    processing: after.processing - before.processing,
    refundedFen: after.refundedFen - before.refundedFen,
  };
}
