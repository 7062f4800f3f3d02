import { Injectable, Logger } from '@nestjs/common';
import { type EntityManager, In, Not } from 'typeorm';
import { Clock } from '../common/time/clock.js';
import { defineCounter } from '../common/metrics/metric-definitions.js';
import { Metrics } from '../common/metrics/metrics.js';
import { CONTRADICTIONS_FOUND } from './event-log/contradictions.js';
import { isUniqueViolation } from '../database/database-errors.js';
import { findRow, updateRows } from '../database/rows.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { orderPaidNotification } from '../order/buyer-notification.js';
import { lockUnlessPending, moveOrder, payOrderAsRead } from '../order/order-moves.js';
import { recordLatePayment } from '../order/order-refund-totals.js';
import type { OrderSnapshot } from '../order/order-snapshot.js';
import { Outbox } from '../outbox/outbox.js';
import { isNoticeOf, type NoticeAccount } from '../wechat/pay/payment-channel.js';
import type { PaidResult } from '../wechat/pay/payment-types.js';
import { type NewOrderEvent, OrderEventLog } from './event-log/order-event-log.js';
import { paidResultEvent } from './event-log/wechat-events.js';
import { findNotifiedPayment, type NotifiedPayment } from './attempt/find-notified-payment.js';
import { NO_FURTHER_CHECK, OPEN_ATTEMPT_STATUSES, PaymentAttempt } from './attempt/payment-attempt.entity.js';

/** How a payment became known: by a notice, by a query of a job or a close, or by a sync call of a buyer or staff. */
const RESOLUTION_SOURCES = ['notice', 'query', 'sync'] as const;
export type ResolutionSource = (typeof RESOLUTION_SOURCES)[number];

const PAYMENTS_RESOLVED = defineCounter({
  name: 'payments_resolved_total',
  help: 'Payments received, by source: notice, query (by a job or a close), sync (requested by a buyer or staff)',
  labelNames: ['source'],
  series: RESOLUTION_SOURCES.map((source) => ({ source })),
});

/**
 * Outcome of applying a paid result.
 * `APPLIED`: the order is paid · `LATE_OR_DUPLICATE`: recorded, but the order was closed or already paid, so the
 * payment must be refunded · `REPEATED`: already applied · all others: rejected, nothing has changed.
 * `FOREIGN_MERCHANT`: the notice names another app or merchant number than the payment, or came by another channel. A
 * notice with another merchant number than the configured one is rejected by its provider with the same value.
 */
export type ApplyPaymentOutcome =
  | 'APPLIED'
  | 'LATE_OR_DUPLICATE'
  | 'REPEATED'
  | 'FOREIGN_MERCHANT'
  | 'PAYMENT_UNKNOWN'
  | 'AMOUNT_MISMATCH'
  | 'TRANSACTION_MISMATCH';

/**
 * Where a result comes from, for the event log and the metrics. A notice must match the account of the payment.
 * The response to a query needs no such check, because the provider has verified it.
 */
export type ResultSource =
  | { type: 'NOTICE'; by: 'notice'; raw: string; account: NoticeAccount }
  | { type: 'QUERY'; by: Exclude<ResolutionSource, 'notice'>; raw: string };

/**
 * Applies paid results from notices, queries and syncs. Only this service marks an attempt and its pending order as
 * paid; `LatePaymentHandler` may later reopen a closed order. Only the first of repeated or concurrent calls changes
 * anything.
 */
