import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { EventType } from '../event-types.js';

export const ENDPOINT_STATUSES = ['ENABLED', 'DISABLED'] as const;
export type EndpointStatus = (typeof ENDPOINT_STATUSES)[number];

/** `GONE`: the receiver answered 410 · `BY_REQUEST`: a PATCH. */
export type DisabledReason = 'GONE' | 'BY_REQUEST';

/**
 * An address of the merchant's systems that receives events. The row is also the unit of the delivery work: one instance at a
 * time delivers to it, under the lease in `leaseUntil`.
 */
@Entity('event_endpoints')
export class EventEndpoint {
  @PrimaryGeneratedColumn('increment', { type: 'integer' })
  id!: number;

  /** `ep_…`, the id in the API. */
  @Index('event_endpoints_endpoint_id', { unique: true })
  @Column('varchar', { length: 24 })
  endpointId!: string;

  @Column('varchar', { length: 500 })
  url!: string;

  /** Separated by spaces; empty for all types. */
  @Column('varchar', { length: 500 })
  types!: string;

  @Column('varchar', { length: 200 })
  description!: string;

  @Column('varchar', { length: 16 })
  status!: EndpointStatus;

  @Column('varchar', { length: 16, nullable: true })
  disabledReason!: DisabledReason | null;

  @Column('text')
  encryptedSecret!: string;

  /** The secret before the last rotation, which signs too until `previousSecretUntil`. */
  @Column('text', { nullable: true })
  encryptedPreviousSecret!: string | null;

  @Column('datetime', { precision: 3, nullable: true })
  previousSecretUntil!: Date | null;

  /** When the earliest waiting delivery is due; null when none is waiting. Never later than that. */
  @Column('datetime', { precision: 3, nullable: true })
  nextDueAt!: Date | null;

  /** End of the lease of the instance that is delivering; null when none is. */
  @Column('datetime', { precision: 3, nullable: true })
  leaseUntil!: Date | null;

  /** Failed attempts since the last success. While there are any, one delivery at a time probes the receiver. */
  @Column('integer')
  failures!: number;

  /** No attempt before this time, after failures or because of `Retry-After`. */
  @Column('datetime', { precision: 3, nullable: true })
  pausedUntil!: Date | null;

  @Column('datetime', { precision: 3 })
  createdAt!: Date;

  @Column('datetime', { precision: 3 })
  updatedAt!: Date;
}

/** The types that the endpoint receives; empty for all types. */
export function typesOf({ types }: Pick<EventEndpoint, 'types'>): EventType[] {
  return types === '' ? [] : (types.split(' ') as EventType[]);
}

/** Whether the endpoint receives the event. A test event is only for the endpoint that it names. */
export function receives(
  endpoint: Pick<EventEndpoint, 'endpointId' | 'types'>,
  { type, subject }: { type: string; subject: string },
): boolean {
  if (type === 'endpoint.test') return subject === endpoint.endpointId;
  const types: readonly string[] = typesOf(endpoint);
  return types.length === 0 || types.includes(type);
}
