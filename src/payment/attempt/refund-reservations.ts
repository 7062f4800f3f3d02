import { type EntityManager, IsNull, LessThanOrEqual, MoreThan } from 'typeorm';
import { PaymentAttempt } from './payment-attempt.entity.js';

/** WeChat's limit of refunds per payment. */
export const MAX_REFUNDS_PER_PAYMENT = 50;
/** WeChat accepts one refund per payment in this many seconds. */
export const REFUND_INTERVAL_SECONDS = 60;

/** Largest accepted clock difference between instances, for the dates of refund calls. A later date was written by a wrong clock. */
export const MAX_REFUND_CLOCK_SKEW_MS = 10 * 60_000;

/**
 * Reserves an amount of a payment for one more refund. Compare-and-set keeps reserved and refunded amounts together within
 * what was paid, also for concurrent calls. False when it does not fit. In that case nothing has
 * changed.
 */
export async function reserveRefundAmount(tx: EntityManager, outTradeNo: string, fen: number): Promise<boolean> {
  const { affected } = await tx
    .createQueryBuilder()
    .update(PaymentAttempt)
    .set({ refundReservedFen: () => `refund_held_fen + ${Math.trunc(fen)}`, refundCount: () => 'refund_count + 1' })
    .where("out_trade_no = :outTradeNo AND status = 'PAID'", { outTradeNo })
    .andWhere('refund_held_fen + :fen <= amount_fen AND refund_count < :most', { fen, most: MAX_REFUNDS_PER_PAYMENT })
    .execute();
  return affected === 1;
}

/** Releases a part of the amount that a refund reserved. */
export async function reduceReservedAmount(tx: EntityManager, outTradeNo: string, fen: number): Promise<void> {
  await tx.decrement(PaymentAttempt, { outTradeNo }, 'refundReservedFen', fen);
}

/** Releases the whole amount that a refund reserved, and stops counting the refund. */
export async function releaseReservedAmount(tx: EntityManager, outTradeNo: string, fen: number): Promise<void> {
  await reduceReservedAmount(tx, outTradeNo, fen);
  await tx.decrement(PaymentAttempt, { outTradeNo }, 'refundCount', 1);
}

/**
 * Takes the payment's slot for this refund, or extends it: the same refund number may be sent again at any time.
 * @returns null when this refund has the slot, otherwise the time when the slot becomes free.
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
      { outTradeNo, refundSlotUntil: MoreThan(new Date(until.getTime() + MAX_REFUND_CLOCK_SKEW_MS)) }, // taken by a wrong clock
    ])
    .execute();
  if (affected === 1) return null;
  const payment = await tx.findOneByOrFail(PaymentAttempt, { outTradeNo });
  return payment.refundSlotUntil ?? until;
}
