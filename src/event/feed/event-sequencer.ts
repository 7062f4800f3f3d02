import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { findRow, updateRows } from '../../database/rows.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { DeliveryQueue, type NumberedEvents } from '../delivery/delivery-queue.js';
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
    const waiting = await this.unitOfWork.read((manager) => findWithoutPosition(manager, 1));
    if (waiting.length === 0) return;
    while ((await this.unitOfWork.run((tx) => this.sequenceBatch(tx))) === BATCH_SIZE);
  }

  /** @returns the number of events. */
  private async sequenceBatch(tx: EntityManager): Promise<number> {
    // The lock. MySQL takes the snapshot of the transaction at the first SELECT, after it.
    await tx.query(`UPDATE event_sequence SET position = position WHERE id = ${SEQUENCE_ID}`);
    const sequence = await findRow(tx, EventSequence, ['position'], { id: SEQUENCE_ID });
    if (!sequence) throw new Error('event_sequence has no row.');
    const events = await findWithoutPosition(tx, BATCH_SIZE);
    if (events.length === 0) return 0;
    const [after, last] = [sequence.position, sequence.position + events.length];
    await givePositions(tx, events, after);
    await updateRows(tx, EventSequence, { id: SEQUENCE_ID }, { position: last });
    await this.queue.addForReceivers(tx, { events, after, last });
    return events.length;
  }
}

/** In the order of their ids. */
async function findWithoutPosition(manager: EntityManager, limit: number): Promise<NumberedEvents['events']> {
  const sql = `SELECT id, type, subject FROM events WHERE position IS NULL ORDER BY id LIMIT ${limit}`;
  const rows = await manager.query<{ id: number | string; type: string; subject: string }[]>(sql);
  return rows.map((row) => ({ ...row, id: Number(row.id) }));
}

/**
 * By primary key, because a condition on the NULL positions would lock the place where every new event is inserted. The hint
 * excludes a scan of a small table, which would wait for events that are not committed yet.
 */
async function givePositions(tx: EntityManager, events: readonly { id: number }[], after: number): Promise<void> {
  const hint = tx.dataSource.options.type === 'mysql' ? ' FORCE INDEX (PRIMARY)' : '';
  const runs = runsOf(events.map(({ id }) => id));
  const cases = runs.map(() => 'WHEN id <= ? THEN id + ?').join(' ');
  const marks = events.map(() => '?').join(', ');
  await tx.query(`UPDATE events${hint} SET position = CASE ${cases} END WHERE id IN (${marks})`, [
    ...runs.flatMap(({ last, index }) => [last, after + index + 1 - last]),
    ...events.map(({ id }) => id),
  ]);
}

/**
 * Successive ids without gaps, of which there are few. The database evaluates the list of cases for each row, so a case for
 * each id would take a time that grows with the square of the batch.
 */
function runsOf(ids: readonly number[]): { last: number; index: number }[] {
  return ids.flatMap((id, index) => (ids[index + 1] === id + 1 ? [] : [{ last: id, index }]));
}
