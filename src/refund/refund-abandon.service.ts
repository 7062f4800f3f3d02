import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import { type Actor, AuditLog } from '../audit/audit-log.js';
import { Clock } from '../common/clock.js';
import { DomainError } from '../common/domain-error.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Outbox } from '../outbox/outbox.js';
import { OrderEventLog } from '../payment/order-event-log.js';
import { refundNotDecidable } from './refund-not-decidable.js';
import { RefundStatusSync } from './refund-status-sync.js';
import { moveRefund } from './refund-moves.js';
import { isKnownToWechat, secondsUntilVisible } from './refund-visibility.js';
import { type Refund, toErrorMessage } from './refund.entity.js';
import { RefundQueryService } from './refund-query.service.js';
import { enqueueBuyerNotification } from './enqueue-buyer-notification.js';

/** Ends refunds that WeChat finally refused and never accepted, which releases their amount. */
@Injectable()
export class RefundAbandonService {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly refunds: RefundQueryService,
    private readonly statusSync: RefundStatusSync,
    private readonly eventLog: OrderEventLog,
    private readonly audit: AuditLog,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Queries WeChat and ends the refund as FAILED if WeChat does not know it. If WeChat knows it, its result is applied
   * instead. A repeated call after a lost response is rejected with the current state of the refund.
   * @throws DomainError REFUND_NOT_FOUND, REFUND_NOT_DECIDABLE for one that is not ABNORMAL, REFUND_KNOWN_TO_WECHAT,
   * WECHAT_UNAVAILABLE without a usable answer, REFUND_SENT_RECENTLY while the answer "no such refund" is not reliable.
   */
  async abandon(refundNo: string, note: string, actor: Actor): Promise<Refund> {
    const refund = await this.refunds.getByNumber(refundNo);
    if (refund.status !== 'ABNORMAL') throw refundNotDecidable(refund);
    if (isKnownToWechat(refund)) throw refundKnownToWechat(refund);
    const waitSeconds = secondsUntilVisible(refund, this.clock.now()); // measured at the time of the query, not of the answer
    const answer = await this.statusSync.syncWithWechat(refund);
    if (answer === 'KNOWN') throw refundKnownToWechat(await this.refunds.getByNumber(refundNo));
    if (answer === 'UNKNOWN') throw new DomainError('WECHAT_UNAVAILABLE');
    if (waitSeconds > 0) throw refundSentRecently(refundNo, waitSeconds);
    if (!(await this.endAsFailed(refund, note, actor))) {
      const after = await this.refunds.getByNumber(refundNo);
      throw after.status === 'ABNORMAL' ? refundSentRecently(refundNo, 1) : refundNotDecidable(after);
    }
    return this.refunds.getByNumber(refundNo);
  }

  /** False when the refund was sent, accepted or moved since it was read, so that WeChat's answer does not apply. */
  private endAsFailed(refund: Refund, note: string, actor: Actor): Promise<boolean> {
    const completedAt = this.clock.now();
    const unchanged = { sendCount: refund.sendCount, wechatRefundId: IsNull(), acceptedAt: IsNull() };
    return this.unitOfWork.run(async (tx) => {
      const failed = { from: 'ABNORMAL', to: 'FAILED', completedAt, note, ...abandonedErrorOf(refund) } as const;
      if (!(await moveRefund(tx, refund, failed, unchanged))) return false;
      await this.record(tx, refund, note, actor);
      await enqueueBuyerNotification(tx, this.outbox, 'refundFailed', refund);
      return true;
    });
  }

  private async record(tx: EntityManager, refund: Refund, note: string, actor: Actor): Promise<void> {
    const { refundNo, orderNo, outTradeNo, amountFen } = refund;
    await this.audit.write(tx, {
      ...{ actor, action: 'refund.abandon', subject: refundNo },
      before: { status: 'ABNORMAL', note: refund.note },
      after: { status: 'FAILED', note },
    });
    const facts = { refundNo, amountFen, actor: actor.username };
    await this.eventLog.write(tx, { type: 'REFUND_DECISION', result: 'ABANDONED', orderNo, outTradeNo, facts });
  }
}

/** Marks the refund as ended by staff and keeps WeChat's last error in the message. */
function abandonedErrorOf({ errorCode, errorMessage }: Refund): Pick<Refund, 'errorCode' | 'errorMessage'> {
  const before = [errorCode, errorMessage].filter((text) => text !== null && text !== '').join(' ');
  const message = `Abandoned by staff${before && `. Before: ${before}`}`;
  return { errorCode: 'ABANDONED', errorMessage: toErrorMessage(message) };
}

function refundKnownToWechat(refund: Refund): DomainError {
  if (refund.status !== 'ABNORMAL') return refundNotDecidable(refund);
  return new DomainError('REFUND_KNOWN_TO_WECHAT', { params: { refundNo: refund.refundNo } });
}

function refundSentRecently(refundNo: string, retryAfterSeconds: number): DomainError {
  const minutes = Math.ceil(retryAfterSeconds / 60);
  return new DomainError('REFUND_SENT_RECENTLY', { params: { refundNo, minutes }, retryAfterSeconds });
}
