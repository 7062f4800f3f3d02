import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const NUMBER = { from: Number, to: (value: unknown) => (value instanceof Date ? value.getTime() : value) };

/** A counter in one time window, shared by all instances: failed staff logins of a network or username, or audit lines. */
@Entity('login_counts')
export class LoginCounter {
  /** SHA-256 of what is counted, so that the table contains no network and no username. */
  @PrimaryColumn('varchar', { length: 64 })
  counterKeyHash!: string;

  /** The count. Failed logins include attempts whose password is being checked. */
  @Column('integer')
  failures!: number;

  /** Start of the window in milliseconds since 1970. */
  @Column('bigint', { transformer: NUMBER })
  since!: number;

  /** The latest attempt in milliseconds since 1970. */
  @Index('login_counts_last_at')
  @Column('bigint', { transformer: NUMBER })
  lastAt!: number;

  /** Whether the audit log has its line about this window. */
  @Column('boolean')
  isAudited!: boolean;
}
