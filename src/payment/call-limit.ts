import { type FindOptionsWhere, IsNull, LessThan, MoreThan } from 'typeorm';
import type { Payment } from './payment.entity.js';

/** Milliseconds: far more than any call to WeChat takes, by clocks that may differ. */
export const LONGEST_CALL_MS = 60 * 60_000;

/** Any of these holds for a payment about which no prepay call is under way. A far later date is a wrong clock's. */
export function withoutCall(now: Date): FindOptionsWhere<Payment>[] {
  const impossible = new Date(now.getTime() + LONGEST_CALL_MS);
  return [{ callingUntil: IsNull() }, { callingUntil: LessThan(now) }, { callingUntil: MoreThan(impossible) }];
}
