import { type FindOptionsWhere, IsNull, LessThan, MoreThan } from 'typeorm';
import type { PaymentAttempt } from './payment-attempt.entity.js';

/** Milliseconds: far more than any call to WeChat takes, by clocks that may differ. */
export const MAX_CALL_LEASE_MS = 60 * 60_000;

/** Any of these holds for a payment about which no prepay call is under way. A far later date is a wrong clock's. */
export function noCallInProgress(now: Date): FindOptionsWhere<PaymentAttempt>[] {
  const impossible = new Date(now.getTime() + MAX_CALL_LEASE_MS);
  return [{ callingUntil: IsNull() }, { callingUntil: LessThan(now) }, { callingUntil: MoreThan(impossible) }];
}
