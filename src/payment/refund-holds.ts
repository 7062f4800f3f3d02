import { type EntityManager, IsNull, LessThanOrEqual, MoreThan } from 'typeorm';
import { PaymentAttempt } from './payment-attempt.entity.js';

/** WeChat takes no more refunds for one payment. */
export const MAX_REFUNDS_PER_PAYMENT = 50;
/** WeChat takes one refund of a payment in this many seconds. */
export const REFUND_INTERVAL_SECONDS = 60;

/** Instances whose clocks differ by more have no common time. A turn that lasts longer was taken by a wrong clock, and is free. */
const MAX_CLOCK_SKEW_MS = 10 * 60_000;

/**
 * Reserves so much of a payment for one more refund, by compare-and-set: whatever runs at the same time, the reserved and
 * the given back are never more than was paid. False when it does not fit; nothing has changed then.
 */
export async function holdRefundAmount(tx: EntityManager, outTradeNo: string, fen: number): Promise<boolean> {
  const { affected } = await tx
    .createQueryBuilder()
    .update(PaymentAttempt)
    .set({ refundHeldFen: () => `refund_held_fen + ${Math.trunc(fen)}`, refundCount: () => 'refund_count + 1' })
    .where("out_trade_no = :outTradeNo AND status = 'PAID'", { outTradeNo })
    .andWhere('refund_held_fen + :fen <= amount_fen AND refund_count < :most', { fen, most: MAX_REFUNDS_PER_PAYMENT })
    .execute();
  return affected === 1;
}

/** Frees a part of what a refund reserved. */
export async function reduceRefundHold(tx: EntityManager, outTradeNo: string, fen: number): Promise<void> {
  await tx.decrement(PaymentAttempt, { outTradeNo }, 'refundHeldFen', fen);
}

/** Frees all that a refund reserved, and its place among the fifty. */
export async function releaseRefundHold(tx: EntityManager, outTradeNo: string, fen: number): Promise<void> {
  await reduceRefundHold(tx, outTradeNo, fen);
  await tx.decrement(PaymentAttempt, { outTradeNo }, 'refundCount', 1);
}

/**
 * Takes the payment's turn for this refund, or keeps it: the same number may be repeated at any time.
 * @returns null when the turn is this refund's, otherwise the moment when it is free.
 */
export async function acquireRefundSlot(
  tx: EntityManager,
  outTradeNo: string,
  refundNo: string,
  now: Date,
): Promise<Date | null> {
  const until = new Date(now.getTime() + REFUND_INTERVAL_SECONDS * 1000);
  const { affected } = await tx
    .createQueryBuilder()
    .update(PaymentAttempt)
    .set({ refundSlotNo: refundNo, refundSlotUntil: until })
    .where([
      { outTradeNo, refundSlotNo: refundNo },
      { outTradeNo, refundSlotUntil: IsNull() },
      { outTradeNo, refundSlotUntil: LessThanOrEqual(now) },
      { outTradeNo, refundSlotUntil: MoreThan(new Date(until.getTime() + MAX_CLOCK_SKEW_MS)) },
    ])
    .execute();
  if (affected === 1) return null;
  const payment = await tx.findOneByOrFail(PaymentAttempt, { outTradeNo });
  return payment.refundSlotUntil ?? until;
}
