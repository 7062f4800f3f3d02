import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/time/clock.js';
import { isUniqueViolation } from '../database/database-errors.js';
import { insertRow } from '../database/rows.js';
import { OutboxEntry } from './outbox-entry.entity.js';
import type { OutboxHandler } from './outbox-handler.js';

/** A message to write to the outbox. */
export interface NewOutboxEntry {
  topic: string;
  /** Deduplication key, such as `order-paid:20261121…`. At most 128 characters. */
  entryKey: string;
  /** The order or refund of the message. */
  subject: string;
  payload: object;
}

/**
 * Writes messages to external systems in the transaction of the change that they report, so that both are committed or
 * neither. A job delivers them after the commit; a delivery never delays or undoes the change.
 */
@Injectable()
export class Outbox {
  private readonly handlers = new Map<string, OutboxHandler>();

  constructor(private readonly clock: Clock) {}

  /** Registers the handler of a topic. Call it during module initialization, before the first entry is written. */
  register(topic: OutboxHandler): void {
    this.handlers.set(topic.topic, topic);
  }

  /** Returns undefined for a topic that is switched off. */
  handlerOf(name: string): OutboxHandler | undefined {
    return this.handlers.get(name);
  }

  /** Drops an entry that needs attention, within the transaction that sends its message in another way. */
  async dropNeedingAttention(tx: EntityManager, entryKey: string): Promise<void> {
    await tx.update(OutboxEntry, { entryKey, status: 'NEEDS_ATTENTION' }, { status: 'DROPPED' });
  }

  /**
   * Writes the entry within the transaction of the change. Writes nothing when the topic has no handler or the key already
   * exists; the change itself never fails because of it.
   */
  async write(tx: EntityManager, { topic, entryKey, subject, payload }: NewOutboxEntry): Promise<void> {
    const handler = this.handlers.get(topic);
    if (!handler || handler.accepts?.(payload) === false) return;
    const now = this.clock.now();
    const entry: Omit<OutboxEntry, 'id'> = {
      topic,
      entryKey,
      subject,
      payload: JSON.stringify(payload),
      status: 'WAITING',
      attempts: 0,
      nextCheckAt: now,
      result: null,
      detail: null,
      createdAt: now,
      endedAt: null,
    };
    try {
      await insertRow(tx, OutboxEntry, entry);
    } catch (error) {
      // Both databases roll back only this statement, not the transaction.
      if (!isUniqueViolation(error)) throw error;
    }
  }
}
