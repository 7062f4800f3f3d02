import { type FindOperator, IsNull, LessThan, MoreThan } from 'typeorm';

/** Milliseconds: far more than any call to WeChat takes, by clocks that may differ. */
const LONGEST_CALL_MS = 60 * 60_000;

/** What `callingUntil` may be of a payment about which no prepay call is under way. A far later date is a wrong clock's. */
export function noCallUntil(now: Date): FindOperator<Date>[] {
  const anyTime: FindOperator<Date> = IsNull();
  return [anyTime, LessThan(now), MoreThan(new Date(now.getTime() + LONGEST_CALL_MS))];
}
