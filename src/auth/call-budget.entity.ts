import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** How many calls a user, or a network at the login, has left: each call moves `freeAt` forward, and the passing time lets it lie in the past again. */
@Entity('call_budgets')
export class CallBudget {
  @PrimaryColumn('varchar', { length: 24 })
  userId!: string;

  /** Milliseconds since 1970: when the whole burst is free again. */
  @Index('call_budgets_free_at')
  @Column('bigint', { transformer: { from: Number, to: (value: unknown) => value } })
  freeAt!: number;
}
