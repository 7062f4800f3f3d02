import { Injectable, Logger } from '@nestjs/common';
import type { Actor } from '../audit/audit-log.js';
import { Clock } from '../common/clock.js';
import { RefundAbandonService } from './refund-abandon.service.js';
import {
  type ApproveRefundInput,
  type MerchantRefundContext,
  type CreateMerchantRefundInput,
  RefundDecisionService,
} from './refund-decision.service.js';
import { RefundExecutor } from './refund-executor.js';
import { RefundRetryService } from './refund-retry.service.js';
import { RefundSchedule } from './refund-schedule.js';
import type { Refund } from './refund.entity.js';
import { RefundQueryService } from './refund-query.service.js';

/**
 * What staff do with refunds: decide, and see at once what WeChat says to it. The decision is committed first; whatever
 * happens to the call after it, the job goes on from there.
 */
@Injectable()
export class MerchantRefundService {
  private readonly log = new Logger(MerchantRefundService.name);

  constructor(
    private readonly clock: Clock,
    private readonly decisions: RefundDecisionService,
    private readonly retries: RefundRetryService,
    private readonly abandoning: RefundAbandonService,
    private readonly progress: RefundExecutor,
    private readonly schedule: RefundSchedule,
    private readonly refunds: RefundQueryService,
  ) {}

  /** @throws what `RefundDecisionService.approve` throws. */
  async approve(refundNo: string, approval: ApproveRefundInput, actor: Actor): Promise<Refund> {
    return this.advance(await this.decisions.approve(refundNo, approval, actor, this.schedule.leaseEnd()));
  }

  /** Leaves the sending to the job, so that a hundred at once do not wait for a hundred answers. */
  approveWithoutSending(refundNo: string, actor: Actor): Promise<Refund> {
    return this.decisions.approve(refundNo, {}, actor, this.clock.now());
  }

  /** @throws what `RefundDecisionService.reject` throws. */
  reject(refundNo: string, reason: string, actor: Actor): Promise<Refund> {
    return this.decisions.reject(refundNo, reason, actor);
  }

  /** @throws what `RefundDecisionService.give` throws. */
  async createMerchantRefund(
    orderNo: string,
    wish: CreateMerchantRefundInput,
    giver: MerchantRefundContext,
  ): Promise<Refund> {
    const { refund, isNew } = await this.decisions.createMerchantRefund(orderNo, wish, giver);
    return isNew ? this.advance(refund) : refund;
  }

  /** @throws what `RefundRetryService.retry` throws. */
  async retry(refundNo: string, actor: Actor): Promise<Refund> {
    const refund = await this.retries.retry(refundNo, actor);
    return refund ? this.advance(refund) : this.refunds.getByNumber(refundNo);
  }

  /** @throws what `RefundAbandonService.abandon` throws. */
  abandon(refundNo: string, note: string, actor: Actor): Promise<Refund> {
    return this.abandoning.abandon(refundNo, note, actor);
  }

  private async advance(refund: Refund): Promise<Refund> {
    try {
      await this.progress.advance(refund);
    } catch (error) {
      this.log.warn(`${refund.refundNo} is left to the job: ${String(error)}`);
    }
    return this.refunds.getByNumber(refund.refundNo);
  }
}
