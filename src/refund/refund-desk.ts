import { Injectable, Logger } from '@nestjs/common';
import type { Actor } from '../audit/audit-log.js';
import { Clock } from '../common/clock.js';
import { RefundAbandonService } from './refund-abandon-service.js';
import { type Approval, type Giver, type MerchantRefund, RefundDecisions } from './refund-decisions.js';
import { RefundProgress } from './refund-progress.js';
import { RefundRetryService } from './refund-retry-service.js';
import { RefundSchedule } from './refund-schedule.js';
import type { Refund } from './refund.entity.js';
import { Refunds } from './refunds.js';

/**
 * What staff do with refunds: decide, and see at once what WeChat says to it. The decision is committed first; whatever
 * happens to the call after it, the job goes on from there.
 */
@Injectable()
export class RefundDesk {
  private readonly log = new Logger(RefundDesk.name);

  constructor(
    private readonly clock: Clock,
    private readonly decisions: RefundDecisions,
    private readonly retries: RefundRetryService,
    private readonly abandoning: RefundAbandonService,
    private readonly progress: RefundProgress,
    private readonly schedule: RefundSchedule,
    private readonly refunds: Refunds,
  ) {}

  /** @throws what `RefundDecisions.approve` throws. */
  async approve(refundNo: string, approval: Approval, actor: Actor): Promise<Refund> {
    return this.advanced(await this.decisions.approve(refundNo, approval, actor, this.schedule.leaseEnd()));
  }

  /** Leaves the sending to the job, so that a hundred at once do not wait for a hundred answers. */
  approveForLater(refundNo: string, actor: Actor): Promise<Refund> {
    return this.decisions.approve(refundNo, {}, actor, this.clock.now());
  }

  /** @throws what `RefundDecisions.reject` throws. */
  reject(refundNo: string, reason: string, actor: Actor): Promise<Refund> {
    return this.decisions.reject(refundNo, reason, actor);
  }

  /** @throws what `RefundDecisions.give` throws. */
  async give(orderNo: string, wish: MerchantRefund, giver: Giver): Promise<Refund> {
    const { refund, isNew } = await this.decisions.give(orderNo, wish, giver);
    return isNew ? this.advanced(refund) : refund;
  }

  /** @throws what `RefundRetryService.retry` throws. */
  async retry(refundNo: string, actor: Actor): Promise<Refund> {
    const refund = await this.retries.retry(refundNo, actor);
    return refund ? this.advanced(refund) : this.refunds.byNumber(refundNo);
  }

  /** @throws what `RefundAbandonService.abandon` throws. */
  abandon(refundNo: string, note: string, actor: Actor): Promise<Refund> {
    return this.abandoning.abandon(refundNo, note, actor);
  }

  private async advanced(refund: Refund): Promise<Refund> {
    try {
      await this.progress.advance(refund);
    } catch (error) {
      this.log.warn(`${refund.refundNo} is left to the job: ${String(error)}`);
    }
    return this.refunds.byNumber(refund.refundNo);
  }
}
