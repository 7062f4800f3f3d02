import { Injectable } from '@nestjs/common';
import { Clock } from '../common/time/clock.js';
import { Settings } from '../config/settings.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { MAX_RETRY_DELAY_SECONDS, OutboxDispatcher } from '../outbox/outbox-dispatcher.js';
import { OutboxEntry } from '../outbox/outbox-entry.entity.js';
import { maxWaitMs } from '../jobs/back-off.js';
import { LeasedJob } from '../jobs/leased-job.js';
import { maxCallDurationMs } from '../wechat/max-call-duration.js';

/** A handler may make this many calls to WeChat. */
const MAX_CALLS = 6;
const LEASE_MARGIN_SECONDS = 10;

/** Delivers outbox entries and repeats failed deliveries. */
@Injectable()
export class OutboxJob extends LeasedJob<OutboxEntry> {
  readonly task = 'outbox';

  constructor(
    settings: Settings,
    clock: Clock,
    unitOfWork: UnitOfWork,
    private readonly dispatcher: OutboxDispatcher,
  ) {
    super(settings, clock, unitOfWork, {
      entity: OutboxEntry,
      leaseMs: maxCallDurationMs(settings, MAX_CALLS, LEASE_MARGIN_SECONDS),
      maxWaitMs: maxWaitMs([MAX_RETRY_DELAY_SECONDS]),
    });
  }

  protected override work(entry: OutboxEntry): Promise<void> {
    return this.dispatcher.deliver(entry);
  }
}
