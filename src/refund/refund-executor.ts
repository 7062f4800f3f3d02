import { Injectable, Logger } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { Clock } from '../common/clock.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Outbox } from '../outbox/outbox.js';
import { failureFactsOf } from '../payment/order-event-types.js';
import { OrderEventLog } from '../payment/order-event-log.js';
import type { Outcome, Refused } from '../wechat/outcome.js';
import { type RefundAccepted, WechatPayGateway } from '../wechat/wechat-pay.gateway.js';
import { RefundStatusSync } from './refund-status-sync.js';
import { moveRefund } from './refund-moves.js';
import { RefundSchedule } from './refund-schedule.js';
import { recordRefundCall, correctSendDate, undoUnansweredMark, isDefiniteRefusal } from './refund-call-record.js';
import { hasImpossibleSendDate, mayStillAppear } from './refund-visibility.js';
import { Refund, toErrorMessage, type WaitReason } from './refund.entity.js';
import { enqueueBuyerNotification } from './enqueue-buyer-notification.js';

/** Seconds until a rate-limited refund is sent again. */
const RATE_LIMIT_DELAY_SECONDS = 60;

/**
 * Sends an approved refund to WeChat, or queries it if it may have been sent. It is called after a decision and by the job,
 * and continues after a crash between any two steps. Only a result from WeChat ends a refund; unclear results are queried.
 */
