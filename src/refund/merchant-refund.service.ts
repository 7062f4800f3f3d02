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
 * Refund actions of staff and programs. A decision is committed first and sent to WeChat immediately afterwards. If the
 * call fails, the job continues.
 */
@Injectable()
export class MerchantRefundService {
  private readonly log = new Logger(MerchantRefundService.name);

  constructor(
    private readonly clock: Clock,
    private readonly decisions: RefundDecisionService,
    private readonly retries: RefundRetryService,
    private readonly abandoning: RefundAbandonService,
    private readonly executor: RefundExecutor,
    private readonly schedule: RefundSchedule,
    private readonly refunds: RefundQueryService,
  ) {}

  /** @throws the errors of `RefundDecisionService.approve`. */
  async approve(refundNo: string, approval: ApproveRefundInput, actor: Actor): Promise<Refund> {
    return this.advance(await this.decisions.approve(refundNo, approval, actor, this.schedule.leaseEnd()));
  }

  /** Approves and lets the job send, so that a batch of a hundred does not wait for a hundred answers. */
  approveWithoutSending(refundNo: string, actor: Actor): Promise<Refund> {
    return this.decisions.approve(refundNo, {}, actor, this.clock.now());
  }

  /** @throws the errors of `RefundDecisionService.reject`. */
  reject(refundNo: string, reason: string, actor: Actor): Promise<Refund> {
    return this.decisions.reject(refundNo, reason, actor);
  }

  /** @throws the errors of `RefundDecisionService.createMerchantRefund`. */
  async createMerchantRefund(
    orderNo: string,
    input: CreateMerchantRefundInput,
    context: MerchantRefundContext,
  ): Promise<Refund> {
    const { refund, isNew } = await this.decisions.createMerchantRefund(orderNo, input, context);
    return isNew ? this.advance(refund) : refund;
  }

  /** @throws the errors of `RefundRetryService.retry`. */
  async retry(refundNo: string, actor: Actor): Promise<Refund> {
    const refund = await this.retries.retry(refundNo, actor);
    return refund ? this.advance(refund) : this.refunds.getByNumber(refundNo);
  }

  /** @throws the errors of `RefundAbandonService.abandon`. */
  abandon(refundNo: string, note: string, actor: Actor): Promise<Refund> {
    return this.abandoning.abandon(refundNo, note, actor);
  }

  private async advance(refund: Refund): Promise<Refund> {
    try {
      await this.executor.advance(refund);
    } catch (error) {
      this.log.warn(`Could not send refund ${refund.refundNo}; the job will send it: ${String(error)}`);
    }
    return this.refunds.getByNumber(refund.refundNo);
  }
}
