import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Clock } from '../common/time/clock.js';
import { Settings } from '../config/settings.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { OrderQueryService } from '../order/order-query.service.js';
import { PaymentAttemptCloser } from '../payment/attempt/payment-attempt-closer.js';
import { FINAL_CHECK_DELAY_SECONDS, PaymentStatusSync } from '../payment/status-sync/payment-status-sync.js';
import { NO_FURTHER_CHECK, OPEN_ATTEMPT_STATUSES, PaymentAttempt } from '../payment/attempt/payment-attempt.entity.js';
import { LatePaymentHandler } from '../refund/request/late-payment-handler.js';
import { backOffSeconds, maxWaitMs, nextCheckDates } from '../jobs/back-off.js';
import { LeasedJob } from '../jobs/leased-job.js';
import { paymentLeaseMs } from '../payment/attempt/payment-leases.js';

const MAX_FINAL_CHECK_SECONDS = 86_400;

/**
 * Queries WeChat for every attempt without a result, because a notice may be lost, and a crash may have prevented a
 * response from being recorded. Attempts of a paid or closed order are closed at WeChat, and late or duplicate payments
 * are refunded.
 */
@Injectable()
export class PaymentCheckJob extends LeasedJob<PaymentAttempt> {
  readonly task = 'payment-check';

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: OrderQueryService,
    private readonly statusSync: PaymentStatusSync,
    private readonly attemptCloser: PaymentAttemptCloser,
    private readonly latePaymentHandler: LatePaymentHandler,
  ) {
    super(settings, clock, unitOfWork, {
      entity: PaymentAttempt,
      leaseMs: paymentLeaseMs(settings),
      maxWaitMs: maxWaitMs([...settings.QUERY_BACKOFF_SECONDS, FINAL_CHECK_DELAY_SECONDS]),
    });
  }

  protected override async work(payment: PaymentAttempt): Promise<void> {
    if (payment.status === 'PAID') return this.latePaymentHandler.refundOrReopen(payment);
    if (payment.status === 'CLOSED') return this.checkClosed(payment);
    const order = await this.orders.getByNumber(payment.orderNo);
    const isAnswered =
      order.status === 'PENDING'
        ? (await this.statusSync.syncWithWechat(payment)) !== 'UNKNOWN'
        : (await this.attemptCloser.close(payment)) !== 'UNANSWERED';
    await this.scheduleNext(payment, isAnswered);
  }

  /**
   * Queries an attempt that was closed only by its time limit. Without a usable response it repeats for at most a day.
   */
  private async checkClosed(payment: PaymentAttempt): Promise<void> {
    const { outTradeNo, checkCount, closedAt } = payment;
    const answer = await this.statusSync.syncWithWechat(payment);
    const isGivenUp = closedAt === null || closedAt < this.clock.secondsFromNow(-MAX_FINAL_CHECK_SECONDS);
    const queryCount = checkCount + 1;
    const isDone = answer !== 'UNKNOWN' || isGivenUp;
    const dates = isDone
      ? NO_FURTHER_CHECK
      : nextCheckDates(this.clock, backOffSeconds(this.settings.QUERY_BACKOFF_SECONDS, queryCount), false);
    const changes = { checkCount: queryCount, ...dates };
    await this.unitOfWork.run((tx) => tx.update(PaymentAttempt, { outTradeNo, status: 'CLOSED' }, changes));
  }

  /** Updates open attempts only: a paid or closed attempt needs no further check. */
  private async scheduleNext({ outTradeNo, checkCount }: PaymentAttempt, isAnswered: boolean): Promise<void> {
    const queryCount = checkCount + 1;
    const dates = nextCheckDates(
      this.clock,
      backOffSeconds(this.settings.QUERY_BACKOFF_SECONDS, queryCount),
      isAnswered,
    );
    const changes = { checkCount: queryCount, ...dates };
    await this.unitOfWork.run((tx) =>
      tx.update(PaymentAttempt, { outTradeNo, status: In(OPEN_ATTEMPT_STATUSES) }, changes),
    );
  }
}
