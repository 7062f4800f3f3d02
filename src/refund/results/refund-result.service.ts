import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../common/time/clock.js';
import { isUniqueViolation } from '../../database/database-errors.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { OrderQueryService } from '../../order/order-query.service.js';
import { PaymentAttempt } from '../../payment/attempt/payment-attempt.entity.js';
import { type ChannelAccount, isNoticeOf } from '../../wechat/pay/payment-channel.js';
import type { RefundResult } from '../../wechat/pay/payment-types.js';
import type { DecryptedRefundNotice } from '../../wechat/pay/notice.js';
import { ReservedAmountExceededError } from '../move-refund.js';
import { RefundRecorder } from '../refund-recorder.js';
import { Refund } from '../refund.entity.js';
import {
  type ApplyRefundOutcome,
  areSameNumbers,
  isConfirmedBy,
  type RefundResultSource,
  wouldChangeRefund,
} from '../rules/decide-result.js';
import type { RefundSyncResult } from '../rules/follow-up.js';
import { mayBecomeVisible } from '../rules/refund-visibility.js';
import { chooseReplacedRefunds } from '../rules/replaced-refunds.js';
import { accountOf, WechatRefundClient } from '../sending/wechat-refund-client.js';
import { RefundSchedule } from '../sending/refund-schedule.js';
import { withOrderSnapshot } from '../with-order-snapshot.js';
import { applyRefundResult, recordContradiction, RefundChangedError } from './apply-refund-result.js';
import { findReplaceableRefunds, insertImportedRefund, ReplacedRefundChangedError } from './import-refund.js';

/**
 * `UNCONFIRMED`: a query at WeChat gives another state, or no usable response. The notice is not applied; the result of
 * the query, if there is one, is · `FOREIGN_MERCHANT`: the notice names another account than the refund. Nothing has changed.
 */
export type RefundNoticeOutcome = ApplyRefundOutcome | 'UNCONFIRMED' | 'FOREIGN_MERCHANT';

/** A refund on a bill of WeChat. */
export interface BilledRefund {
  outRefundNo: string;
  outTradeNo: string;
  wechatRefundId: string;
}

/** See `importFromBill`. */
export type BillImportOutcome = 'IMPORTED' | 'NOT_OURS' | 'NOT_FITTING' | 'UNKNOWN';

const MAX_ATTEMPTS = 5;

/**
 * Applies refund results from queries and notices, and imports refunds of WeChat's merchant platform. This is the only
 * place that applies WeChat's results to refunds. Only the first of repeated or concurrent calls changes anything.
 */
