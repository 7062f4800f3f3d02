import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { MillisecondsColumn } from '../database/bigint-columns.js';
import { DeleteOldRows } from '../database/retention.js';
import { LOGIN_FAILURE_TTL_SECONDS } from './login-failure.entity.js';

/** A counter in one time window, shared by all instances: failed staff logins of a network or username, or audit lines. */
@Entity('login_counts')
@DeleteOldRows<LoginCounter>({ ageProperty: 'lastAt', seconds: LOGIN_FAILURE_TTL_SECONDS })
export class LoginCounter {
  /** SHA-256 of what is counted, so that the table contains no network and no username. */
  @PrimaryColumn('varchar', { length: 64 })
  counterKeyHash!: string;

  /** The count. Failed logins include attempts whose password is being checked. */
  @Column('integer')
  failures!: number;

  /** Start of the window in milliseconds since 1970. */
  @MillisecondsColumn()
  since!: number;

  /** The latest attempt in milliseconds since 1970. */
  @Index('login_counts_last_at')
  @MillisecondsColumn()
  lastAt!: number;

  /** Whether the audit log has its line about this window. */
  @Column('boolean')
  isAudited!: boolean;
}
