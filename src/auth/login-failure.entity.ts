import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { DeleteOldRows } from '../database/retention.js';

/** Failed logins count for 15 minutes. */
export const LOGIN_FAILURE_TTL_SECONDS = 15 * 60;

/**
 * The failed staff logins of one username from one network, whether the account exists or not, or the failed password checks
 * of one account at a password change. Shared by all instances.
 */
@Entity('login_failures')
@DeleteOldRows<LoginFailure>({ ageProperty: 'lastAt', seconds: LOGIN_FAILURE_TTL_SECONDS })
export class LoginFailure {
  /** SHA-256 of the lockout key: network and username at a login, account id at a password change. */
  @PrimaryColumn('varchar', { length: 64 })
  lockoutKeyHash!: string;

  /** JSON array of milliseconds since 1970, oldest first. Includes an attempt whose password is being checked. */
  @Column('varchar', { length: 255 })
  failedAt!: string;

  /** The latest attempt. Updates of this row compare it. */
  @Column('varchar', { length: 24 })
  attemptId!: string;

  /** Until when the password check of the latest attempt may last; null when its result is known. */
  @Column('datetime', { precision: 3, nullable: true })
  attemptUntil!: Date | null;

  @Index('login_failures_last_at')
  @Column('datetime', { precision: 3 })
  lastAt!: Date;
}
