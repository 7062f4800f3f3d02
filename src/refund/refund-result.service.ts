import { Injectable, Logger } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import { Clock } from '../common/clock.js';
import { Metrics } from '../common/metrics.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Outbox } from '../outbox/outbox.js';
import { OrderEventLog } from '../payment/order-event-log.js';
import type { RefundResult } from '../wechat/wechat-pay.gateway.js';
import { isSameRefund } from './is-same-refund.js';
import { moveRefund, ReservedAmountExceededError } from './refund-moves.js';
import { applyReturns } from './refund-returns.js';
import { RefundSchedule } from './refund-schedule.js';
import { isKnownToWechat } from './refund-visibility.js';
import { Refund } from './refund.entity.js';
import { enqueueBuyerNotification } from './enqueue-buyer-notification.js';

/**
 * Outcome of applying a refund result. `APPLIED` · `REPEATED`: already applied · `PENDING`: WeChat has accepted the refund,
 * its end is open · all others: rejected, nothing has changed.
 */
export type ApplyRefundOutcome =
  'APPLIED' | 'REPEATED' | 'PENDING' | 'REFUND_UNKNOWN' | 'REFUND_MISMATCH' | 'NEVER_SENT' | 'CONTRADICTION';

/** Where a result comes from, for the event log. */
export interface RefundResultSource {
  type: 'REFUND_NOTICE' | 'REFUND_QUERY';
  raw: string;
  /** Fields of the payment, if the message has them. */
  transactionId?: string;
  paidFen?: number;
}

/** The refund has changed since it was read: the result is applied again. */
class RefundChangedError extends Error {}

const MAX_ATTEMPTS = 5;

/**
 * Applies refund results from notices and queries. This is the only place that applies WeChat's results to refunds.
 * Repeated and concurrent calls change nothing more.
 */
