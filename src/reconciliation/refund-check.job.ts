import { Injectable } from '@nestjs/common';
import { Clock } from '../common/time/clock.js';
import { Settings } from '../config/settings.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { RefundSender } from '../refund/sending/refund-sender.js';
import { RefundSchedule } from '../refund/sending/refund-schedule.js';
import { Refund } from '../refund/refund.entity.js';
import { maxWaitMs } from '../jobs/back-off.js';
import { LeasedJob } from '../jobs/leased-job.js';

/**
 * Sends approved refunds, queries refunds that WeChat has accepted or may have accepted, and continues refunds after a
 * crash.
 */
@Injectable()
export class RefundCheckJob extends LeasedJob<Refund> {
  readonly task = 'refund-check';

  constructor(
    settings: Settings,
    clock: Clock,
    unitOfWork: UnitOfWork,
    schedule: RefundSchedule,
    private readonly sender: RefundSender,
  ) {
    super(settings, clock, unitOfWork, {
      entity: Refund,
      leaseMs: schedule.leaseMs,
      maxWaitMs: maxWaitMs(settings.REFUND_QUERY_BACKOFF_SECONDS),
    });
  }

  protected override work(refund: Refund): Promise<void> {
    return this.sender.advanceRefund(refund);
  }
}
