import { Injectable, Logger } from '@nestjs/common';
import { In, IsNull, LessThan } from 'typeorm';
import { Clock } from '../../common/time/clock.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Order } from '../../order/order.entity.js';
import { PaymentProviderRegistry } from '../../wechat/pay/payment-provider-registry.js';
import { PREPAY_TTL_SECONDS } from '../../wechat/pay/payment-types.js';
import { PaymentStatusSync } from '../status-sync/payment-status-sync.js';
import { OrderEventLog } from '../event-log/order-event-log.js';
import { callEvent } from '../event-log/wechat-events.js';
import { freeLeaseConditions } from '../../jobs/claim-due.js';
import {
  type PaymentSyncResult,
  NO_FURTHER_CHECK,
  OPEN_ATTEMPT_STATUSES,
  PaymentAttempt,
} from './payment-attempt.entity.js';

/**
 * `STILL_OPEN`: WeChat does not report the attempt as closed; the user may be paying, so stock and coupon stay
 * reserved. When an order is closed, also: it was paid or closed, or got a new attempt, in the meantime.
 * `UNANSWERED`: not closed, because a query had no usable response.
 */
export type CloseAttemptResult = 'CLOSED' | 'PAID' | 'STILL_OPEN' | 'UNANSWERED';

/**
 * Makes sure that an attempt can never be paid: query, close, query. CLOSED from a
 * query counts. FAILED, or NOT_FOUND once no prepay_id is valid, is closed locally. The success of the close call never
 * counts, because WeChat may ignore the close of an order younger than five minutes.
 */
@Injectable()
export class PaymentAttemptCloser {
  private readonly log = new Logger(PaymentAttemptCloser.name);

  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly providers: PaymentProviderRegistry,
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
      case 'NOT_FOUND': // WeChat returns no such order, also after a close call
        return (await this.closeLocally(payment, after)) ? 'CLOSED' : 'STILL_OPEN';
      case 'OPEN':
        return 'STILL_OPEN';
      case 'UNKNOWN':
        return 'UNANSWERED';
    }
  }

  private async sendClose(payment: PaymentAttempt): Promise<void> {
    const { orderNo, outTradeNo } = payment;
    const outcome = await this.providers.of(payment.channel).closePayment(payment);
    // The outcome is only recorded: the next query returns the actual state.
    await this.eventLog.record(callEvent('CLOSE', { orderNo, outTradeNo }, outcome, 'ACCEPTED'));
  }

  /**
   * Closes an attempt here that WeChat does not report as closed. Returns false while a prepay call may be in progress,
   * because WeChat may be about to receive the order. NOT_FOUND alone does not count while a prepay_id is valid: a
   * lagging replica or wrong merchant settings give the same response, and some channels may give it for any unpaid
   * order.
   */
  private async closeLocally({ outTradeNo, orderNo }: PaymentAttempt, why: 'FAILED' | 'NOT_FOUND'): Promise<boolean> {
    const now = this.clock.now();
    const isUnpayable =
      why === 'FAILED' || (await this.areAllPrepaysExpired(orderNo)) ? [{}] : [{ prepayId: IsNull() }];
    const where = freeLeaseConditions(now).flatMap((callingUntil) =>
      isUnpayable.map((unpayable) => ({ outTradeNo, status: In(OPEN_ATTEMPT_STATUSES), callingUntil, ...unpayable })),
    );
    const isClosed = await this.unitOfWork.run(async (tx) => {
      const closed = { status: 'CLOSED' as const, closedAt: now, ...NO_FURTHER_CHECK };
      const { affected } = await tx.createQueryBuilder().update(PaymentAttempt).set(closed).where(where).execute();
      if (affected === 1) {
        const entry = { type: 'CLOSE', result: 'CLOSED_LOCALLY', orderNo, outTradeNo, data: { cause: why } } as const;
        await this.eventLog.write(tx, entry);
      }
      return affected === 1;
    });
    if (!isClosed && why === 'NOT_FOUND')
      this.log.error(`WeChat reports no order ${outTradeNo}, but it may still be payable: the attempt stays open`);
    return isClosed;
  }

  /** Counted from the order's expiry: until then, each repeated pay call may return a new prepay_id. */
  private areAllPrepaysExpired(orderNo: string): Promise<boolean> {
    const expiresAt = LessThan(this.clock.secondsFromNow(-PREPAY_TTL_SECONDS));
    return this.unitOfWork.read((manager) => manager.existsBy(Order, { orderNo, expiresAt }));
  }
}
