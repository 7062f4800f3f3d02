import { Injectable, Logger } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import { Clock } from '../../common/time/clock.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { claimRow } from '../../jobs/claim-due.js';
import { noteRefundChange } from '../../outbox/changes/note-change.js';
import type { PaymentAttempt } from '../../payment/attempt/payment-attempt.entity.js';
import type { Refused } from '../../wechat/pay/outcome.js';
import type { StoredRequest } from '../../wechat/pay/payment-channel.js';
import { moveRefund } from '../move-refund.js';
import { RefundRecorder } from '../refund-recorder.js';
import { Refund } from '../refund.entity.js';
import { RefundResultService } from '../results/refund-result.service.js';
import {
  followUpOfAccepted,
  followUpOfCall,
  followUpOfFinalRefusal,
  followUpOfRefusal,
  followUpOfUnclearCall,
  isDefiniteRefusal,
  nextStepOf,
  type RefundFollowUp,
} from '../rules/follow-up.js';
import { hasImpossibleSendDate, isKnownToWechat } from '../rules/refund-visibility.js';
import { correctSendDate, recordRefundCall, restoreLastPossiblyAcceptedSend } from './refund-call-record.js';
import { accountOf, storedRequestOf, WechatRefundClient } from './wechat-refund-client.js';
import { RefundSchedule } from './refund-schedule.js';

/**
 * Sends an approved refund to WeChat, or queries it: instead, if WeChat has accepted it; first, if the outcome of the
 * last call is unknown. It is called after a decision and by the job, and continues after a crash between any two steps.
 * Only a result from WeChat ends a refund; unclear results are queried.
 */
