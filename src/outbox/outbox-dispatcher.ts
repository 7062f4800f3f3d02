import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../common/time/clock.js';
import { backOffSeconds } from '../jobs/back-off.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { OutboxEntry } from './outbox-entry.entity.js';
import type { DeliveryResult } from './outbox-handler.js';
import { Outbox } from './outbox.js';

/** Seconds between two attempts; the last value repeats. */
const BACKOFF_SECONDS = [5, 10, 20, 60, 120, 300, 900, 1800, 3600];
/** No handler requests a longer delay. */
export const MAX_RETRY_DELAY_SECONDS = 3600;
/** Delay for a topic without a handler: an operator may have switched it off temporarily. */
const NO_HANDLER_RETRY_SECONDS = MAX_RETRY_DELAY_SECONDS;

/** Passes an entry to the handler of its topic and stores the result. */
@Injectable()
export class OutboxDispatcher {
  private readonly log = new Logger(OutboxDispatcher.name);

  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
  ) {}

  /** Safe to repeat: a finished entry is not changed. */
  async deliver(entry: OutboxEntry): Promise<void> {
    const handler = this.outbox.handlerOf(entry.topic);
    const { entryKey, subject, attempts, createdAt } = entry;
    const delivery: DeliveryResult = handler
      ? await handler.deliver({ entryKey, subject, attempts, createdAt, payload: JSON.parse(entry.payload) as unknown })
      : { kind: 'retry', result: 'NO_HANDLER', afterSeconds: NO_HANDLER_RETRY_SECONDS };
    await this.unitOfWork.run((tx) =>
      tx.update(OutboxEntry, { id: entry.id, status: 'WAITING' }, this.entryUpdateOf(entry, delivery)),
    );
    if (delivery.kind === 'needsAttention') {
      this.log.error(
        `Outbox entry ${entryKey} cannot be delivered: ${delivery.result} ${delivery.detail ?? ''}`.trimEnd(),
      );
    }
  }

  private entryUpdateOf({ attempts }: OutboxEntry, delivery: DeliveryResult): Partial<OutboxEntry> {
    const outcome =
      delivery.kind === 'done'
        ? { result: null, detail: null }
        : { result: delivery.result.slice(0, 32), detail: delivery.detail?.slice(0, 500) ?? null };
    const fields = { ...outcome, attempts: attempts + 1 };
    switch (delivery.kind) {
      case 'retry': {
        const delaySeconds = delivery.afterSeconds ?? backOffSeconds(BACKOFF_SECONDS, attempts);
        return { ...fields, nextCheckAt: this.clock.secondsFromNow(delaySeconds) };
      }
      case 'done':
      case 'dropped':
      case 'needsAttention': {
        const status = ({ done: 'DONE', dropped: 'DROPPED', needsAttention: 'NEEDS_ATTENTION' } as const)[
          delivery.kind
        ];
        return { ...fields, status, nextCheckAt: null, endedAt: this.clock.now() };
      }
    }
  }
}
