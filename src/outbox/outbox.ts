import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { isUniqueViolation } from '../database/database-errors.js';
import { insertRow } from '../database/rows.js';
import { OutboxEntry } from './outbox-entry.entity.js';
import type { OutboxHandler } from './outbox-handler.js';

/** Something to be told. */
export interface NewOutboxEntry {
  topic: string;
  /** Names what must be told once, such as `order-paid:20261121…`. At most 128 characters. */
  entryKey: string;
  /** The order or refund that it is about. */
  subject: string;
  payload: object;
}

/**
 * What the outside is to be told of a change, committed together with the change: neither is there without the other,
 * whatever fails. Telling is the job's; it happens after the commit, and never holds up or undoes the change.
 */
@Injectable()
export class Outbox {
  private readonly handlers = new Map<string, OutboxHandler>();

  constructor(private readonly clock: Clock) {}

  /** Says who delivers a topic. Before the first entry is written: at the start of its module. */
  register(topic: OutboxHandler): void {
    this.handlers.set(topic.topic, topic);
  }

  /** Who delivers; undefined when nobody does, which is how a shop leaves a topic out. */
  handlerOf(name: string): OutboxHandler | undefined {
    return this.handlers.get(name);
  }

  /** Takes what was stuck off the list, within the transaction that has it told in another way. */
  async dropStuck(tx: EntityManager, entryKey: string): Promise<void> {
    await tx.update(OutboxEntry, { entryKey, status: 'STUCK' }, { status: 'DROPPED' });
  }

  /**
   * Writes the entry within the transaction that makes it true. Of what nobody delivers nothing is written, and of what
   * was written before nothing more: the change that it tells of never fails by it.
   */
  async write(tx: EntityManager, { topic, entryKey, subject, payload }: NewOutboxEntry): Promise<void> {
    const deliverer = this.handlers.get(topic);
    if (!deliverer || deliverer.accepts?.(payload) === false) return;
    const now = this.clock.now();
    const entry: Omit<OutboxEntry, 'id'> = {
      ...{ topic, entryKey, subject, payload: JSON.stringify(payload), status: 'WAITING', tries: 0 },
      ...{ nextCheckAt: now, result: null, detail: null, createdAt: now, endedAt: null },
    };
    try {
      await insertRow(tx, OutboxEntry, entry);
    } catch (error) {
      // Both databases undo the one statement then, and not the transaction.
      if (!isUniqueViolation(error)) throw error;
    }
  }
}