@Injectable()
export class RefundResultService {
  private readonly log = new Logger(RefundResultService.name);

  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly eventLog: OrderEventLog,
    private readonly schedule: RefundSchedule,
    private readonly metrics: Metrics,
    private readonly outbox: Outbox,
  ) {}

  /** Returns only after the commit. @throws DomainError SERVICE_UNAVAILABLE; WeChat sends the result again. */
  async apply(result: RefundResult, source: RefundResultSource): Promise<ApplyRefundOutcome> {
    const outcome = await this.applyOnce(result, source);
    const line = `Refund ${result.outRefundNo}: ${result.state}, ${outcome} (${source.type})`;
    if (outcome === 'APPLIED') this.log.log(line);
    else if (outcome !== 'REPEATED' && outcome !== 'PENDING') this.log.error(line);
    this.countOutcome(outcome, result);
    return outcome;
  }

  private countOutcome(outcome: ApplyRefundOutcome, { state }: RefundResult): void {
    if (outcome === 'APPLIED' && state === 'SUCCEEDED') this.metrics.refundSucceeded();
    if (outcome === 'APPLIED' || outcome === 'REPEATED' || outcome === 'PENDING') return;
    this.metrics.contradictionFound('refund', outcome);
  }

  private async applyOnce(result: RefundResult, source: RefundResultSource, attempt = 1): Promise<ApplyRefundOutcome> {
    try {
      return await this.unitOfWork.run(async (tx) => {
        const refund = await tx.findOneBy(Refund, { refundNo: result.outRefundNo });
        const outcome = refund ? await this.applyToRefund(tx, refund, result, source) : 'REFUND_UNKNOWN';
        await this.recordEvent(tx, result, source, outcome, refund);
        return outcome;
      });
    } catch (error) {
      if (error instanceof RefundChangedError && attempt < MAX_ATTEMPTS)
        return this.applyOnce(result, source, attempt + 1);
      if (!(error instanceof ReservedAmountExceededError)) throw error;
      await this.unitOfWork.run(async (tx) => {
        const refund = await tx.findOneBy(Refund, { refundNo: result.outRefundNo });
        await this.recordEvent(tx, result, source, 'CONTRADICTION', refund);
      });
      return 'CONTRADICTION';
    }
  }

  private async applyToRefund(
    tx: EntityManager,
    refund: Refund,
    result: RefundResult,
    source: RefundResultSource,
  ): Promise<ApplyRefundOutcome> {
    if (!isSameRefund(refund, result, source)) return 'REFUND_MISMATCH';
    switch (refund.status) {
      case 'REQUESTED':
      case 'REJECTED':
      case 'CANCELLED':
        return 'NEVER_SENT';
      case 'PROCESSING':
      case 'ABNORMAL':
        return this.applyToOpenRefund(tx, refund, refund.status, result);
      case 'SUCCEEDED':
        return result.state === 'SUCCEEDED' || result.state === 'PROCESSING' ? 'REPEATED' : 'CONTRADICTION';
      case 'FAILED':
        if (result.state === 'CLOSED') return 'REPEATED';
        if (result.state !== 'SUCCEEDED') return 'CONTRADICTION';
        return this.succeed(tx, refund, 'FAILED', result);
    }
  }

  private async applyToOpenRefund(
    tx: EntityManager,
    refund: Refund,
    from: 'PROCESSING' | 'ABNORMAL',
    result: RefundResult,
  ): Promise<ApplyRefundOutcome> {
    const { wechatRefundId } = result;
    switch (result.state) {
      case 'SUCCEEDED':
        return this.succeed(tx, refund, from, result);
      case 'CLOSED': {
        const closed = { errorCode: 'REFUNDCLOSE', errorMessage: 'WeChat closed the refund: nothing was refunded' };
        const completedAt = this.clock.now();
        await assertChanged(moveRefund(tx, refund, { from, to: 'FAILED', completedAt, wechatRefundId, ...closed }));
        await enqueueBuyerNotification(tx, this.outbox, 'refundFailed', refund);
        return 'APPLIED';
      }
      case 'ABNORMAL': {
        if (from === 'ABNORMAL' && refund.wechatRefundId !== null) return 'REPEATED';
        const change = {
          errorCode: 'CHANGE',
          errorMessage:
            "The payer's account cannot receive the money: complete the refund in WeChat's merchant platform",
        };
        if (from === 'ABNORMAL') return this.recordAccountUnavailable(tx, refund, { wechatRefundId, ...change });
        const nextCheckAt = this.schedule.lastGapCheckAt();
        await assertChanged(moveRefund(tx, refund, { from, to: 'ABNORMAL', wechatRefundId, nextCheckAt, ...change }));
        return 'APPLIED';
      }
      case 'PROCESSING':
        if (from === 'ABNORMAL') await this.resumeAbnormal(tx, refund, wechatRefundId);
        else await this.markAccepted(tx, refund, wechatRefundId);
        return 'PENDING';
    }
  }

  private async succeed(
    tx: EntityManager,
    refund: Refund,
    from: 'PROCESSING' | 'ABNORMAL' | 'FAILED',
    { wechatRefundId, succeededAt }: RefundResult,
  ): Promise<ApplyRefundOutcome> {
    const completedAt = succeededAt ?? this.clock.now();
    await assertChanged(moveRefund(tx, refund, { from, to: 'SUCCEEDED', completedAt, wechatRefundId }));
    await enqueueBuyerNotification(tx, this.outbox, 'refundSucceeded', refund);
    if (await applyReturns(tx, refund, this.clock.now())) {
      const { orderNo, outTradeNo } = refund;
      await this.eventLog.write(tx, { type: 'COUPON_RETURNED', result: 'FULL_REFUND', orderNo, outTradeNo });
    }
    return 'APPLIED';
  }

  /** Marks the refund as accepted: from now on it is queried and not sent. No change if it was accepted before. */
  private async markAccepted(tx: EntityManager, refund: Refund, wechatRefundId: string): Promise<void> {
    if (refund.acceptedAt !== null || refund.status !== 'PROCESSING') return;
    const accepted = { acceptedAt: this.clock.now(), waitReason: null, wechatRefundId, checkCount: 0 };
    await tx.update(Refund, { id: refund.id, status: 'PROCESSING' }, accepted);
  }

  /** WeChat had accepted an earlier call before it refused a later one: the refund is in progress. */
  private async resumeAbnormal(tx: EntityManager, refund: Refund, wechatRefundId: string): Promise<void> {
    if (isKnownToWechat(refund)) return; // accepted before; staff must act
    const wait = { acceptedAt: this.clock.now(), nextCheckAt: this.schedule.nextCheckAt(0), checkCount: 1 };
    await assertChanged(moveRefund(tx, refund, { from: 'ABNORMAL', to: 'PROCESSING', wechatRefundId, ...wait }));
  }

  /** Records that WeChat knows an ABNORMAL refund that could not reach the payer's account. */
  private async recordAccountUnavailable(
    tx: EntityManager,
    { id }: Refund,
    changes: Partial<Refund>,
  ): Promise<ApplyRefundOutcome> {
    const { affected } = await tx.update(Refund, { id, status: 'ABNORMAL', wechatRefundId: IsNull() }, changes);
    await assertChanged(Promise.resolve(affected === 1));
    return 'APPLIED';
  }

  private recordEvent(
    tx: EntityManager,
    result: RefundResult,
    { type, raw }: RefundResultSource,
    outcome: ApplyRefundOutcome,
    refund: Refund | null,
  ): Promise<void> {
    const facts = { refundNo: result.outRefundNo, amountFen: result.refundFen, state: result.state };
    const orderNo = refund?.orderNo ?? null;
    return this.eventLog.write(tx, { type, result: outcome, orderNo, outTradeNo: result.outTradeNo, facts, raw });
  }
}

async function assertChanged(step: Promise<boolean>): Promise<void> {
  if (!(await step)) throw new RefundChangedError();
}
