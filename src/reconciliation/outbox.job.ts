import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { Settings } from '../config/settings.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { MAX_RETRY_GAP_SECONDS, OutboxDispatcher } from '../outbox/outbox-dispatcher.js';
import { OutboxEntry } from '../outbox/outbox-entry.entity.js';
import { LeasedJobRunner } from './leased-job-runner.js';
import { paymentLeaseMs, maxWaitMs } from './check-timing.js';

/** Delivers outbox entries and repeats failed deliveries. */
@Injectable()
export class OutboxJob {
  readonly runner: LeasedJobRunner<OutboxEntry>;

  constructor(settings: Settings, clock: Clock, unitOfWork: UnitOfWork, delivery: OutboxDispatcher) {
    this.runner = new LeasedJobRunner<OutboxEntry>(clock, unitOfWork, {
      name: OutboxJob.name,
      entity: OutboxEntry,
      leaseMs: paymentLeaseMs(settings),
      maxWaitMs: maxWaitMs([MAX_RETRY_GAP_SECONDS]),
      work: (entry) => delivery.deliver(entry),
    });
  }
}
