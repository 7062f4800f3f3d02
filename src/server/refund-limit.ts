import type { EntityManager } from 'typeorm';
import { toBeijingTime } from '../common/beijing-time.js';
import { DomainError } from '../common/domain-error.js';
import { refusedAmount } from '../common/refused-amount.js';
import { ApiKey, isAlive } from './api-key.entity.js';

/**
 * Counts a refund against the day of its key, by compare-and-set within the transaction that opens the refund: however many
 * calls there are at once, and on however many instances, together they stay within the limit. The same statement asks
 * whether the key still lives, so that nothing is opened with it once its revocation has been answered.
 * @throws DomainError REFUND_LIMIT_REACHED, or UNAUTHENTICATED for a key that has died meanwhile.
 */
export async function spendOfDay(tx: EntityManager, keyId: string, fen: number, now: Date): Promise<void> {
  const refundDay = toBeijingTime(now).slice(0, 8);
  // Only ever forwards: an instance whose clock is behind counts on the new day.
  await tx
    .createQueryBuilder()
    .update(ApiKey)
    .set({ refundDay, refundDayFen: 0 })
    .where('key_id = :keyId AND (refund_day IS NULL OR refund_day < :refundDay)', { keyId, refundDay })
    .execute();
  const { affected } = await tx
    .createQueryBuilder()
    .update(ApiKey)
    .set({ refundDayFen: () => `refund_day_fen + ${Math.trunc(fen)}` })
    .where('key_id = :keyId AND revoked_at IS NULL', { keyId })
    .andWhere('refund_day_fen + :fen <= max_refund_fen_per_day', { fen })
    .execute();
  if (affected === 1) return;
  const key = await tx.findOneByOrFail(ApiKey, { keyId });
  if (!isAlive(key, now)) throw new DomainError('UNAUTHENTICATED');
  const { maxRefundFenPerDay: limitFen, refundDayFen } = key;
  const leftFen = limitFen - refundDayFen;
  throw refusedAmount('REFUND_LIMIT_REACHED', { amountFen: fen, limitFen, leftFen });
}
