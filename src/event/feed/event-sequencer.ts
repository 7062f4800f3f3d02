import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import { findRow, updateRows } from '../../database/rows.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { DeliveryQueue, type QueuedEvent } from '../delivery/delivery-queue.js';
import { Event } from '../event.entity.js';
import { EventSequence, SEQUENCE_ID } from './event-sequence.entity.js';

/** Events per transaction. */
const BATCH_SIZE = 500;

/**
 * Gives each committed event its position, one transaction at a time, and queues it for the endpoints that receive it in the
 * same transaction. A reader of positions therefore never skips an event whose transaction commits later: that event gets a
 * higher position.
 */
@Injectable()
export class EventSequencer {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly queue: DeliveryQueue,
  ) {}

  /**
   * Gives positions to all events that are committed now. Safe to repeat and to run on all instances at once.
   * @throws DomainError SERVICE_UNAVAILABLE.
   */
  async run(): Promise<void> {
    if (!(await this.unitOfWork.read((manager) => manager.existsBy(Event, { position: IsNull() })))) return;
    while ((await this.unitOfWork.run((tx) => this.sequenceBatch(tx))) === BATCH_SIZE);
  }

  /** @returns the number of events. */
  private async sequenceBatch(tx: EntityManager): Promise<number> {
    // The lock. MySQL takes the snapshot of the transaction at the first SELECT, after it.
    await tx.query(`UPDATE event_sequence SET position = position WHERE id = ${SEQUENCE_ID}`);
    const sequence = await findRow(tx, EventSequence, ['position'], { id: SEQUENCE_ID });
    if (!sequence) throw new Error('event_sequence has no row.');
    const events: QueuedEvent[] = await tx.find(Event, {
      select: { id: true, type: true, subject: true, createdAt: true },
      where: { position: IsNull() },
      order: { id: 'ASC' },
      take: BATCH_SIZE,
    });
    if (events.length === 0) return 0;
    await givePositions(tx, events, sequence.position);
    await updateRows(tx, EventSequence, { id: SEQUENCE_ID }, { position: sequence.position + events.length });
    await this.queue.addForReceivers(tx, events);
    return events.length;
  }
}

/**
 * By primary key, because a condition on the NULL positions would lock the place where every new event is inserted. The hint
 * excludes a scan of a small table, which would wait for events that are not committed yet.
 */
async function givePositions(tx: EntityManager, events: readonly { id: number }[], last: number): Promise<void> {
  const hint = tx.dataSource.options.type === 'mysql' ? ' FORCE INDEX (PRIMARY)' : '';
  const cases = events.map(() => 'WHEN ? THEN ?').join(' ');
  const ids = events.map(({ id }) => id);
  const marks = ids.map(() => '?').join(', ');
  await tx.query(`UPDATE events${hint} SET position = CASE id ${cases} END WHERE id IN (${marks})`, [
    ...ids.flatMap((id, index) => [id, last + index + 1]),
    ...ids,
  ]);
}
