import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The failed logins of one name from one address, known or not: shared by all instances. */
@Entity('login_failures')
export class LoginFailure {
  /** A hash of name and address: nobody reads here who tried. */
  @PrimaryColumn('varchar', { length: 64 })
  who!: string;

  /** JSON list, oldest first: milliseconds since 1970. A guess under way is among them already. */
  @Column('varchar', { length: 255 })
  failedAt!: string;

  /** The latest guess: what changes this row compares it. */
  @Column('varchar', { length: 24 })
  guessId!: string;

  /** The latest guess is being looked at until then, at most; null when its outcome is known. */
  @Column('datetime', { precision: 3, nullable: true })
  guessUntil!: Date | null;

  @Index('login_failures_last_at')
  @Column('datetime', { precision: 3 })
  lastAt!: Date;
}