@Injectable()
export class RefundResultService {
  private readonly log = new Logger(RefundResultService.name);

  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: OrderQueryService,
    private readonly client: WechatRefundClient,
    private readonly schedule: RefundSchedule,
    private readonly recorder: RefundRecorder,
  ) {}

  /** Returns only after the commit. @throws DomainError SERVICE_UNAVAILABLE; WeChat repeats a notice, and the job a query. */
  async apply(result: RefundResult, source: RefundResultSource): Promise<ApplyRefundOutcome> {
    const outcome = await this.applyOnce(result, source);
    const line = `Refund ${result.outRefundNo}: ${result.state}, ${outcome} (${source.type})`;
    if (outcome === 'APPLIED') this.log.log(line);
    else if (outcome !== 'REPEATED' && outcome !== 'PENDING') this.log.error(line);
    this.recorder.countResult(outcome, result);
    return outcome;
  }

  /** Queries WeChat and applies its response. May be repeated. */
  async syncWithWechat(refund: Refund): Promise<RefundSyncResult> {
    const queried = await this.client.query(refund);
    if (typeof queried === 'string') return queried;
    const outcome = await this.apply(queried.result, { type: 'REFUND_QUERY', raw: queried.raw });
    return outcome === 'APPLIED' || outcome === 'REPEATED' || outcome === 'PENDING' ? 'FOUND' : 'UNKNOWN';
  }

  /**
   * Not every protocol signs refund notices, so a notice is only a hint. Before a notice changes anything, WeChat is queried,
   * and its signed response is applied. The notice itself is applied after that, and only if
   * the response has the same state, or PROCESSING where the notice says SUCCESS, because query results may lag behind
   * notices. That case is safe for the money: the refund keeps its amount reserved, so nothing is released and nothing is
   * refunded twice. If WeChat ends it differently later, the contradiction is recorded for staff.
   *
   * Returns only after the commit; may be repeated. @throws DomainError SERVICE_UNAVAILABLE; WeChat sends it again.
   */
  async applyNotice(notice: DecryptedRefundNotice): Promise<RefundNoticeOutcome> {
    const { refund: result, transactionId, paidFen, raw } = notice;
    const source = { type: 'REFUND_NOTICE', raw, transactionId, paidFen } as const;
    const refundAccount = await this.client.findRefundAccount(result.outTradeNo);
    const refund = await this.unitOfWork.read((manager) => manager.findOneBy(Refund, { refundNo: result.outRefundNo }));
    // Without a payment of this shop, no refund can change, and no query is needed.
    if (refundAccount === null) return this.apply(result, source);
    const account = (refund && accountOf(refund)) ?? refundAccount;
    // WeChat reports a refund from its merchant platform by v2, however the payment was made.
    const named = notice.isFromMerchantPlatform ? { ...notice.account, channel: account.channel } : notice.account;
    if (!isNoticeOf(account, named)) return this.rejectNotice(notice, refund, 'FOREIGN_MERCHANT');
    const isChange = refund ? wouldChangeRefund(refund, result, source) : notice.isFromMerchantPlatform;
    if (!isChange) return this.apply(result, source);
    const confirmed = await this.confirmWithWechat(notice, refund, refundAccount);
    if (confirmed === null) return this.rejectNotice(notice, refund, 'UNCONFIRMED');
    const outcome = await this.apply(result, source);
    return confirmed === 'APPLIED' && outcome === 'REPEATED' ? 'APPLIED' : outcome;
  }

  /**
   * Queries a refund that is on WeChat's bill and not in our records, imports it like a refund of the merchant platform, and
   * applies the response. May be repeated. `NOT_OURS`: its payment is not one of this shop · `NOT_FITTING`: WeChat's numbers
   * contradict the bill, or our refunds have reserved the amount · `UNKNOWN`: no usable response. Nothing is imported then.
   */
  async importFromBill({
    outRefundNo: refundNo,
    outTradeNo,
    wechatRefundId,
  }: BilledRefund): Promise<BillImportOutcome> {
    const payment = await this.unitOfWork.read((manager) =>
      manager.findOneBy(PaymentAttempt, { outTradeNo, status: 'PAID' }),
    );
    if (payment?.transactionId == null) return 'NOT_OURS';
    const account = this.client.refundAccountOf(payment);
    const queried = await this.client.query({ refundNo, outTradeNo, orderNo: null, ...account });
    if (queried === 'UNKNOWN') return 'UNKNOWN';
    if (queried === 'NOT_FOUND') return 'NOT_FITTING';
    const { result, raw } = queried;
    const isSame = result.outTradeNo === outTradeNo && result.outRefundNo === refundNo;
    if (!isSame || result.wechatRefundId !== wechatRefundId) return 'NOT_FITTING';
    await this.importRefund(result, payment.transactionId, payment.amountFen);
    const outcome = await this.apply(result, { type: 'REFUND_QUERY', raw });
    return outcome === 'APPLIED' || outcome === 'REPEATED' || outcome === 'PENDING' ? 'IMPORTED' : 'NOT_FITTING';
  }

  /** Queries WeChat and applies its response. @returns null when the response differs from the notice. */
  private async confirmWithWechat(
    notice: DecryptedRefundNotice,
    refund: Refund | null,
    account: ChannelAccount,
  ): Promise<ApplyRefundOutcome | null> {
    const { refund: result, transactionId, paidFen } = notice;
    const { outRefundNo: refundNo, outTradeNo } = result;
    const queried = await this.client.query(refund ?? { refundNo, outTradeNo, orderNo: null, ...account });
    if (typeof queried === 'string') return null;
    if (!refund) {
      if (!areSameNumbers(queried.result, result)) return null;
      await this.importRefund(queried.result, transactionId, paidFen);
    }
    const outcome = await this.apply(queried.result, { type: 'REFUND_QUERY', raw: queried.raw });
    return outcome !== 'REFUND_MISMATCH' && isConfirmedBy(queried.result, result) ? outcome : null;
  }

  private async rejectNotice<Why extends 'UNCONFIRMED' | 'FOREIGN_MERCHANT'>(
    { refund: result, raw }: DecryptedRefundNotice,
    refund: Refund | null,
    why: Why,
  ): Promise<Why> {
    const explanation =
      why === 'UNCONFIRMED' ? 'WeChat does not confirm it' : 'it names another app or merchant than the refund';
    this.log.warn(`Refund ${result.outRefundNo}: rejected a notice with state ${result.state}: ${explanation}`);
    await this.recorder.recordRejectedNotice(result, raw, why, refund?.orderNo ?? null);
    return why;
  }

  /**
   * Inserts a refund that was created in WeChat's merchant platform, so that the same amount cannot be refunded again
   * here. The caller then applies its result. Inserts nothing when the payment does not belong to this shop, or when
   * refunds in progress have reserved the amount: WeChat repeats the notice, and staff see it.
   */
  private async importRefund(result: RefundResult, transactionId: string, paidFen: number): Promise<void> {
    const { outRefundNo: refundNo, outTradeNo } = result;
    const payment = await this.unitOfWork.read(async (manager) =>
      (await manager.existsBy(Refund, { refundNo }))
        ? null
        : manager.findOneBy(PaymentAttempt, { outTradeNo, transactionId }),
    );
    if (payment?.amountFen !== paidFen || refundNo.length > 64) return;
    const replaced = await this.findReplaced(result, payment);
    if (replaced === null) return;
    try {
      await withOrderSnapshot(this.orders, payment.orderNo, (order) => {
        const now = this.clock.now();
        const account = this.client.refundAccountOf(payment);
        const imported = { result, payment, account, order, replaced };
        return this.unitOfWork.run((tx) => insertImportedRefund(tx, this.recorder, imported, now));
      });
    } catch (error) {
      // A concurrent call with the same notice has inserted it. Or staff changed a refund: WeChat repeats the notice.
      if (!isUniqueViolation(error) && !(error instanceof ReplacedRefundChangedError)) throw error;
    }
  }

  /** The refunds to replace; null when WeChat may have accepted one of them, or when all together are too small. */
  private async findReplaced({ refundFen }: RefundResult, payment: PaymentAttempt): Promise<Refund[] | null> {
    const { outTradeNo, amountFen, refundReservedFen } = payment;
    const candidates = await this.unitOfWork.read((manager) => findReplaceableRefunds(manager, outTradeNo));
    const queriedAt = this.clock.now();
    const replaceable = candidates.filter((refund) => !mayBecomeVisible(refund, queriedAt));
    const replaced = chooseReplacedRefunds(replaceable, refundFen, amountFen - refundReservedFen);
    for (const refund of replaced ?? []) {
      if ((await this.syncWithWechat(refund)) !== 'NOT_FOUND') return null;
    }
    return replaced;
  }

  private async applyOnce(result: RefundResult, source: RefundResultSource, attempt = 1): Promise<ApplyRefundOutcome> {
    try {
      return await this.unitOfWork.run((tx) => {
        const firstCheckAt = this.schedule.nextCheckAt(0);
        const dates = { now: this.clock.now(), firstCheckAt, longestDelayCheckAt: this.schedule.longestDelayCheckAt() };
        return applyRefundResult(tx, this.recorder, { result, source, dates });
      });
    } catch (error) {
      if (error instanceof RefundChangedError && attempt < MAX_ATTEMPTS)
        return this.applyOnce(result, source, attempt + 1);
      if (!(error instanceof ReservedAmountExceededError)) throw error;
      await this.unitOfWork.run((tx) => recordContradiction(tx, this.recorder, { result, source }));
      return 'CONTRADICTION';
    }
  }
}
