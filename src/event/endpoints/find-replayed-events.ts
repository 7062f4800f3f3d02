import {
  And,
  type EntityManager,
  type FindOptionsWhere,
  In,
  IsNull,
  LessThan,
  MoreThan,
  MoreThanOrEqual,
  Not,
} from 'typeorm';
import type { QueuedEvent } from '../delivery/delivery-queue.js';
import { EventDelivery } from '../delivery/event-delivery.entity.js';
import { Event } from '../event.entity.js';
import type { ReplayBody } from './event-endpoint.dto.js';
import { type EventEndpoint, receives } from './event-endpoint.entity.js';

/** Events or deliveries that one query reads. */
export const BATCH_SIZE = 500;

/** Sort key of events and deliveries. */
export interface RowKey {
  createdAt: Date;
  id: number;
}

export interface ReplayPage {
  events: QueuedEvent[];
  /** Less than `BATCH_SIZE` at the end of the period. */
  scanned: number;
  last: RowKey | null;
}

interface Period {
  from: Date;
  to: Date;
  /** The last row of the previous page. */
  last: RowKey | null;
}

/** One page of the events of a period that the endpoint receives, oldest first. */
export async function findReplayed(
  tx: EntityManager,
  endpoint: EventEndpoint,
  { types, onlyFailed }: Pick<ReplayBody, 'types' | 'onlyFailed'>,
  period: Period,
): Promise<ReplayPage> {
  const order = { createdAt: 'ASC', id: 'ASC' } as const;
  const isWanted = (event: QueuedEvent): boolean =>
    receives(endpoint, event) && (types === undefined || types.some((type) => type === event.type));
  if (onlyFailed === true) {
    const failed = { endpointRowId: endpoint.id, status: 'FAILED' as const };
    const where = keyConditions(period).map((key) => ({ ...failed, ...key }));
    const deliveries = await tx.find(EventDelivery, { where, order, take: BATCH_SIZE });
    const events =
      deliveries.length === 0 ? [] : await tx.findBy(Event, { id: In(deliveries.map(({ eventRowId }) => eventRowId)) });
    return { events: events.filter(isWanted), scanned: deliveries.length, last: deliveries.at(-1) ?? null };
  }
  // Events without a position are not queued yet: the sequencer does that.
  const where = keyConditions(period).map((key) => ({ ...key, position: Not(IsNull()) }));
  const events = await tx.find(Event, { where, order, take: BATCH_SIZE });
  return { events: events.filter(isWanted), scanned: events.length, last: events.at(-1) ?? null };
}

/** Joined by OR: the rows of the period after the last one. */
function keyConditions({ from, to, last }: Period): FindOptionsWhere<RowKey>[] {
  if (last === null) return [{ createdAt: And(MoreThanOrEqual(from), LessThan(to)) }];
  return [
    { createdAt: last.createdAt, id: MoreThan(last.id) },
    { createdAt: And(MoreThan(last.createdAt), LessThan(to)) },
  ];
}
