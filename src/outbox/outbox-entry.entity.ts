import { Column, Entity, Index } from 'typeorm';
import { DeleteOldRows } from '../database/retention.js';
import { LargeRowId } from '../database/bigint-columns.js';

/**
 * `WAITING`: for delivery or a retry · `DONE`: delivered · `DROPPED`: no longer needed, without harm ·
 * `NEEDS_ATTENTION`: retries cannot help, staff must act.
 */
export type OutboxStatus = 'WAITING' | 'DONE' | 'DROPPED' | 'NEEDS_ATTENTION';

/** Delivered and dropped entries are kept for 30 days, for questions about them. */
const ENDED_TTL_SECONDS = 30 * 86_400;

/** A message to an external system, written in the transaction of the change that it reports (transactional outbox). */
@Entity('outbox')
@Index('outbox_subject', ['subject', 'id'])
@Index('outbox_status', ['status', 'topic', 'id'])
@Index('outbox_age', ['status', 'createdAt'])
// Entries that need attention stay until staff act.
@DeleteOldRows<OutboxEntry>({ ageProperty: 'createdAt', seconds: ENDED_TTL_SECONDS, where: { status: 'DONE' } })
@DeleteOldRows<OutboxEntry>({ ageProperty: 'createdAt', seconds: ENDED_TTL_SECONDS, where: { status: 'DROPPED' } })
export class OutboxEntry {
  @LargeRowId()
  id!: number;

  /** Selects the handler. */
  @Column('varchar', { length: 32 })
  topic!: string;

  /** Deduplication key: a second entry with the same key is not written. */
  @Index('outbox_entry_key', { unique: true })
  @Column('varchar', { length: 128 })
  entryKey!: string;

  /** The order or refund of the entry, for searches. */
  @Column('varchar', { length: 64 })
  subject!: string;

  /** JSON, in the form that the handler expects. */
  @Column('text')
  payload!: string;

  @Column('varchar', { length: 16 })
  status!: OutboxStatus;

  /** Delivery attempts so far, which determine the back-off. */
  @Column('integer')
  attempts!: number;

  /** When the next attempt is due; null when finished. A claim moves it forward. */
  @Index('outbox_next_check_at')
  @Column('datetime', { precision: 3, nullable: true })
  nextCheckAt!: Date | null;

  /** Result code of the last attempt: WeChat's errcode or our own. */
  @Column('varchar', { length: 32, nullable: true })
  result!: string | null;

  @Column('varchar', { length: 500, nullable: true })
  detail!: string | null;

  @Column('datetime', { precision: 3 })
  createdAt!: Date;

  @Column('datetime', { precision: 3, nullable: true })
  endedAt!: Date | null;
}
