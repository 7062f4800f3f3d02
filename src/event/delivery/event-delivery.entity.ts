import { Column, Entity, Index } from 'typeorm';
import { LargeRowId } from '../../database/bigint-columns.js';
import { DeleteOldRows } from '../../database/retention.js';
import { EVENT_TTL_SECONDS } from '../event.entity.js';

/** `WAITING`: for its first attempt or a retry · `FAILED`: no attempt is left. */
export const DELIVERY_STATUSES = ['WAITING', 'DELIVERED', 'FAILED'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

const BIGINT = { transformer: { from: Number, to: (value: unknown) => value } };

/** One event for one endpoint. A redelivery or a replay makes the same row wait again. */
@Entity('event_deliveries')
@Index('event_deliveries_event', ['endpointRowId', 'eventRowId'], { unique: true })
@Index('event_deliveries_due', ['endpointRowId', 'nextAttemptAt'])
@Index('event_deliveries_status', ['endpointRowId', 'status', 'createdAt'])
@DeleteOldRows<EventDelivery>({ ageProperty: 'createdAt', seconds: EVENT_TTL_SECONDS })
export class EventDelivery {
  @LargeRowId()
  id!: number;

  /** `event_endpoints.id` */
  @Column('integer')
  endpointRowId!: number;

  /** `events.id` */
  @Column('bigint', BIGINT)
  eventRowId!: number;

  @Column('varchar', { length: 16 })
  status!: DeliveryStatus;

  /** Attempts since the delivery was requested, which determine the next delay. */
  @Column('integer')
  attempts!: number;

  /** When the next attempt is due; null unless `WAITING`. */
  @Column('datetime', { precision: 3, nullable: true })
  nextAttemptAt!: Date | null;

  /** When the event was written, so that both are deleted together. */
  @Index('event_deliveries_created_at')
  @Column('datetime', { precision: 3 })
  createdAt!: Date;

  @Column('datetime', { precision: 3, nullable: true })
  endedAt!: Date | null;
}
