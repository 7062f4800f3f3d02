import { Injectable } from '@nestjs/common';
import { In, LessThan } from 'typeorm';
import { cursorRowId, cursorOfRow, type Page } from '../../common/paging/paging.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { findPage, type ListOrder } from '../../database/lists/find-page.js';
import { findEndpoint } from '../endpoints/find-endpoint.js';
import { Event } from '../event.entity.js';
import { DeliveryAttempt } from './delivery-attempt.entity.js';
import { deliveryAttemptView, type DeliveryListQuery, type EventDeliveryView } from './delivery-list.dto.js';
import { EventDelivery } from './event-delivery.entity.js';

const MAX_ATTEMPTS_SHOWN = 20;

/** By event, for which there is an index of each endpoint. */
const NEWEST_EVENT_FIRST: ListOrder<EventDelivery> = {
  sort: { eventRowId: 'DESC' },
  after: (query) => {
    const id = cursorRowId(query);
    return id === undefined ? [{}] : [{ eventRowId: LessThan(id) }];
  },
  cursorOf: ({ eventRowId: id }) => cursorOfRow({ id }),
};

/** Lists the deliveries of an endpoint with their attempts. */
@Injectable()
export class DeliveryListService {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Newest event first. @throws DomainError EVENT_ENDPOINT_NOT_FOUND, VALIDATION_FAILED for a cursor of another list. */
  list(endpointId: string, query: DeliveryListQuery): Promise<Page<EventDeliveryView>> {
    return this.unitOfWork.read(async (manager) => {
      const { id: endpointRowId } = await findEndpoint(manager, endpointId);
      const where = { endpointRowId, ...(query.status !== undefined && { status: query.status }) };
      const page = await findPage(manager, EventDelivery, query, { where, order: NEWEST_EVENT_FIRST });
      if (page.items.length === 0) return { items: [], nextCursor: page.nextCursor };
      const attempts = await manager.find(DeliveryAttempt, {
        where: { deliveryRowId: In(page.items.map(({ id }) => id)) },
        order: { id: 'ASC' },
      });
      const events = await manager.find(Event, {
        select: { id: true, eventId: true, type: true },
        where: { id: In(page.items.map(({ eventRowId }) => eventRowId)) },
      });
      const byDelivery = Map.groupBy(attempts, ({ deliveryRowId }) => deliveryRowId);
      const byId = new Map(events.map((event) => [event.id, event]));
      const items = page.items.flatMap((delivery) => {
        const event = byId.get(delivery.eventRowId);
        return event ? [deliveryView(delivery, event, byDelivery.get(delivery.id) ?? [])] : [];
      });
      return { items, nextCursor: page.nextCursor };
    });
  }
}

function deliveryView(
  delivery: EventDelivery,
  { eventId, type }: Event,
  attempts: readonly DeliveryAttempt[],
): EventDeliveryView {
  const { status, attempts: attemptCount, nextAttemptAt, createdAt, endedAt } = delivery;
  const last = attempts.at(-1);
  return {
    eventId,
    type,
    status,
    attemptCount,
    nextAttemptAt,
    statusCode: last?.statusCode ?? null,
    durationMs: last?.durationMs ?? null,
    errorCode: last?.errorCode ?? null,
    responseBody: last?.responseBody ?? null,
    attempts: attempts.slice(-MAX_ATTEMPTS_SHOWN).map(deliveryAttemptView),
    createdAt,
    endedAt,
  };
}