@Injectable()
export class RefundExecutor {
  private readonly log = new Logger(RefundExecutor.name);

  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly gateway: WechatPayGateway,
    private readonly eventLog: OrderEventLog,
    private readonly statusSync: RefundStatusSync,
    private readonly schedule: RefundSchedule,
    private readonly outbox: Outbox,
  ) {}

  /** ABNORMAL refunds are queried, never sent. @param claimed the caller holds its lease until `nextCheckAt`. */
  async advance(claimed: Refund): Promise<void> {
    const refund = await this.correctSendDate(claimed);
    if (refund.status === 'ABNORMAL') {
      const earlyCheckAt =
        (await this.statusSync.syncWithWechat(refund)) === 'UNKNOWN' ? this.schedule.lastGapEarlyCheckAt() : null;
      return this.updateIfUnchanged(refund, 'ABNORMAL', { nextCheckAt: this.schedule.lastGapCheckAt(), earlyCheckAt });
    }
    if (refund.status !== 'PROCESSING') return;
    if (refund.acceptedAt !== null || refund.request === null) return this.syncAccepted(refund);
    if (refund.waitReason !== 'UNKNOWN_OUTCOME') return this.send(refund);
    switch (await this.statusSync.syncWithWechat(refund)) {
      case 'ABSENT':
        return this.send(refund); // with the same number: WeChat refunds once per number
      case 'KNOWN':
        return this.scheduleNext(refund, null, 0);
      case 'UNKNOWN':
        return this.scheduleAfterNoAnswer(refund, 'UNKNOWN_OUTCOME');
    }
  }

  private async correctSendDate(refund: Refund): Promise<Refund> {
    const now = this.clock.now();
    if (!hasImpossibleSendDate(refund, now)) return refund;
    return this.unitOfWork.run((tx) => correctSendDate(tx, refund, now));
  }

  /** Queries a refund that WeChat has accepted, or one from WeChat's merchant platform, which has no request to send. */
  private async syncAccepted(refund: Refund): Promise<void> {
    const answer = await this.statusSync.syncWithWechat(refund);
    if (answer === 'UNKNOWN') return this.scheduleAfterNoAnswer(refund, refund.waitReason);
    if (answer !== 'ABSENT' || refund.request === null) return this.scheduleNext(refund, refund.waitReason);
    // WeChat does not return a refund that it accepted. Sending the same number again is safe in either case.
    this.log.error(`WeChat reports no refund ${refund.refundNo}, which it had accepted; it will be sent again`);
    await this.scheduleNext(refund, 'UNKNOWN_OUTCOME', undefined, { acceptedAt: null });
  }

  private async send(refund: Refund): Promise<void> {
    const refusal = this.gateway.checkRefundReady(refund.request ?? '');
    if (refusal) return this.withhold(refund, refusal);
    const call = await this.unitOfWork.run((tx) => recordRefundCall(tx, refund, this.clock.now()));
    if (call === null) return;
    if ('freeAt' in call) {
      return this.updateIfUnchanged(refund, 'PROCESSING', { waitReason: 'RATE_LIMITED', nextCheckAt: call.freeAt });
    }
    const outcome = await this.gateway.refund(refund.request ?? '');
    await this.recordCall(refund, outcome);
    if (outcome.kind === 'refused' && isDefiniteRefusal(outcome)) {
      await this.unitOfWork.run((tx) => undoUnansweredMark(tx, refund, call));
    }
    switch (outcome.kind) {
      case 'done':
        return this.markAccepted(refund, outcome.value);
      case 'unknown':
        return this.scheduleAfterNoAnswer(refund, 'UNKNOWN_OUTCOME');
      case 'refused':
        return this.handleRefusal(
          { ...refund, sendCount: call.sendCount, unansweredSendAt: call.unansweredBefore },
          outcome,
        );
    }
  }

  /** Does not send, because of an obstacle such as a missing certificate; staff see the reason. */
  private async withhold(refund: Refund, refusal: Refused): Promise<void> {
    const { refundNo, orderNo, outTradeNo } = refund;
    const facts = { refundNo, ...failureFactsOf(refusal) };
    await this.eventLog.record({ type: 'REFUND_CALL', result: 'WITHHELD', orderNo, outTradeNo, facts });
    await this.handleRefusal(refund, refusal);
  }

  private async recordCall({ refundNo, orderNo, outTradeNo }: Refund, outcome: Outcome<RefundAccepted>): Promise<void> {
    const result = ({ done: 'ACCEPTED', refused: 'REFUSED', unknown: 'UNKNOWN' } as const)[outcome.kind];
    const facts = { refundNo, ...failureFactsOf(outcome) };
    await this.eventLog.record({ type: 'REFUND_CALL', result, orderNo, outTradeNo, facts, raw: outcome.raw });
  }

  /** Changes nothing if a notice has ended the refund before the answer arrived. */
  private async markAccepted(refund: Refund, { wechatRefundId }: RefundAccepted): Promise<void> {
    const facts = { acceptedAt: this.clock.now(), wechatRefundId, errorCode: null, errorMessage: null };
    await this.scheduleNext(refund, null, 0, facts);
  }

  private async handleRefusal(refund: Refund, refusal: Refused): Promise<void> {
    const errors = { errorCode: refusal.code, errorMessage: toErrorMessage(refusal.message) };
    this.log.warn(`WeChat refused refund ${refund.refundNo}: ${refusal.code} ${refusal.message}`);
    switch (refusal.action) {
      case 'TOP_UP_FUNDS':
        return this.scheduleNext(refund, 'NOT_ENOUGH_FUNDS', undefined, errors);
      case 'RETRY_LATER':
        return this.delay(refund, refusal.code, errors);
      case 'GIVE_UP':
        return this.failAfterRefusal(refund, errors);
      case 'FIX_REQUEST':
        return this.markAbnormal(refund, errors);
      case 'RETRY_SAME':
      case 'QUERY_FIRST':
      case 'NEW_NUMBER':
      case 'ALREADY_PAID':
      case 'ALREADY_CLOSED':
      case 'NOT_FOUND':
      case 'TELL_USER':
        return this.scheduleNext(refund, 'UNKNOWN_OUTCOME', undefined, errors);
    }
  }

  private async delay(refund: Refund, code: string, errors: RefundErrors): Promise<void> {
    if (code === 'ORDER_NOT_READY') return this.scheduleNext(refund, null, undefined, errors);
    const nextCheckAt = new Date(
      Math.max(
        this.clock.secondsFromNow(RATE_LIMIT_DELAY_SECONDS).getTime(),
        this.schedule.nextCheckAt(refund.checkCount).getTime(),
      ),
    );
    await this.updateIfUnchanged(refund, 'PROCESSING', { ...errors, waitReason: 'RATE_LIMITED', nextCheckAt });
  }

  /** After a final refusal. WeChat may still have accepted an earlier call with the same number, so it is queried first. */
  private async failAfterRefusal(refund: Refund, errors: RefundErrors): Promise<void> {
    switch (await this.statusSync.syncWithWechat(refund)) {
      case 'KNOWN':
        return this.scheduleNext(refund, null, 0);
      case 'UNKNOWN':
        return this.scheduleAfterNoAnswer(refund, 'UNKNOWN_OUTCOME', errors);
      case 'ABSENT': {
        // WeChat may have accepted an earlier call a moment ago, so its amount must stay reserved.
        if (mayStillAppear(refund, this.clock.now()))
          return this.scheduleNext(refund, 'UNKNOWN_OUTCOME', undefined, errors);
        const failed = { from: 'PROCESSING', to: 'FAILED', completedAt: this.clock.now(), ...errors } as const;
        // Not when another worker has sent it, or recorded its acceptance, since the refusal.
        const only = { sendCount: refund.sendCount, acceptedAt: IsNull() };
        await this.unitOfWork.run(async (tx) => {
          if (await moveRefund(tx, refund, failed, only))
            await enqueueBuyerNotification(tx, this.outbox, 'refundFailed', refund);
        });
      }
    }
  }

  /** After an error on our side, such as a wrong certificate. The amount stays reserved; staff retry after the correction. */
  private async markAbnormal(refund: Refund, errors: RefundErrors): Promise<void> {
    const nextCheckAt = this.schedule.lastGapCheckAt();
    const abnormal = { from: 'PROCESSING', to: 'ABNORMAL', nextCheckAt, ...errors } as const;
    await this.unitOfWork.run((tx) => moveRefund(tx, refund, abnormal));
  }

  /** @param checkCount index into the back-off for the next check; by default the current one. */
  private scheduleNext(
    refund: Refund,
    waitReason: WaitReason | null,
    checkCount = refund.checkCount,
    facts: Partial<Refund> = {},
  ): Promise<void> {
    const nextCheckAt = this.schedule.nextCheckAt(checkCount);
    return this.updateIfUnchanged(refund, 'PROCESSING', {
      waitReason,
      nextCheckAt,
      checkCount: checkCount + 1,
      ...facts,
    });
  }

  /** Same as `scheduleNext`; an answer of WeChat to another call may bring the next check forward. */
  private scheduleAfterNoAnswer(
    refund: Refund,
    waitReason: WaitReason | null,
    facts: Partial<Refund> = {},
  ): Promise<void> {
    const earlyCheckAt = this.schedule.earlyCheckAt(refund.checkCount);
    return this.scheduleNext(refund, waitReason, undefined, { ...facts, earlyCheckAt });
  }

  /** Updates only if the status is unchanged, so that a result that arrived meanwhile is kept. */
  private async updateIfUnchanged(
    { id }: Refund,
    status: 'PROCESSING' | 'ABNORMAL',
    facts: Partial<Refund>,
  ): Promise<void> {
    await this.unitOfWork.run((tx) => tx.update(Refund, { id, status }, { earlyCheckAt: null, ...facts }));
  }
}

type RefundErrors = Pick<Refund, 'errorCode' | 'errorMessage'>;
