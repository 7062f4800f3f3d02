import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { Settings } from '../config/settings.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { RefundExecutor } from '../refund/refund-executor.js';
import { RefundSchedule } from '../refund/refund-schedule.js';
import { Refund } from '../refund/refund.entity.js';
import { LeasedJobRunner } from './leased-job-runner.js';
import { maxWaitMs } from './check-timing.js';

/**
 * Sends approved refunds, queries refunds that WeChat has accepted or may have accepted, and continues refunds after a
 * crash.
 */
@Injectable()
export class RefundCheckJob {
  readonly runner: LeasedJobRunner<Refund>;

  constructor(
    settings: Settings,
    clock: Clock,
    unitOfWork: UnitOfWork,
    schedule: RefundSchedule,
    executor: RefundExecutor,
  ) {
    this.runner = new LeasedJobRunner<Refund>(clock, unitOfWork, {
      name: RefundCheckJob.name,
      entity: Refund,
      leaseMs: schedule.leaseMs,
      maxWaitMs: maxWaitMs(settings.REFUND_QUERY_BACKOFF_SECONDS),
      work: (refund) => executor.advance(refund),
    });
  }
}
