import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { Settings } from '../config/settings.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { RefundProgress } from '../refund/refund-progress.js';
import { RefundSchedule } from '../refund/refund-schedule.js';
import { Refund } from '../refund/refund.entity.js';
import { DueWork } from './due-work.js';
import { longestWaitMs } from './lease-time.js';

/**
 * Sends what was decided and not yet sent, asks about what was accepted or may have been, and takes up whatever a crash
 * left between two steps.
 */
@Injectable()
export class RefundCheckJob {
  readonly due: DueWork<Refund>;

  constructor(
    settings: Settings,
    clock: Clock,
    unitOfWork: UnitOfWork,
    schedule: RefundSchedule,
    progress: RefundProgress,
  ) {
    this.due = new DueWork<Refund>(clock, unitOfWork, {
      name: RefundCheckJob.name,
      entity: Refund,
      leaseMs: schedule.leaseMs,
      longestWaitMs: longestWaitMs(settings.REFUND_QUERY_BACKOFF_SECONDS),
      work: (refund) => progress.advance(refund),
    });
  }
}
