import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const NUMBER = { from: Number, to: (value: unknown) => (value instanceof Date ? value.getTime() : value) };

/** The failed staff logins of one network or one username in one time window, shared by all instances. */
@Entity('login_counts')
export class LoginCount {
  /** SHA-256 of the network or username, so that the table contains neither. */
  @PrimaryColumn('varchar', { length: 64 })
  counterKeyHash!: string;

  /** Includes attempts whose password is being checked. */
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
