import { Column, Entity, Index } from 'typeorm';
import { LargeRowId } from '../database/large-row-id.js';

/**
 * `WAITING` to be delivered, or to be tried again · `DONE` · `DROPPED` nobody wants it any more, and nobody is harmed ·
 * `STUCK` trying again cannot help: a person must look.
 */
export type OutboxStatus = 'WAITING' | 'DONE' | 'DROPPED' | 'STUCK';

/** Something to be told to somebody outside, written down in the very transaction that made it true. */
@Entity('outbox')
@Index('outbox_subject', ['subject', 'id'])
@Index('outbox_status', ['status', 'topic', 'id'])
@Index('outbox_age', ['status', 'createdAt'])
export class OutboxEntry {
  @LargeRowId()
  id!: number;

  /** Who delivers it. */
  @Column('varchar', { length: 32 })
  topic!: string;

  /** What must be told once: a second entry with the same key is not written. */
  @Index('outbox_entry_key', { unique: true })
  @Column('varchar', { length: 128 })
  entryKey!: string;

  /** The order or refund that it is about, for whoever looks for it. */
  @Column('varchar', { length: 64 })
  subject!: string;

  /** JSON, as the topic reads it. */
  @Column('text')
  payload!: string;

  @Column('varchar', { length: 16 })
  status!: OutboxStatus;

  /** Deliveries tried so far: the place in the back-off. */
  @Column('integer')
  tries!: number;

  /** When it is to be tried; null when it is over. A claim moves it forward. */
  @Index('outbox_next_check_at')
  @Column('datetime', { precision: 3, nullable: true })
  nextCheckAt!: Date | null;

  /** What came of the last try, in a word: WeChat's errcode, or ours. */
  @Column('varchar', { length: 32, nullable: true })
  result!: string | null;

  @Column('varchar', { length: 500, nullable: true })
  detail!: string | null;

  @Column('datetime', { precision: 3 })
  createdAt!: Date;

  @Column('datetime', { precision: 3, nullable: true })
  endedAt!: Date | null;
}
