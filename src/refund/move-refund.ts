import { type EntityManager, type FindOptionsWhere, IsNull } from 'typeorm';
import { applyRefundTotals } from '../order/order-refund-totals.js';
import { noteRefundChange } from '../outbox/changes/note-change.js';
import {
  releaseReservedAmount,
  reserveRefundAmount,
  reduceReservedAmount,
} from '../payment/attempt/refund-reservations.js';
import { releaseReturns, reserveReturnsAgain } from './refund-returns.js';
import { Refund } from './refund.entity.js';
import {
  refundTotalsOf,
  releasesAmount,
  reservesAmountAgain,
  subtractTotals,
  type RefundMove,
} from './rules/refund-transitions.js';

/** Thrown when WeChat reports a success but other refunds have reserved the amount. The transaction must not commit. */
export class ReservedAmountExceededError extends Error {}

/** Columns of a refund that no worker has sent since it was read, and that WeChat is not known to have accepted. */
export function unacceptedAsRead({ sendCount }: Refund): FindOptionsWhere<Refund> {
  return { sendCount, wechatRefundId: IsNull(), acceptedAt: IsNull() };
}

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
  const { from, to, ...changes } = move;
  const isOpen = to === 'PROCESSING' || to === 'ABNORMAL';
  const waiting = isOpen ? {} : { nextCheckAt: null };
  const { affected } = await tx.update(
    Refund,
    { ...only, id: refund.id, status: from, amountFen: refund.amountFen },
    { waitReason: null, earliestCheckAt: null, ...waiting, ...changes, status: to },
  );
  if (affected !== 1) return false;
  noteRefundChange(tx, refund.refundNo, 'MOVED');
  const amountFen = 'amountFen' in move ? (move.amountFen ?? refund.amountFen) : refund.amountFen;
  await adjustReservedAmount(tx, refund, move, amountFen);
  if (!refund.isOverpayment) {
    const change = subtractTotals(refundTotalsOf(to, amountFen), refundTotalsOf(from, refund.amountFen));
    if (Object.values(change).some((by) => by !== 0)) await applyRefundTotals(tx, refund.orderNo, change);
    await adjustReturns(tx, refund, move);
  }
  return true;
}

async function adjustReservedAmount(
  tx: EntityManager,
  refund: Refund,
  move: RefundMove,
  amountFen: number,
): Promise<void> {
  const { outTradeNo } = refund;
  if (releasesAmount(move)) return releaseReservedAmount(tx, outTradeNo, refund.amountFen);
  if (reservesAmountAgain(move)) {
    if (!(await reserveRefundAmount(tx, outTradeNo, amountFen))) throw new ReservedAmountExceededError();
  } else if (amountFen < refund.amountFen) {
    await reduceReservedAmount(tx, outTradeNo, refund.amountFen - amountFen);
  }
}

/** Returns are reserved by the decision, not before. */
async function adjustReturns(tx: EntityManager, refund: Refund, move: RefundMove): Promise<void> {
  if (move.from !== 'REQUESTED' && releasesAmount(move)) await releaseReturns(tx, refund);
  else if (reservesAmountAgain(move)) await reserveReturnsAgain(tx, refund);
}
