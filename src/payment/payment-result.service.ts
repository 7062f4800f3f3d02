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
 * What came of WeChat's word that a payment took place.
 * `APPLIED` the order is paid · `LATE_OR_DUPLICATE` recorded, but the order was closed or paid already: the shop must give it
 * back · `REPEATED` known before · the others: not believed, nothing has moved; `FOREIGN_MERCHANT` a notice that names
 * another app, or comes by another protocol, than the payment was made by.
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
 * How we heard of it, for the journal and the metrics. A notice must say of the payment what its row says; whoever asks
 * names the app himself, and the gateway has seen that the answer is about it.
 */
export type ResultSource =
  | { type: 'NOTICE'; by: 'notice'; raw: string; origin: NoticeChannel }
  | { type: 'QUERY'; by: Exclude<ResolutionSource, 'notice'>; raw: string };

/** What a payment must say of itself before WeChat's word is believed. */
const COMPARED_COLUMNS = [
  'orderNo',
  'amountFen',
  'status',
  'transactionId',
  'request',
] satisfies (keyof PaymentAttempt)[];
type ComparedAttempt = Pick<PaymentAttempt, (typeof COMPARED_COLUMNS)[number]>;

/**
 * The one place where WeChat's word becomes ours: a notice, the answer to a query and a client's sync all end here.
 * A second call, or thirty at once, change nothing more.
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

  /** Returns only after the commit. @throws DomainError SERVICE_UNAVAILABLE; WeChat must be asked to say it again then. */
  async apply(paid: PaidResult, hearsay: ResultSource): Promise<ApplyPaymentOutcome> {
    const verdict = await this.applyOnce(paid, hearsay);
    if (verdict === 'APPLIED') this.log.log(`Payment ${paid.outTradeNo} is paid (${hearsay.type.toLowerCase()})`);
    else if (verdict !== 'REPEATED')
      this.log.error(`Payment ${paid.outTradeNo}: ${verdict} (${hearsay.type.toLowerCase()})`);
    if (verdict === 'APPLIED' || verdict === 'LATE_OR_DUPLICATE') this.metrics.paymentResolved(hearsay.by);
    else if (verdict !== 'REPEATED' && verdict !== 'FOREIGN_MERCHANT')
      this.metrics.contradictionFound('payment', verdict);
    return verdict;
  }

  private async applyOnce(paid: PaidResult, hearsay: ResultSource): Promise<ApplyPaymentOutcome> {
    try {
      return await this.unitOfWork.run(async (tx) => {
        const payment = await findRow(tx, PaymentAttempt, COMPARED_COLUMNS, { outTradeNo: paid.outTradeNo });
        const verdict = payment ? await this.applyToAttempt(tx, payment, paid, hearsay) : 'PAYMENT_UNKNOWN';
        await this.eventLog.write(tx, this.eventOf(paid, hearsay, verdict, payment?.orderNo));
        return verdict;
      });
    } catch (error) {
      // The transaction's number is unique: another payment of ours has it already.
      if (!isUniqueViolation(error)) throw error;
      await this.eventLog.record(this.eventOf(paid, hearsay, 'TRANSACTION_MISMATCH'));
      return 'TRANSACTION_MISMATCH';
    }
  }

  private async applyToAttempt(
    tx: EntityManager,
    payment: ComparedAttempt,
    paid: PaidResult,
    hearsay: ResultSource,
  ): Promise<ApplyPaymentOutcome> {
    const { outTradeNo, transactionId, paidFen, paidAt } = paid;
    if (hearsay.type === 'NOTICE' && !isSameChannel(hearsay.origin, channelOf(payment.request)))
      return 'FOREIGN_MERCHANT';
    if (payment.amountFen !== paidFen) return 'AMOUNT_MISMATCH';
    if (payment.status !== 'PAID') {
      const facts = { status: 'PAID' as const, transactionId, paidAt, callingUntil: null, ...NO_CHECK };
      const moved = await updateRows(tx, PaymentAttempt, { outTradeNo, status: Not('PAID') }, facts);
      if (moved === 1) return this.applyToOrder(tx, payment.orderNo, paid);
    }
    const known =
      payment.transactionId ?? (await findRow(tx, PaymentAttempt, COMPARED_COLUMNS, { outTradeNo }))?.transactionId;
    return known === transactionId ? 'REPEATED' : 'TRANSACTION_MISMATCH';
  }

  private async applyToOrder(tx: EntityManager, orderNo: string, paid: PaidResult): Promise<ApplyPaymentOutcome> {
    const { outTradeNo, transactionId, paidFen, paidAt } = paid;
    const isKept = await moveOrder(tx, orderNo, { from: 'PENDING', to: 'PAID', paidFen, transactionId, paidAt });
    if (!isKept) {
      // A fact, and a date: the job of a module above reads both, and gives the money back.
      await updateRows(tx, PaymentAttempt, { outTradeNo }, { refundDueFen: paidFen, nextCheckAt: this.clock.now() });
      await recordLatePayment(tx, orderNo, paidFen);
      return 'LATE_OR_DUPLICATE';
    }
    await this.outbox.write(tx, orderPaidNotification(orderNo));
    // Another attempt of a paid order has nothing to wait for: the job closes it at WeChat at its next tick.
    const others = { orderNo, status: In(OPEN_STATUSES) };
    await updateRows(tx, PaymentAttempt, others, { nextCheckAt: this.clock.now() });
    return 'APPLIED';
  }

  private eventOf(
    paid: PaidResult,
    hearsay: ResultSource,
    verdict: ApplyPaymentOutcome,
    orderNo?: string,
  ): Parameters<OrderEventLog['record']>[0] {
    const facts = { amountFen: paid.paidFen, transactionId: paid.transactionId };
    const { type, raw } = hearsay;
    return { type, raw, result: verdict, outTradeNo: paid.outTradeNo, orderNo: orderNo ?? null, facts };
  }
}
