import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { Clock } from '../../common/time/clock.js';
import { findColumns, findRows, insertRows } from '../../database/rows.js';
import { EventEndpoint, receives, typesOf } from '../endpoints/event-endpoint.entity.js';
import { Event } from '../event.entity.js';
import { EventDelivery } from './event-delivery.entity.js';

export type QueuedEvent = Pick<Event, 'id' | 'type' | 'subject' | 'createdAt'>;

/** Events that got the positions `after + 1` to `last`, with their row ids. */
export interface NumberedEvents {
  events: Pick<Event, 'id' | 'type' | 'subject'>[];
  after: number;
  last: number;
}

const TEST_TYPE = 'endpoint.test';
/** Test events are due before all waiting deliveries, so that a probe of the receiver sends them first. */
const TEST_PRIORITY_SECONDS = 365 * 86_400;
/** Rows per INSERT. */
const INSERT_SIZE = 500;

/** Writes the deliveries that wait for the delivery job, in the caller's transaction. */
@Injectable()
export class DeliveryQueue {
  constructor(private readonly clock: Clock) {}

  /** Queues new events for each enabled endpoint that receives them. */
  async addForReceivers(tx: EntityManager, numbered: NumberedEvents): Promise<void> {
    const receivers: EventEndpoint[] = [];
    for (const endpoint of await findRows(tx, EventEndpoint, { status: 'ENABLED' }, 'id')) {
      const received = numbered.events.filter((event) => receives(endpoint, event));
      if (received.length === 0) continue;
      const tests = received.filter(({ type }) => type === TEST_TYPE);
      if (tests.length > 0) await this.insert(tx, endpoint, await findQueued(tx, tests));
      if (tests.length < received.length) await this.insertNumbered(tx, endpoint, numbered);
      receivers.push(endpoint);
    }
    if (receivers.length > 0) await this.makeDue(tx, receivers);
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
      const nextAttemptAt = this.clock.secondsFromNow(type === TEST_TYPE ? -TEST_PRIORITY_SECONDS : 0);
      return { ...shared, eventRowId: id, nextAttemptAt, createdAt };
    });
    for (let start = 0; start < rows.length; start += INSERT_SIZE) {
      await insertRows(tx, EventDelivery, rows.slice(start, start + INSERT_SIZE));
    }
  }

  /** As `insert`, without sending the rows through this process: there is one for each event and endpoint. Not for test events. */
  private async insertNumbered(
    tx: EntityManager,
    endpoint: EventEndpoint,
    { after, last }: Pick<NumberedEvents, 'after' | 'last'>,
  ): Promise<void> {
    const types = typesOf(endpoint);
    const isReceived = types.length === 0 ? '' : ` AND type IN (${types.map(() => '?').join(', ')})`;
    await tx.query(
      `INSERT INTO event_deliveries (endpoint_row_id, event_row_id, status, attempts, next_attempt_at, created_at)
       SELECT ?, id, 'WAITING', 0, ?, created_at FROM events
       WHERE position > ? AND position <= ? AND type != '${TEST_TYPE}'${isReceived} ORDER BY position`,
      [endpoint.id, asStored(tx, this.clock.now()), after, last, ...types],
    );
  }

  /** Every row matches, so that the statement waits for a release of the lease that is about to store a later date or none. */
  private async makeDue(tx: EntityManager, endpoints: readonly EventEndpoint[]): Promise<void> {
    const now = asStored(tx, this.clock.now());
    const marks = endpoints.map(() => '?').join(', ');
    await tx.query(
      `UPDATE event_endpoints SET next_due_at = CASE WHEN next_due_at <= ? THEN next_due_at ELSE ? END WHERE id IN (${marks})`,
      [now, now, ...endpoints.map(({ id }) => id)],
    );
  }
}

/** A date as the columns of this database contain it. */
function asStored(tx: EntityManager, date: Date): unknown {
  const column = tx.dataSource.getMetadata(EventDelivery).findColumnWithPropertyName('nextAttemptAt');
  if (!column) throw new Error('event_deliveries has no column for nextAttemptAt.');
  return tx.dataSource.driver.preparePersistentValue(date, column);
}

function findQueued(tx: EntityManager, events: readonly { id: number }[]): Promise<QueuedEvent[]> {
  const where = { id: In(events.map(({ id }) => id)) };
  return findColumns(tx, Event, ['id', 'type', 'subject', 'createdAt'], where, { orderBy: ['id'] });
}
