import { type EntityManager, IsNull, LessThan, MoreThanOrEqual, Not, Or } from 'typeorm';
import { beijingMidnight, toBeijingTime } from '../common/time/beijing-time.js';
import { DomainError, amountLimitError } from '../common/problem/domain-error.js';
import { Refund } from '../refund/refund.entity.js';
import { ApiKey, isActive } from './api-key.entity.js';

/**
 * Counts a refund against the daily limit of its key, by compare-and-set within the transaction that creates the
 * refund, so that concurrent calls on any number of instances stay within the limit together. The same statement checks
 * that the key is not revoked, so that no refund is created after the response to the revocation. The counter includes
 * all refunds created on that day; failed ones are subtracted when it is compared.
 * @throws DomainError REFUND_LIMIT_REACHED, or UNAUTHENTICATED when the key was revoked or has expired meanwhile.
 */
export async function chargeDailyRefundLimit(tx: EntityManager, keyId: string, fen: number, now: Date): Promise<void> {
  const refundDay = toBeijingTime(now).slice(0, 8);
  // The day only moves forward: an instance whose clock is behind counts on the new day.
  await tx.update(ApiKey, { keyId, refundDay: Or(IsNull(), LessThan(refundDay)) }, { refundDay, refundDayFen: 0 });
  if (await tryCharge(tx, keyId, { fen, failedFen: 0 })) return;
  const failedFen = await sumFailedRefundsOfDay(tx, keyId, now);
  if (failedFen > 0 && (await tryCharge(tx, keyId, { fen, failedFen }))) return;
  const key = await tx.findOneByOrFail(ApiKey, { keyId });
  if (!isActive(key, now)) throw new DomainError('UNAUTHENTICATED');
  const { maxRefundFenPerDay: limitFen, refundDayFen } = key;
  const leftFen = limitFen - refundDayFen + failedFen;
  throw amountLimitError('REFUND_LIMIT_REACHED', { amountFen: fen, limitFen, leftFen });
}

async function tryCharge(
  tx: EntityManager,
  keyId: string,
  amounts: { fen: number; failedFen: number },
): Promise<boolean> {
  const { affected } = await tx
    .createQueryBuilder()
    .update(ApiKey)
    .set({ refundDayFen: () => `refund_day_fen + ${Math.trunc(amounts.fen)}` })
    .where('key_id = :keyId AND revoked_at IS NULL', { keyId })
    .andWhere('refund_day_fen - :failedFen + :fen <= max_refund_fen_per_day', amounts)
    .execute();
  return affected === 1;
}

/**
 * Returns the fen of the refunds that were created with this key on this Beijing day and that failed or were abandoned.
 * Excludes refunds replaced by one made in WeChat's merchant platform, because that money was refunded.
 */
async function sumFailedRefundsOfDay(tx: EntityManager, keyId: string, now: Date): Promise<number> {
  const requestedAt = MoreThanOrEqual(beijingMidnight(now));
  const failed = { decidedBy: keyId, status: 'FAILED', kind: 'MERCHANT', requestedAt } as const;
  const sum = await tx.sum(Refund, 'requestedFen', [
    { ...failed, errorCode: IsNull() },
    { ...failed, errorCode: Not('REPLACED') },
  ]);
  return sum ?? 0;
}
