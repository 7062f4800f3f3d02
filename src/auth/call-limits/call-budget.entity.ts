import { Entity, Index, PrimaryColumn } from 'typeorm';
import { MillisecondsColumn } from '../../database/bigint-columns.js';
import { DeleteOldRows } from '../../database/retention.js';

/** Calls that a user may make at once after a pause. */
export const BURST_CALLS = 100;
/** A stored time that is later than possible by more than this was written by a wrong clock. */
export const MAX_CLOCK_ERROR_MS = 10 * 60_000;
/** The whole burst at the lowest rate, one call a minute. */
const MAX_SECONDS_AHEAD = BURST_CALLS * 60 + MAX_CLOCK_ERROR_MS / 1000;

/**
 * The rate limit (GCRA) of a user, or of a network at login. Each call moves `freeAt` forward; after that time the whole burst
 * is available.
 */
@Entity('call_budgets')
@DeleteOldRows<CallBudget>({ ageProperty: 'freeAt', seconds: 0, maxSecondsAhead: MAX_SECONDS_AHEAD })
export class CallBudget {
  @PrimaryColumn('varchar', { length: 24 })
  callerKey!: string;

  /** When the whole burst is available again, in milliseconds since 1970. */
  @Index('call_budgets_free_at')
  @MillisecondsColumn()
  freeAt!: number;
}
