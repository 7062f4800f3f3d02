import { Injectable, Logger } from '@nestjs/common';
import { In, IsNull, LessThan } from 'typeorm';
import { Clock } from '../common/clock.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Order } from '../order/order.entity.js';
import { WechatPayGateway } from '../wechat/wechat-pay.gateway.js';
import { failureFactsOf } from './order-event-types.js';
import { PaymentStatusSync } from './payment-status-sync.js';
import { OrderEventLog } from './order-event-log.js';
import { noCallInProgress } from './prepay-call-lease.js';
import { type PaymentSyncResult, NO_CHECK, OPEN_STATUSES, PaymentAttempt } from './payment-attempt.entity.js';

/** Seconds for which a prepay_id can be paid. */
const PREPAY_TTL_SECONDS = 2 * 3600;

/**
 * `STILL_OPEN`: WeChat does not report the attempt as closed. The user may be paying, so stock and coupon stay reserved.
 * `UNANSWERED`: the same, because a query had no usable answer.
 */
export type CloseAttemptResult = 'CLOSED' | 'PAID' | 'STILL_OPEN' | 'UNANSWERED';

/**
 * Makes sure that an attempt can never be paid: orderquery, closeorder, orderquery. CLOSED from a
 * query counts. FAILED, or ABSENT once no prepay_id is valid, is closed locally. The success of closeorder never counts,
 * because WeChat may ignore the close of an order younger than five minutes.
 */
@Injectable()
export class PaymentAttemptCloser {
  private readonly log = new Logger(PaymentAttemptCloser.name);

  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly gateway: WechatPayGateway,
    private readonly statusSync: PaymentStatusSync,
    private readonly eventLog: OrderEventLog,
  ) {}

  /** May be repeated and run concurrently. */
  async close(payment: PaymentAttempt): Promise<CloseAttemptResult> {
    const before = await this.statusSync.syncWithWechat(payment);
    if (before === 'PAID' || before === 'CLOSED') return before;
    if (before === 'UNKNOWN') return 'UNANSWERED';
    await this.sendClose(payment);
    return this.resolveEnd(payment, await this.statusSync.syncWithWechat(payment));
  }

  private async resolveEnd(payment: PaymentAttempt, after: PaymentSyncResult): Promise<CloseAttemptResult> {
    switch (after) {
      case 'PAID':
      case 'CLOSED':
        return after;
      case 'FAILED': // cannot be paid any more, but WeChat never reports it as closed
      case 'ABSENT': // WeChat returns no such order, also after a close call
        return (await this.closeLocally(payment, after)) ? 'CLOSED' : 'STILL_OPEN';
      case 'OPEN':
        return 'STILL_OPEN';
      case 'UNKNOWN':
        return 'UNANSWERED';
    }
  }

  private async sendClose({ outTradeNo, orderNo, request }: PaymentAttempt): Promise<void> {
    const outcome = await this.gateway.closePayment(request);
    const entry = { type: 'CLOSE' as const, orderNo, outTradeNo, facts: failureFactsOf(outcome), raw: outcome.raw };
    switch (outcome.kind) {
      case 'done':
        return this.eventLog.record({ ...entry, result: 'ACCEPTED' });
      case 'refused': // ORDERPAID, ORDERCLOSED, ORDERNOTEXIST …: the next query returns the actual state
        return this.eventLog.record({ ...entry, result: 'REFUSED' });
      case 'unknown':
        return this.eventLog.record({ ...entry, result: 'UNKNOWN' });
    }
  }

  /**
   * Closes an attempt here that WeChat does not report as closed. Not while a prepay call may be in progress, because
   * WeChat may be about to receive the order. And not by ABSENT alone while a prepay_id is valid: a lagging replica or
   * wrong merchant settings give the same answer, and the 2014 protocol may give it for any unpaid order.
   */
  private async closeLocally({ outTradeNo, orderNo }: PaymentAttempt, why: 'FAILED' | 'ABSENT'): Promise<boolean> {
    const now = this.clock.now();
    const withoutCallInProgress = noCallInProgress(now);
    const isUnpayable =
      why === 'FAILED' || (await this.areAllPrepaysExpired(orderNo)) ? [{}] : [{ prepayId: IsNull() }];
    const where = withoutCallInProgress.flatMap((noCall) =>
      isUnpayable.map((unpayable) => ({ outTradeNo, status: In(OPEN_STATUSES), ...noCall, ...unpayable })),
    );
    const isClosed = await this.unitOfWork.run(async (tx) => {
      const closed = { status: 'CLOSED' as const, closedAt: now, ...NO_CHECK };
      const { affected } = await tx.createQueryBuilder().update(PaymentAttempt).set(closed).where(where).execute();
      if (affected === 1) {
        const entry = { type: 'CLOSE', result: 'WRITTEN_OFF', orderNo, outTradeNo, facts: { cause: why } } as const;
        await this.eventLog.write(tx, entry);
      }
      return affected === 1;
    });
    if (!isClosed && why === 'ABSENT')
      this.log.error(`WeChat reports no order ${outTradeNo}, but it may still be payable: the attempt stays open`);
    return isClosed;
  }

  /** Counted from the order's expiry: until then, each repeated pay call may return a new prepay_id. */
  private areAllPrepaysExpired(orderNo: string): Promise<boolean> {
    const expiresAt = LessThan(this.clock.secondsFromNow(-PREPAY_TTL_SECONDS));
    return this.unitOfWork.read((manager) => manager.existsBy(Order, { orderNo, expiresAt }));
  }
}
