import { type FindOptionsWhere, IsNull, LessThan, MoreThan } from 'typeorm';
import type { PaymentAttempt } from './payment-attempt.entity.js';

/** Milliseconds: much longer than any call to WeChat, and longer than the clocks of two instances may differ. */
export const MAX_CALL_LEASE_MS = 60 * 60_000;

/** One of these conditions holds for an attempt without a prepay call in progress. A far later date comes from a wrong clock. */
export function noCallInProgress(now: Date): FindOptionsWhere<PaymentAttempt>[] {
  const impossible = new Date(now.getTime() + MAX_CALL_LEASE_MS);
  return [{ callingUntil: IsNull() }, { callingUntil: LessThan(now) }, { callingUntil: MoreThan(impossible) }];
}
