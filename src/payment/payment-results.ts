import { Injectable, Logger } from '@nestjs/common';
import { type EntityManager, In, Not } from 'typeorm';
import { Clock } from '../common/clock.js';
import type { Resolver } from '../common/metric-words.js';
import { Metrics } from '../common/metrics.js';
import { isUniqueViolation } from '../database/database-errors.js';
import { findRow, updateRows } from '../database/rows.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { orderPaidNews } from '../order/buyer-news.js';
import { moveOrder } from '../order/order-moves.js';
import { noteLateMoney } from '../order/order-refunds.js';
import { Outbox } from '../outbox/outbox.js';
import { isSameOrigin, type NoticeOrigin, originOf } from '../wechat/payment-origin.js';
import type { PaidResult } from '../wechat/wechat-pay.gateway.js';
import { PaymentJournal } from './payment-journal.js';
import { NO_CHECK, OPEN_STATUSES, Payment } from './payment.entity.js';

/**
 * What came of WeChat's word that a payment took place.
 * `APPLIED` the order is paid · `OWED_BACK` recorded, but the order was closed or paid already: the shop must give it
 * back · `REPEATED` known before · the others: not believed, nothing has moved; `FOREIGN_MERCHANT` a notice that names
 * another app, or comes by another protocol, than the payment was made by.
 */
export type PaidVerdict =
  | 'APPLIED'
  | 'OWED_BACK'
  | 'REPEATED'
  | 'FOREIGN_MERCHANT'
  | 'PAYMENT_UNKNOWN'
  | 'AMOUNT_MISMATCH'
  | 'TRANSACTION_MISMATCH';

/**
 * How we heard of it, for the journal and the metrics. A notice must say of the payment what its row says; whoever asks
 * names the app himself, and the gateway has seen that the answer is about it.
 */
export type Hearsay =
  | { type: 'NOTICE'; by: 'notice'; raw: string; origin: NoticeOrigin }
  | { type: 'QUERY'; by: Exclude<Resolver, 'notice'>; raw: string };

/** What a payment must say of itself before WeChat's word is believed. */
const KNOWN = ['orderNo', 'amountFen', 'status', 'transactionId', 'request'] satisfies (keyof Payment)[];
type KnownPayment = Pick<Payment, (typeof KNOWN)[number]>;

/**
 * The one place where WeChat's word becomes ours: a notice, the answer to a query and a client's sync all end here.
 * A second call, or thirty at once, change nothing more.
 */
@Injectable()
export class PaymentResults {
  private readonly log = new Logger(PaymentResults.name);

  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly journal: PaymentJournal,
    private readonly metrics: Metrics,
    private readonly outbox: Outbox,
  ) {}

  /** Returns only after the commit. @throws DomainError SERVICE_UNAVAILABLE; WeChat must be asked to say it again then. */
  async apply(paid: PaidResult, hearsay: Hearsay): Promise<PaidVerdict> {
    const verdict = await this.applyOnce(paid, hearsay);
    if (verdict === 'APPLIED') this.log.log(`Payment ${paid.outTradeNo} is paid (${hearsay.type.toLowerCase()})`);
    else if (verdict !== 'REPEATED')
      this.log.error(`Payment ${paid.outTradeNo}: ${verdict} (${hearsay.type.toLowerCase()})`);
    if (verdict === 'APPLIED' || verdict === 'OWED_BACK') this.metrics.paymentResolved(hearsay.by);
    else if (verdict !== 'REPEATED' && verdict !== 'FOREIGN_MERCHANT') this.metrics.contradiction('payment', verdict);
    return verdict;
  }

  private async applyOnce(paid: PaidResult, hearsay: Hearsay): Promise<PaidVerdict> {
    try {
      return await this.unitOfWork.run(async (tx) => {
        const payment = await findRow(tx, Payment, KNOWN, { outTradeNo: paid.outTradeNo });
        const verdict = payment ? await this.decide(tx, payment, paid, hearsay) : 'PAYMENT_UNKNOWN';
        await this.journal.write(tx, this.entry(paid, hearsay, verdict, payment?.orderNo));
        return verdict;
      });
    } catch (error) {
      // The transaction's number is unique: another payment of ours has it already.
      if (!isUniqueViolation(error)) throw error;
      await this.journal.record(this.entry(paid, hearsay, 'TRANSACTION_MISMATCH'));
      return 'TRANSACTION_MISMATCH';
    }
  }

  private async decide(
    tx: EntityManager,
    payment: KnownPayment,
    paid: PaidResult,
    hearsay: Hearsay,
  ): Promise<PaidVerdict> {
    const { outTradeNo, transactionId, paidFen, paidAt } = paid;
    if (hearsay.type === 'NOTICE' && !isSameOrigin(hearsay.origin, originOf(payment.request)))
      return 'FOREIGN_MERCHANT';
    if (payment.amountFen !== paidFen) return 'AMOUNT_MISMATCH';
    if (payment.status !== 'PAID') {
      const facts = { status: 'PAID' as const, transactionId, paidAt, callingUntil: null, ...NO_CHECK };
      const moved = await updateRows(tx, Payment, { outTradeNo, status: Not('PAID') }, facts);
      if (moved === 1) return this.settleOrder(tx, payment.orderNo, paid);
    }
    const known = payment.transactionId ?? (await findRow(tx, Payment, KNOWN, { outTradeNo }))?.transactionId;
    return known === transactionId ? 'REPEATED' : 'TRANSACTION_MISMATCH';
  }

  private async settleOrder(tx: EntityManager, orderNo: string, paid: PaidResult): Promise<PaidVerdict> {
    const { outTradeNo, transactionId, paidFen, paidAt } = paid;
    const isKept = await moveOrder(tx, orderNo, { from: 'PENDING', to: 'PAID', paidFen, transactionId, paidAt });
    if (!isKept) {
      // A fact, and a date: the job of a module above reads both, and gives the money back.
      await updateRows(tx, Payment, { outTradeNo }, { owedBackFen: paidFen, nextCheckAt: this.clock.now() });
      await noteLateMoney(tx, orderNo, paidFen);
      return 'OWED_BACK';
    }
    await this.outbox.write(tx, orderPaidNews(orderNo));
    // Another attempt of a paid order has nothing to wait for: the job closes it at WeChat at its next tick.
    const others = { orderNo, status: In(OPEN_STATUSES) };
    await updateRows(tx, Payment, others, { nextCheckAt: this.clock.now() });
    return 'APPLIED';
  }

  private entry(
    paid: PaidResult,
    hearsay: Hearsay,
    verdict: PaidVerdict,
    orderNo?: string,
  ): Parameters<PaymentJournal['record']>[0] {
    const facts = { amountFen: paid.paidFen, transactionId: paid.transactionId };
    const { type, raw } = hearsay;
    return { type, raw, result: verdict, outTradeNo: paid.outTradeNo, orderNo: orderNo ?? null, facts };
  }
}
