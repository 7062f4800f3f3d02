import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import { type Actor, AuditLog } from '../audit/audit-log.js';
import { Clock } from '../common/clock.js';
import { DomainError } from '../common/domain-error.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Outbox } from '../outbox/outbox.js';
import { PaymentJournal } from '../payment/payment-journal.js';
import { notDecidable } from './not-decidable.js';
import { RefundInquiry } from './refund-inquiry.js';
import { moveRefund } from './refund-moves.js';
import { isKnownToWechat, secondsUntilVisible } from './refund-visibility.js';
import { type Refund, toErrorMessage } from './refund.entity.js';
import { Refunds } from './refunds.js';
import { tellBuyer } from './tell-buyer.js';

/** Ends refunds that WeChat refuses for good and has never accepted, so that their money is free again. */
@Injectable()
export class RefundAbandonService {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly refunds: Refunds,
    private readonly inquiry: RefundInquiry,
    private readonly journal: PaymentJournal,
    private readonly audit: AuditLog,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Asks WeChat, and ends the refund as FAILED when WeChat does not know it. What WeChat does know is applied instead. A
   * repetition after a lost answer is refused with the state that the refund has by then.
   * @throws DomainError REFUND_NOT_FOUND, REFUND_NOT_DECIDABLE for one that is not ABNORMAL, REFUND_KNOWN_TO_WECHAT,
   * WECHAT_UNAVAILABLE without a usable answer, REFUND_SENT_RECENTLY while an answer would prove nothing.
   */
  async abandon(refundNo: string, note: string, actor: Actor): Promise<Refund> {
    const refund = await this.refunds.byNumber(refundNo);
    if (refund.status !== 'ABNORMAL') throw notDecidable(refund);
    if (isKnownToWechat(refund)) throw knownToWechat(refund);
    const waitSeconds = secondsUntilVisible(refund, this.clock.now()); // by the time of the question, not of the answer
    const answer = await this.inquiry.ask(refund);
    if (answer === 'KNOWN') throw knownToWechat(await this.refunds.byNumber(refundNo));
    if (answer === 'UNKNOWN') throw new DomainError('WECHAT_UNAVAILABLE');
    if (waitSeconds > 0) throw sentRecently(refundNo, waitSeconds);
    if (!(await this.end(refund, note, actor))) {
      const after = await this.refunds.byNumber(refundNo);
      throw after.status === 'ABNORMAL' ? sentRecently(refundNo, 1) : notDecidable(after);
    }
    return this.refunds.byNumber(refundNo);
  }

  /** False when the refund was sent, shown by WeChat or moved since the question: the answer was about another state. */
  private end(refund: Refund, note: string, actor: Actor): Promise<boolean> {
    const completedAt = this.clock.now();
    const asAsked = { sendCount: refund.sendCount, wechatRefundId: IsNull(), acceptedAt: IsNull() };
    return this.unitOfWork.run(async (tx) => {
      const failed = { from: 'ABNORMAL', to: 'FAILED', completedAt, note, ...errorsOf(refund) } as const;
      if (!(await moveRefund(tx, refund, failed, asAsked))) return false;
      await this.record(tx, refund, note, actor);
      await tellBuyer(tx, this.outbox, 'refundFailed', refund);
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
    await this.journal.write(tx, { type: 'REFUND_DECISION', result: 'ABANDONED', orderNo, outTradeNo, facts });
  }
}

/** WeChat did not end it: staff did. What WeChat said before stays readable. */
function errorsOf({ errorCode, errorMessage }: Refund): Pick<Refund, 'errorCode' | 'errorMessage'> {
  const before = [errorCode, errorMessage].filter((text) => text !== null && text !== '').join(' ');
  const message = `Abandoned by staff${before && `. Before: ${before}`}`;
  return { errorCode: 'ABANDONED', errorMessage: toErrorMessage(message) };
}

function knownToWechat(refund: Refund): DomainError {
  if (refund.status !== 'ABNORMAL') return notDecidable(refund);
  return new DomainError('REFUND_KNOWN_TO_WECHAT', { facts: { refundNo: refund.refundNo } });
}

function sentRecently(refundNo: string, retryAfterSeconds: number): DomainError {
  const minutes = Math.ceil(retryAfterSeconds / 60);
  return new DomainError('REFUND_SENT_RECENTLY', { facts: { refundNo, minutes }, retryAfterSeconds });
}
