import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * The rate limit (GCRA) of a user, or of a network at login. Each call moves `freeAt` forward; after that time the whole burst
 * is available.
 */
@Entity('call_budgets')
export class CallBudget {
  @PrimaryColumn('varchar', { length: 24 })
  callerKey!: string;

  /** When the whole burst is available again, in milliseconds since 1970. */
  @Index('call_budgets_free_at')
  @Column('bigint', { transformer: { from: Number, to: (value: unknown) => value } })
  freeAt!: number;
}
