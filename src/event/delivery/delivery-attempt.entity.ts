import { Column, Entity, Index } from 'typeorm';
import { LargeRowId } from '../../database/bigint-columns.js';
import { DeleteOldRows } from '../../database/retention.js';
import { EVENT_TTL_SECONDS } from '../event.entity.js';

/** One request to a receiver and its answer. */
@Entity('event_delivery_attempts')
@Index('event_delivery_attempts_delivery', ['deliveryRowId', 'id'])
@DeleteOldRows<DeliveryAttempt>({ ageProperty: 'at', seconds: EVENT_TTL_SECONDS })
export class DeliveryAttempt {
  @LargeRowId()
  id!: number;

  /** `event_deliveries.id` */
  @Column('bigint', { transformer: { from: Number, to: (value: unknown) => value } })
  deliveryRowId!: number;

  @Index('event_delivery_attempts_at')
  @Column('datetime', { precision: 3 })
  at!: Date;

  @Column('integer')
  durationMs!: number;

  /** The HTTP status; null without an answer. */
  @Column('integer', { nullable: true })
  statusCode!: number | null;

  /** Why there is no answer, such as `TIMEOUT`, or null. */
  @Column('varchar', { length: 64, nullable: true })
  errorCode!: string | null;

  /** The first 2 kB of the answer; null without an answer. */
  @Column('text', { nullable: true })
  responseBody!: string | null;
}