@Injectable()
export class PaymentResultService {
  private readonly log = new Logger(PaymentResultService.name);

  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly eventLog: OrderEventLog,
    private readonly metrics: Metrics,
    private readonly outbox: Outbox,
  ) {}

  /** Returns only after the commit. @throws DomainError SERVICE_UNAVAILABLE; WeChat repeats a notice, and the job a query. */
  async apply(paid: PaidResult, source: ResultSource): Promise<ApplyPaymentOutcome> {
    const outcome = await this.applyOnce(paid, source);
    if (outcome === 'APPLIED') this.log.log(`Payment ${paid.outTradeNo} is paid (${source.type.toLowerCase()})`);
    else if (outcome !== 'REPEATED')
      this.log.error(`Payment ${paid.outTradeNo}: ${outcome} (${source.type.toLowerCase()})`);
    if (outcome === 'APPLIED' || outcome === 'LATE_OR_DUPLICATE')
      this.metrics.increment(PAYMENTS_RESOLVED, { source: source.by });
    else if (outcome !== 'REPEATED' && outcome !== 'FOREIGN_MERCHANT')
      this.metrics.increment(CONTRADICTIONS_FOUND, { kind: 'payment', result: outcome });
    return outcome;
  }

  private async applyOnce(paid: PaidResult, source: ResultSource): Promise<ApplyPaymentOutcome> {
    const { type, raw } = source;
    const eventOf = (result: ApplyPaymentOutcome, payment: { orderNo: string } | null): NewOrderEvent =>
      paidResultEvent({ type, result, raw }, paid, payment?.orderNo ?? null);
    try {
      return await this.unitOfWork.run(async (tx) => {
        const found = await findNotifiedPayment(tx, paid.outTradeNo);
        const outcome = found ? await this.applyToAttempt(tx, found, paid, source) : 'PAYMENT_UNKNOWN';
        await this.eventLog.write(tx, eventOf(outcome, found?.payment ?? null));
        return outcome;
      });
    } catch (error) {
      // The transaction_id is unique: another payment of this shop already has it.
      if (!isUniqueViolation(error)) throw error;
      await this.unitOfWork.run(async (tx) => {
        // With the order number, so that the order is listed as contradicted.
        const payment = await findRow(tx, PaymentAttempt, ['orderNo'], { outTradeNo: paid.outTradeNo });
        await this.eventLog.write(tx, eventOf('TRANSACTION_MISMATCH', payment));
      });
      return 'TRANSACTION_MISMATCH';
    }
  }

  private async applyToAttempt(
    tx: EntityManager,
    { payment, order }: NotifiedPayment,
    paid: PaidResult,
    source: ResultSource,
  ): Promise<ApplyPaymentOutcome> {
    const { outTradeNo, transactionId, paidFen, paidAt } = paid;
    if (source.type === 'NOTICE' && !isNoticeOf(payment, source.account)) return 'FOREIGN_MERCHANT';
    if (payment.amountFen !== paidFen) return 'AMOUNT_MISMATCH';
    if (payment.status !== 'PAID') {
      const changes = { status: 'PAID' as const, transactionId, paidAt, callingUntil: null, ...NO_FURTHER_CHECK };
      const moved = await updateRows(tx, PaymentAttempt, { outTradeNo, status: Not('PAID') }, changes);
      if (moved === 1) return this.applyToOrder(tx, order, paid);
    }
    const known =
      payment.transactionId ?? (await findRow(tx, PaymentAttempt, ['transactionId'], { outTradeNo }))?.transactionId;
    return known === transactionId ? 'REPEATED' : 'TRANSACTION_MISMATCH';
  }

  private async applyToOrder(tx: EntityManager, order: OrderSnapshot, paid: PaidResult): Promise<ApplyPaymentOutcome> {
    const { outTradeNo, transactionId, paidFen, paidAt } = paid;
    const { orderNo } = order;
    const move = { from: 'PENDING', to: 'PAID', paidFen, transactionId, paidAt } as const;
    const isAsRead =
      order.status === 'PENDING' && (await payOrderAsRead(tx, order, { paidFen, transactionId, paidAt }));
    // A closed order may be reopened between the two statements: then this payment pays it.
    const isOrderPaid =
      isAsRead ||
      (await moveOrder(tx, orderNo, move)) ||
      (!(await lockUnlessPending(tx, orderNo)) && (await moveOrder(tx, orderNo, move)));
    if (!isOrderPaid) {
      // Only recorded here. The payment check job, in the reconciliation module, creates the refund.
      await updateRows(tx, PaymentAttempt, { outTradeNo }, { refundDueFen: paidFen, nextCheckAt: this.clock.now() });
      await recordLatePayment(tx, orderNo, paidFen);
      return 'LATE_OR_DUPLICATE';
    }
    await this.outbox.write(tx, orderPaidNotification(orderNo));
    if (isAsRead && order.attemptCount === 1) return 'APPLIED';
    // Other attempts of a paid order are due now: the job closes them at WeChat at its next run.
    const others = { orderNo, status: In(OPEN_ATTEMPT_STATUSES) };
    await updateRows(tx, PaymentAttempt, others, { nextCheckAt: this.clock.now() });
    return 'APPLIED';
  }
}
