import { type EntityManager, In, LessThanOrEqual } from 'typeorm';
import { findRows } from '../../database/rows.js';
import { EventEndpoint } from '../endpoints/event-endpoint.entity.js';
import { Event } from '../event.entity.js';
import { EventDelivery } from './event-delivery.entity.js';

/** Deliveries whose results are stored by one transaction: a small batch would wait for the database most of the time. */
const BATCH_SIZE = 200;

/** Due deliveries of one endpoint with their events. */
export interface DeliveryBatch {
  endpoint: EventEndpoint;
  at: Date;
  deliveries: { delivery: EventDelivery; event: Event }[];
  /** Row ids of deliveries whose events are deleted. */
  withoutEvent: number[];
}

/**
 * The deliveries to send now, longest due first. After a failure it is one, which probes the receiver: thousands of waiting
 * deliveries of a receiver that does not answer cost one attempt each pause. Empty while the endpoint is disabled or paused.
 */
export async function readBatch(
  manager: EntityManager,
  endpointRowId: number,
  at: Date,
): Promise<DeliveryBatch | null> {
  const endpoint = await manager.findOneBy(EventEndpoint, { id: endpointRowId });
  if (endpoint?.status !== 'ENABLED') return null;
  if (endpoint.pausedUntil !== null && endpoint.pausedUntil > at) return null;
  const due = await manager.find(EventDelivery, {
    where: { endpointRowId, nextAttemptAt: LessThanOrEqual(at) },
    order: { nextAttemptAt: 'ASC', id: 'ASC' },
    take: endpoint.failures > 0 ? 1 : BATCH_SIZE,
  });
  if (due.length === 0) return null;
  const events = await findRows(manager, Event, { id: In(due.map(({ eventRowId }) => eventRowId)) }, 'id');
  const byId = new Map(events.map((event) => [event.id, event]));
  const deliveries = due.flatMap((delivery) => {
    const event = byId.get(delivery.eventRowId);
    return event ? [{ delivery, event }] : [];
  });
  const withoutEvent = due.filter(({ eventRowId }) => !byId.has(eventRowId)).map(({ id }) => id);
  return { endpoint, at, deliveries, withoutEvent };
}

/** The bytes that are sent, the same for each attempt and each endpoint. */
export function bodyOf({ eventId, type, createdAt, data }: Event): string {
  const [id, timestamp] = [JSON.stringify(eventId), JSON.stringify(createdAt)];
  return `{"id":${id},"type":${JSON.stringify(type)},"timestamp":${timestamp},"data":${data}}`;
}
