import { Column, Entity, Index } from 'typeorm';
import { LargeRowId } from '../database/large-row-id.js';

/** One thing that a member of staff did. Append-only: what was done stays done, whoever may be gone since. */
@Entity('audit_log')
@Index('audit_log_actor', ['actorUsername', 'id'])
@Index('audit_log_subject', ['subject', 'id'])
@Index('audit_log_action', ['action', 'id'])
export class AuditEntry {
  /** The order of the list. */
  @LargeRowId()
  id!: number;

  @Index('audit_log_at')
  @Column('datetime', { precision: 3 })
  at!: Date;

  @Column('varchar', { length: 24 })
  actorId!: string;

  /** As it was then. */
  @Column('varchar', { length: 64 })
  actorUsername!: string;

  /** `area.verb`, such as `refund.approve`. */
  @Column('varchar', { length: 64 })
  action!: string;

  /** The number or id of what was changed. */
  @Column('varchar', { length: 64 })
  subject!: string;

  /** JSON; null when there was nothing before. Never a password, a hash or a token. */
  @Column('text', { nullable: true })
  before!: string | null;

  /** JSON; null when nothing is left. */
  @Column('text', { nullable: true })
  after!: string | null;

  /** Where the call came from, as the proxies in front say. */
  @Column('varchar', { length: 64 })
  ip!: string;
}
