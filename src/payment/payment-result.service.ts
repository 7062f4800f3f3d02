import { Injectable, Logger } from '@nestjs/common';
import { type EntityManager, In, Not } from 'typeorm';
import { Clock } from '../common/clock.js';
import type { ResolutionSource } from '../common/metric-labels.js';
import { Metrics } from '../common/metrics.js';
import { isUniqueViolation } from '../database/database-errors.js';
import { findRow, updateRows } from '../database/rows.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { orderPaidNotification } from '../order/buyer-notification.js';
import { moveOrder } from '../order/order-moves.js';
import { recordLatePayment } from '../order/order-refund-totals.js';
import { Outbox } from '../outbox/outbox.js';
import { isSameChannel, type NoticeChannel, channelOf } from '../wechat/payment-channel.js';
import type { PaidResult } from '../wechat/wechat-pay.gateway.js';
import { OrderEventLog } from './order-event-log.js';
import { NO_CHECK, OPEN_STATUSES, PaymentAttempt } from './payment-attempt.entity.js';

/**
 * Outcome of applying a paid result.
 * `APPLIED`: the order is paid · `LATE_OR_DUPLICATE`: recorded, but the order was closed or already paid, so the payment must
 * be refunded · `REPEATED`: already applied · all others: rejected, nothing has changed. `FOREIGN_MERCHANT`: the notice
 * names another app or uses another protocol than the payment.
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
 * Where a result comes from, for the event log and the metrics. A notice must match the app and protocol of the payment.
 * The answer to a query needs no such check, because the gateway has verified it.
 */
export type ResultSource =
  | { type: 'NOTICE'; by: 'notice'; raw: string; channel: NoticeChannel }
  | { type: 'QUERY'; by: Exclude<ResolutionSource, 'notice'>; raw: string };

/** Columns that are compared before a result is applied. */
const COMPARED_COLUMNS = [
  'orderNo',
  'amountFen',
  'status',
  'transactionId',
  'request',
] satisfies (keyof PaymentAttempt)[];
type ComparedAttempt = Pick<PaymentAttempt, (typeof COMPARED_COLUMNS)[number]>;

/**
 * Applies paid results from notices, queries and syncs. This is the only place that marks an attempt and its order as
 * paid. Repeated and concurrent calls change nothing more.
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

  /** Returns only after the commit. @throws DomainError SERVICE_UNAVAILABLE; WeChat sends the result again. */
  async apply(paid: PaidResult, source: ResultSource): Promise<ApplyPaymentOutcome> {
    const outcome = await this.applyOnce(paid, source);
    if (outcome === 'APPLIED') this.log.log(`Payment ${paid.outTradeNo} is paid (${source.type.toLowerCase()})`);
    else if (outcome !== 'REPEATED')
      this.log.error(`Payment ${paid.outTradeNo}: ${outcome} (${source.type.toLowerCase()})`);
    if (outcome === 'APPLIED' || outcome === 'LATE_OR_DUPLICATE') this.metrics.paymentResolved(source.by);
    else if (outcome !== 'REPEATED' && outcome !== 'FOREIGN_MERCHANT')
      this.metrics.contradictionFound('payment', outcome);
    return outcome;
  }

  private async applyOnce(paid: PaidResult, source: ResultSource): Promise<ApplyPaymentOutcome> {
    try {
      return await this.unitOfWork.run(async (tx) => {
        const payment = await findRow(tx, PaymentAttempt, COMPARED_COLUMNS, { outTradeNo: paid.outTradeNo });
        const outcome = payment ? await this.applyToAttempt(tx, payment, paid, source) : 'PAYMENT_UNKNOWN';
        await this.eventLog.write(tx, this.eventOf(paid, source, outcome, payment?.orderNo));
        return outcome;
      });
    } catch (error) {
      // The transaction_id is unique: another payment of this shop already has it.
      if (!isUniqueViolation(error)) throw error;
      await this.eventLog.record(this.eventOf(paid, source, 'TRANSACTION_MISMATCH'));
      return 'TRANSACTION_MISMATCH';
    }
  }

  private async applyToAttempt(
    tx: EntityManager,
    payment: ComparedAttempt,
    paid: PaidResult,
    source: ResultSource,
  ): Promise<ApplyPaymentOutcome> {
    const { outTradeNo, transactionId, paidFen, paidAt } = paid;
    if (source.type === 'NOTICE' && !isSameChannel(source.channel, channelOf(payment.request)))
      return 'FOREIGN_MERCHANT';
    if (payment.amountFen !== paidFen) return 'AMOUNT_MISMATCH';
    if (payment.status !== 'PAID') {
      const changes = { status: 'PAID' as const, transactionId, paidAt, callingUntil: null, ...NO_CHECK };
      const moved = await updateRows(tx, PaymentAttempt, { outTradeNo, status: Not('PAID') }, changes);
      if (moved === 1) return this.applyToOrder(tx, payment.orderNo, paid);
    }
    const known =
      payment.transactionId ?? (await findRow(tx, PaymentAttempt, COMPARED_COLUMNS, { outTradeNo }))?.transactionId;
    return known === transactionId ? 'REPEATED' : 'TRANSACTION_MISMATCH';
  }

  private async applyToOrder(tx: EntityManager, orderNo: string, paid: PaidResult): Promise<ApplyPaymentOutcome> {
    const { outTradeNo, transactionId, paidFen, paidAt } = paid;
    const isOrderPaid = await moveOrder(tx, orderNo, { from: 'PENDING', to: 'PAID', paidFen, transactionId, paidAt });
    if (!isOrderPaid) {
      // Only recorded here. The payment check job, in the reconciliation module, creates the refund.
      await updateRows(tx, PaymentAttempt, { outTradeNo }, { refundDueFen: paidFen, nextCheckAt: this.clock.now() });
      await recordLatePayment(tx, orderNo, paidFen);
      return 'LATE_OR_DUPLICATE';
    }
    await this.outbox.write(tx, orderPaidNotification(orderNo));
    // Other attempts of a paid order are due now: the job closes them at WeChat at its next tick.
    const others = { orderNo, status: In(OPEN_STATUSES) };
    await updateRows(tx, PaymentAttempt, others, { nextCheckAt: this.clock.now() });
    return 'APPLIED';
  }

  private eventOf(
    paid: PaidResult,
    source: ResultSource,
    outcome: ApplyPaymentOutcome,
    orderNo?: string,
  ): Parameters<OrderEventLog['record']>[0] {
    const facts = { amountFen: paid.paidFen, transactionId: paid.transactionId };
    const { type, raw } = source;
    return { type, raw, result: outcome, outTradeNo: paid.outTradeNo, orderNo: orderNo ?? null, facts };
  }
}
