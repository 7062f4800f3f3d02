import { Injectable } from '@nestjs/common';
import { type EntityManager, In, IsNull, MoreThan } from 'typeorm';
import { Clock } from '../../common/time/clock.js';
import { insertRows } from '../../database/rows.js';
import { EventEndpoint, receives } from '../endpoints/event-endpoint.entity.js';
import type { Event } from '../event.entity.js';
import { EventDelivery } from './event-delivery.entity.js';

export type QueuedEvent = Pick<Event, 'id' | 'type' | 'subject' | 'createdAt'>;

/** Test events are due before all waiting deliveries, so that a probe of the receiver sends them first. */
const TEST_PRIORITY_SECONDS = 365 * 86_400;
/** Rows per INSERT. */
const INSERT_SIZE = 500;

/** Writes the deliveries that wait for the delivery job, in the caller's transaction. */
@Injectable()
export class DeliveryQueue {
  constructor(private readonly clock: Clock) {}

  /** Queues new events for each enabled endpoint that receives them. */
  async addForReceivers(tx: EntityManager, events: readonly QueuedEvent[]): Promise<void> {
    const endpoints = await tx.findBy(EventEndpoint, { status: 'ENABLED' });
    for (const endpoint of endpoints) {
      const received = events.filter((event) => receives(endpoint, event));
      if (received.length === 0) continue;
      await this.insert(tx, endpoint, received);
      await this.makeDue(tx, endpoint);
    }
  }

  /**
   * Makes these events wait for delivery to the endpoint, also those that were delivered or have failed, and ends its pause.
   * May be repeated. @returns false if the endpoint was deleted.
   */
  async addAgain(tx: EntityManager, endpoint: EventEndpoint, events: readonly QueuedEvent[]): Promise<boolean> {
    if (!(await this.endPause(tx, endpoint))) return false;
    if (events.length === 0) return true;
    const known = await tx.find(EventDelivery, {
      select: { id: true, eventRowId: true },
      where: { endpointRowId: endpoint.id, eventRowId: In(events.map(({ id }) => id)) },
    });
    if (known.length > 0) {
      const waiting = { status: 'WAITING' as const, attempts: 0, nextAttemptAt: this.clock.now(), endedAt: null };
      await tx.update(EventDelivery, { id: In(known.map(({ id }) => id)) }, waiting);
    }
    const knownEvents = new Set(known.map(({ eventRowId }) => eventRowId));
    await this.insert(
      tx,
      endpoint,
      events.filter(({ id }) => !knownEvents.has(id)),
    );
    return true;
  }

  /** Makes the endpoint due now. Locks its row. @returns false if it was deleted. */
  async endPause(tx: EntityManager, { id }: EventEndpoint): Promise<boolean> {
    const { affected } = await tx.update(EventEndpoint, { id }, { nextDueAt: this.clock.now(), pausedUntil: null });
    return affected === 1;
  }

  private async insert(
    tx: EntityManager,
    { id: endpointRowId }: EventEndpoint,
    events: readonly QueuedEvent[],
  ): Promise<void> {
    const shared = { endpointRowId, status: 'WAITING' as const, attempts: 0, endedAt: null };
    const rows = events.map(({ id, type, createdAt }) => {
      const nextAttemptAt = this.clock.secondsFromNow(type === 'endpoint.test' ? -TEST_PRIORITY_SECONDS : 0);
      return { ...shared, eventRowId: id, nextAttemptAt, createdAt };
    });
    for (let start = 0; start < rows.length; start += INSERT_SIZE) {
      await insertRows(tx, EventDelivery, rows.slice(start, start + INSERT_SIZE));
    }
  }

  private async makeDue(tx: EntityManager, { id }: EventEndpoint): Promise<void> {
    const now = this.clock.now();
    await tx.update(
      EventEndpoint,
      [
        { id, nextDueAt: IsNull() },
        { id, nextDueAt: MoreThan(now) },
      ],
      { nextDueAt: now },
    );
  }
}