@Injectable()
export class RefundSender {
  private readonly log = new Logger(RefundSender.name);

  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly client: WechatRefundClient,
    private readonly results: RefundResultService,
    private readonly schedule: RefundSchedule,
    private readonly recorder: RefundRecorder,
  ) {}

  /** ABNORMAL refunds are queried, never sent. @param claimed the caller holds its lease until `nextCheckAt`. */
  async advanceRefund(claimed: Refund): Promise<void> {
    const refund = await this.correctSendDate(claimed);
    switch (nextStepOf(refund, storedRequestOf(refund) !== null)) {
      case 'NONE':
        return;
      case 'QUERY_ABNORMAL': {
        const isAnswered = (await this.results.syncWithWechat(refund)) !== 'UNKNOWN';
        const earliestCheckAt = isAnswered ? null : this.schedule.lastDelayEarliestCheckAt();
        const nextCheckAt = this.schedule.longestDelayCheckAt();
        return this.updateIfUnchanged(refund, 'ABNORMAL', { nextCheckAt, earliestCheckAt });
      }
      case 'QUERY_ACCEPTED':
        return this.syncAccepted(refund);
      case 'QUERY_THEN_SEND':
        return this.follow(refund, followUpOfUnclearCall(await this.results.syncWithWechat(refund)));
      case 'SEND':
        return this.send(refund);
    }
  }

  /** End of a lease that begins now: when the job takes over, if the refund has not changed by then. */
  leaseEnd(): Date {
    return new Date(this.clock.now().getTime() + this.schedule.leaseMs);
  }

  /** Takes the lease by compare-and-set on the date as read. False when another worker has taken it. */
  async acquireLease(tx: EntityManager, refund: Refund): Promise<boolean> {
    return (await claimRow(tx, Refund, refund, this.leaseEnd())) !== null;
  }

  /** The request to store with an approval, and its account. */
  async composeRequest(refund: Refund): Promise<StoredRequest> {
    const payment = await this.client.findPaymentAccount(refund.outTradeNo);
    if (payment === null) throw new Error(`The payment of refund ${refund.refundNo} does not exist`);
    return this.client.composeRequest(refund, payment);
  }

  /** Stores the request of a refund that is created as approved, in the same transaction. */
  async saveRequest(tx: EntityManager, refund: Refund, payment: PaymentAttempt): Promise<void> {
    await tx.update(Refund, { id: refund.id }, this.client.composeRequest(refund, payment));
  }

  /**
   * A new request to retry with, if the refund is ABNORMAL and WeChat reports no such refund; otherwise null, which keeps
   * the stored one. WeChat may report no such refund for some minutes after it accepted one. The new text does no harm then,
   * because WeChat refunds once per number. That is only known within one protocol, so the refund keeps its own, also when
   * new refunds of the payment would use another: docs/decisions/0044-both-protocols.md.
   */
  async composeRetry(refund: Refund): Promise<StoredRequest | null> {
    await this.client.reloadCertificate();
    if (refund.status !== 'ABNORMAL' || isKnownToWechat(refund)) return null;
    if ((await this.results.syncWithWechat(refund)) !== 'NOT_FOUND') return null;
    const account = accountOf(refund);
    return account && this.client.composeRequest(refund, account);
  }

  private async correctSendDate(refund: Refund): Promise<Refund> {
    const now = this.clock.now();
    if (!hasImpossibleSendDate(refund, now)) return refund;
    return this.unitOfWork.run((tx) => correctSendDate(tx, refund, now));
  }

  private async syncAccepted(refund: Refund): Promise<void> {
    const answer = await this.results.syncWithWechat(refund);
    if (answer === 'NOT_FOUND' && refund.request !== null)
      this.log.error(`WeChat reports no refund ${refund.refundNo}, which it had accepted; it will be sent again`);
    return this.follow(refund, followUpOfAccepted(refund, answer));
  }

  /** Only this method sends. The call is committed in the refund before it is made. */
  private async send(refund: Refund): Promise<void> {
    const stored = storedRequestOf(refund);
    if (stored === null) return; // not possible: nextStepOf sends only refunds with a request
    const refusal = await this.client.checkReady(refund, stored);
    if (refusal) return this.followRefusal(refund, refusal);
    const call = await this.unitOfWork.run((tx) => recordRefundCall(tx, refund, this.clock.now()));
    if (call === null) return;
    if ('freeAt' in call) {
      return this.updateIfUnchanged(refund, 'PROCESSING', { waitReason: 'RATE_LIMITED', nextCheckAt: call.freeAt });
    }
    const outcome = await this.client.send(refund, stored);
    if (outcome.kind !== 'refused') return this.follow(refund, followUpOfCall(outcome, this.clock.now()));
    if (isDefiniteRefusal(outcome)) {
      await this.unitOfWork.run((tx) => restoreLastPossiblyAcceptedSend(tx, refund, call));
    }
    const { sendCount, previousPossiblyAcceptedSendAt: lastPossiblyAcceptedSendAt } = call;
    return this.followRefusal({ ...refund, sendCount, lastPossiblyAcceptedSendAt }, outcome);
  }

  private followRefusal(refund: Refund, refusal: Refused): Promise<void> {
    this.log.warn(`Refund ${refund.refundNo} was refused or not sent: ${refusal.code} ${refusal.message}`);
    return this.follow(refund, followUpOfRefusal(refusal));
  }

  /** Changes nothing if a notice has ended the refund before the response arrived. */
  private async follow(refund: Refund, step: RefundFollowUp): Promise<void> {
    switch (step.kind) {
      case 'SEND':
        return this.send(refund);
      case 'WAIT': {
        const checkCount = step.restartsBackOff ? 0 : refund.checkCount;
        return this.updateIfUnchanged(refund, 'PROCESSING', {
          waitReason: step.waitReason,
          nextCheckAt: this.schedule.nextCheckAt(checkCount),
          checkCount: checkCount + 1,
          ...step.changes,
          earliestCheckAt: step.isAnswered ? null : this.schedule.earliestCheckAt(refund.checkCount),
        });
      }
      case 'SLOW_DOWN': {
        const nextCheckAt = this.schedule.rateLimitedCheckAt(refund.checkCount);
        return this.updateIfUnchanged(refund, 'PROCESSING', {
          ...step.errors,
          waitReason: 'RATE_LIMITED',
          nextCheckAt,
        });
      }
      case 'QUERY_BEFORE_FAILING': {
        const answer = await this.results.syncWithWechat(refund);
        return this.follow(refund, followUpOfFinalRefusal(refund, answer, step.errors, this.clock.now()));
      }
      case 'FAIL':
        return this.fail(refund, step.errors);
      case 'NEEDS_STAFF': {
        const nextCheckAt = this.schedule.longestDelayCheckAt();
        const abnormal = { from: 'PROCESSING', to: 'ABNORMAL', nextCheckAt, ...step.errors } as const;
        await this.unitOfWork.run((tx) => moveRefund(tx, refund, abnormal));
      }
    }
  }

  /** Does nothing when another worker has sent the refund, or recorded its acceptance, since the refusal. */
  private async fail(refund: Refund, errors: Pick<Refund, 'errorCode' | 'errorMessage'>): Promise<void> {
    const failed = { from: 'PROCESSING', to: 'FAILED', completedAt: this.clock.now(), ...errors } as const;
    const only = { sendCount: refund.sendCount, acceptedAt: IsNull() };
    await this.unitOfWork.run(async (tx) => {
      if (await moveRefund(tx, refund, failed, only)) await this.recorder.notifyBuyer(tx, 'refundFailed', refund);
    });
  }

  /** Updates only if the status is unchanged, so that a result that arrived meanwhile is kept. */
  private async updateIfUnchanged(
    refund: Refund,
    status: 'PROCESSING' | 'ABNORMAL',
    changes: Partial<Refund>,
  ): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const expected = { id: refund.id, status };
      const { affected } = await tx.update(Refund, expected, { earliestCheckAt: null, ...changes });
      if (affected === 1 && SHOWN_WHILE_PROCESSING.some((field) => isChanged(refund, changes, field)))
        noteRefundChange(tx, refund.refundNo, 'UPDATED');
    });
  }
}

/** Columns that the APIs show and that change while a refund is PROCESSING. */
const SHOWN_WHILE_PROCESSING = ['waitReason', 'errorCode', 'wechatRefundId'] as const;

function isChanged(refund: Refund, changes: Partial<Refund>, field: (typeof SHOWN_WHILE_PROCESSING)[number]): boolean {
  return changes[field] !== undefined && changes[field] !== refund[field];
}
