import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const NUMBER = { from: Number, to: (value: unknown) => (value instanceof Date ? value.getTime() : value) };

/** The failed logins of a network, or at a name, in one window of time: shared by all instances. */
@Entity('login_counts')
export class LoginCount {
  /** A hash of what is counted: no address and no name can be read here. */
  @PrimaryColumn('varchar', { length: 64 })
  counted!: string;

  /** Guesses that are being looked at are among them. */
  @Column('integer')
  failures!: number;

  /** Milliseconds since 1970: the beginning of the window. */
  @Column('bigint', { transformer: NUMBER })
  since!: number;

  /** Milliseconds since 1970: the latest guess. */
  @Index('login_counts_last_at')
  @Column('bigint', { transformer: NUMBER })
  lastAt!: number;

  /** The audit log has its line about this window. */
  @Column('boolean')
  isNoted!: boolean;
}
