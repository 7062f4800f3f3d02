import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { Settings } from '../config/settings.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { LONGEST_GAP_SECONDS, OutboxDelivery } from '../outbox/outbox-delivery.js';
import { OutboxEntry } from '../outbox/outbox-entry.entity.js';
import { DueWork } from './due-work.js';
import { leaseMs, longestWaitMs } from './lease-time.js';

/** Tells the outside what it is to be told, entry by entry, and again until it has been heard. */
@Injectable()
export class OutboxJob {
  readonly due: DueWork<OutboxEntry>;

  constructor(settings: Settings, clock: Clock, unitOfWork: UnitOfWork, delivery: OutboxDelivery) {
    this.due = new DueWork<OutboxEntry>(clock, unitOfWork, {
      name: OutboxJob.name,
      entity: OutboxEntry,
      leaseMs: leaseMs(settings),
      longestWaitMs: longestWaitMs([LONGEST_GAP_SECONDS]),
      work: (entry) => delivery.deliver(entry),
    });
  }
}
