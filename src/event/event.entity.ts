import { Column, Entity, Index } from 'typeorm';
import { LargeRowId } from '../database/bigint-columns.js';
import { DeleteOldRows } from '../database/retention.js';

/** Events can be polled and sent again for 30 days. */
export const EVENT_TTL_SECONDS = 30 * 86_400;

/** An event for the merchant's own systems, written in the transaction of the change that it reports. It never changes. */
@Entity('events')
@Index('events_subject', ['subject', 'id'])
@DeleteOldRows<Event>({ ageProperty: 'createdAt', seconds: EVENT_TTL_SECONDS })
export class Event {
  @LargeRowId()
  id!: number;

  /** `evt_…`, also the `webhook-id`: the same for every delivery and in the list for polling. */
  @Index('events_event_id', { unique: true })
  @Column('varchar', { length: 32 })
  eventId!: string;

  /**
   * The place in the list for polling, 1, 2, 3 …; null until it is given after the commit. Ids are given before the commit, so
   * that a reader of ids would skip an event whose transaction commits later.
   */
  @Index('events_position', { unique: true })
  @Column('bigint', { nullable: true, transformer: { from: numberOrNull, to: (value: unknown) => value } })
  position!: number | null;

  @Column('varchar', { length: 32 })
  type!: string;

  /** The order, for orders, refunds and shipments. */
  @Column('varchar', { length: 64 })
  subject!: string;

  /** `data` as JSON, as it is sent. */
  @Column('text')
  data!: string;

  @Index('events_created_at')
  @Column('datetime', { precision: 3 })
  createdAt!: Date;
}

/** The MySQL driver returns 64-bit values as text. */
function numberOrNull(value: string | number | null): number | null {
  return value === null ? null : Number(value);
}
