import { Column, Entity, Index } from 'typeorm';
import { LargeRowId } from '../database/bigint-columns.js';

/** One action of a staff member or an API key. Append-only; entries stay when the account is gone. */
@Entity('audit_log')
@Index('audit_log_actor', ['actorUsername', 'id'])
@Index('audit_log_subject', ['subject', 'id'])
@Index('audit_log_action', ['action', 'id'])
export class AuditEntry {
  /** Sort key of the list. */
  @LargeRowId()
  id!: number;

  @Index('audit_log_at')
  @Column('datetime', { precision: 3 })
  at!: Date;

  @Column('varchar', { length: 24 })
  actorId!: string;

  /** The username at that time. */
  @Column('varchar', { length: 64 })
  actorUsername!: string;

  /** `area.verb`, such as `refund.approve`. */
  @Column('varchar', { length: 64 })
  action!: string;

  /** The number or id of the changed object. */
  @Column('varchar', { length: 64 })
  subject!: string;

  /** JSON; null when the object did not exist before. Never contains a password, a hash or a token. */
  @Column('text', { nullable: true })
  before!: string | null;

  /** JSON; null when the action has no resulting fields. */
  @Column('text', { nullable: true })
  after!: string | null;

  /** The client address, as reported by trusted proxies. */
  @Column('varchar', { length: 64 })
  ip!: string;
}
