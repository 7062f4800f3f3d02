import { type EntityManager, In, LessThanOrEqual } from 'typeorm';
import { findColumns, findRows } from '../../database/rows.js';
import { EventEndpoint } from '../endpoints/event-endpoint.entity.js';
import { Event } from '../event.entity.js';
import { EventDelivery } from './event-delivery.entity.js';

/** Deliveries whose results are stored by one transaction: a small batch would wait for the database most of the time. */
const BATCH_SIZE = 300;

export type SentEvent = Pick<Event, 'eventId' | 'type' | 'createdAt' | 'data'>;
/** @param attempts made before. */
export type DueDelivery = Pick<EventDelivery, 'id' | 'attempts'>;

/** Due deliveries of one endpoint with their events. */
export interface DeliveryBatch {
  endpoint: EventEndpoint;
  at: Date;
  deliveries: { delivery: DueDelivery; event: SentEvent }[];
  /** Row ids of deliveries whose events are deleted. */
  withoutEvent: number[];
  /** Whether more deliveries may be due. */
  isFull: boolean;
}

/**
 * The deliveries to send now, longest due first. After a failure it is one, which probes the receiver: thousands of waiting
 * deliveries of a receiver that does not answer cost one attempt each pause. Null while the endpoint is disabled or paused.
 * @param previous the batch whose results are being stored, so that it may still seem to be due.
 */
export async function readBatch(
  manager: EntityManager,
  endpointRowId: number,
  { at, previous }: { at: Date; previous: DeliveryBatch | null },
): Promise<DeliveryBatch | null> {
  const [endpoint] = await findRows(manager, EventEndpoint, { id: endpointRowId }, 'id');
  if (endpoint?.status !== 'ENABLED') return null;
  if (endpoint.pausedUntil !== null && endpoint.pausedUntil > at) return null;
  const sent = new Set(previous ? rowIdsOf(previous) : []);
  const size = endpoint.failures > 0 ? 1 : BATCH_SIZE;
  const found = await findColumns(
    manager,
    EventDelivery,
    ['id', 'eventRowId', 'attempts'],
    { endpointRowId, nextAttemptAt: LessThanOrEqual(at) },
    { orderBy: ['nextAttemptAt', 'id'], limit: size + sent.size },
  );
  const due = found.filter(({ id }) => !sent.has(id)).slice(0, size);
  if (due.length === 0) return null;
  const eventRowIds = due.map(({ eventRowId }) => eventRowId);
  const events = await findColumns(
    manager,
    Event,
    ['id', 'eventId', 'type', 'createdAt', 'data'],
    { id: In(eventRowIds) },
    { orderBy: ['id'] },
  );
  const byId = new Map(events.map((event) => [event.id, event]));
  const deliveries = due.flatMap((delivery) => {
    const event = byId.get(delivery.eventRowId);
    return event ? [{ delivery, event }] : [];
  });
  const withoutEvent = due.filter(({ eventRowId }) => !byId.has(eventRowId)).map(({ id }) => id);
  return { endpoint, at, deliveries, withoutEvent, isFull: due.length === size };
}

function rowIdsOf({ deliveries, withoutEvent }: DeliveryBatch): number[] {
  return [...deliveries.map(({ delivery }) => delivery.id), ...withoutEvent];
}

/** The bytes that are sent, the same for each attempt and each endpoint. */
export function bodyOf({ eventId, type, createdAt, data }: SentEvent): string {
  const [id, timestamp] = [JSON.stringify(eventId), JSON.stringify(createdAt)];
  return `{"id":${id},"type":${JSON.stringify(type)},"timestamp":${timestamp},"data":${data}}`;
}
