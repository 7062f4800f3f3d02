import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { OutboxEntry } from './outbox-entry.entity.js';
import type { DeliveryResult } from './outbox-handler.js';
import { Outbox } from './outbox.js';

/** Seconds between two tries; the last gap repeats. */
const BACKOFF_SECONDS = [5, 10, 20, 60, 120, 300, 900, 1800, 3600];
/** No topic asks for a longer gap. */
export const MAX_RETRY_GAP_SECONDS = 3600;
/** While nobody delivers the topic: an operator may have switched it off for a while. */
const NO_HANDLER_RETRY_SECONDS = MAX_RETRY_GAP_SECONDS;

/** Hands one entry to its topic, and writes down what came of it. */
@Injectable()
export class OutboxDispatcher {
  private readonly log = new Logger(OutboxDispatcher.name);

  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
  ) {}

  /** Safe to repeat: an entry that is over is left alone. */
  async deliver(entry: OutboxEntry): Promise<void> {
    const topic = this.outbox.handlerOf(entry.topic);
    const { entryKey, subject, tries, createdAt } = entry;
    const delivery: DeliveryResult = topic
      ? await topic.deliver({ entryKey, subject, tries, createdAt, payload: JSON.parse(entry.payload) as unknown })
      : { kind: 'again', result: 'NOBODY', afterSeconds: NO_HANDLER_RETRY_SECONDS };
    await this.unitOfWork.run((tx) =>
      tx.update(OutboxEntry, { id: entry.id, status: 'WAITING' }, this.entryUpdateOf(entry, delivery)),
    );
    if (delivery.kind === 'stuck') {
      this.log.error(`${entryKey} cannot be delivered: ${delivery.result} ${delivery.detail ?? ''}`.trimEnd());
    }
  }

  private entryUpdateOf({ tries }: OutboxEntry, delivery: DeliveryResult): Partial<OutboxEntry> {
    const said =
      delivery.kind === 'done'
        ? { result: null, detail: null }
        : { result: delivery.result.slice(0, 32), detail: delivery.detail?.slice(0, 500) ?? null };
    const facts = { ...said, tries: tries + 1 };
    switch (delivery.kind) {
      case 'again': {
        const gap = BACKOFF_SECONDS[Math.min(tries, BACKOFF_SECONDS.length - 1)] ?? 3600;
        return { ...facts, nextCheckAt: this.clock.secondsFromNow(delivery.afterSeconds ?? gap) };
      }
      case 'done':
      case 'dropped':
      case 'stuck': {
        const status = ({ done: 'DONE', dropped: 'DROPPED', stuck: 'STUCK' } as const)[delivery.kind];
        return { ...facts, status, nextCheckAt: null, endedAt: this.clock.now() };
      }
    }
  }
}
