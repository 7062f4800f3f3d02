import { Injectable, Logger } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work.js';
import { OrderEventLog } from '../payment/order-event-log.js';
import { findPaymentRequest } from '../payment/find-payment-request.js';
import { channelOf } from '../wechat/payment-channel.js';
import type { DecryptedRefundNotice } from '../wechat/wechat-notice.reader.js';
import type { RefundResult } from '../wechat/wechat-pay.gateway.js';
import { isSameRefund } from './is-same-refund.js';
import { RefundStatusSync } from './refund-status-sync.js';
import { type RefundResultSource, RefundResultService, type ApplyRefundOutcome } from './refund-result.service.js';
import type { Refund } from './refund.entity.js';
import { RefundQueryService } from './refund-query.service.js';
import { VendorRefundImporter } from './vendor-refund-importer.js';

/**
 * `UNCONFIRMED`: WeChat itself does not say the same when it is asked, or could not be asked · `FOREIGN_MERCHANT`: the
 * notice names another app than the payment was made in. Nothing has moved.
 */
export type RefundNoticeOutcome = ApplyRefundOutcome | 'UNCONFIRMED' | 'FOREIGN_MERCHANT';

/**
 * Hears what a notice says of a refund. A notice has no signature, and who exchanges blocks of its encryption can make it
 * say what WeChat never said; so it ends nothing by itself: WeChat is asked, and its signed answer is what counts.
 */
@Injectable()
export class RefundNoticeHandler {
  private readonly log = new Logger(RefundNoticeHandler.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly refunds: RefundQueryService,
    private readonly statusSync: RefundStatusSync,
    private readonly results: RefundResultService,
    private readonly vendorRefundImporter: VendorRefundImporter,
    private readonly eventLog: OrderEventLog,
  ) {}

  /** Returns only after the commit; safe to repeat. @throws DomainError SERVICE_UNAVAILABLE; WeChat must say it again then. */
  async handle(notice: DecryptedRefundNotice): Promise<RefundNoticeOutcome> {
    const { refund: said, transactionId, paidFen, raw } = notice;
    const hearsay = { type: 'REFUND_NOTICE', raw, transactionId, paidFen } as const;
    const paymentRequest = await findPaymentRequest(this.unitOfWork, said.outTradeNo);
    const refund = await this.refunds.findByNumber(said.outRefundNo);
    // Without a payment of ours there is nothing to ask about, and no refund that could move.
    if (paymentRequest === null) return this.results.apply(said, hearsay);
    if (channelOf(paymentRequest).appid !== notice.appid) return this.rejectNotice(notice, refund, 'FOREIGN_MERCHANT');
    const isNews = refund ? wouldChangeRefund(refund, said, hearsay) : notice.isVendorMade;
    if (!isNews) return this.results.apply(said, hearsay);
    const confirmed = await this.confirmWithWechat(notice, refund);
    if (confirmed === null) return this.rejectNotice(notice, refund, 'UNCONFIRMED');
    const verdict = await this.results.apply(said, hearsay);
    return confirmed === 'APPLIED' && verdict === 'REPEATED' ? 'APPLIED' : verdict;
  }

  /** Asks WeChat and applies its answer. @returns null when that is not what the notice said. */
  private async confirmWithWechat(
    notice: DecryptedRefundNotice,
    refund: Refund | null,
  ): Promise<ApplyRefundOutcome | null> {
    const { refund: said, transactionId, paidFen } = notice;
    const { outRefundNo: refundNo, outTradeNo } = said;
    const heard = await this.statusSync.queryWechat({ refundNo, outTradeNo, orderNo: refund?.orderNo ?? null });
    if (typeof heard === 'string') return null;
    if (!refund) {
      if (!areSameNumbers(heard.result, said)) return null;
      await this.vendorRefundImporter.importRefund(heard.result, transactionId, paidFen);
    }
    const verdict = await this.results.apply(heard.result, { type: 'REFUND_QUERY', raw: heard.raw });
    return verdict !== 'REFUND_MISMATCH' && isConfirmedBy(heard.result, said) ? verdict : null;
  }

  private async rejectNotice<Why extends 'UNCONFIRMED' | 'FOREIGN_MERCHANT'>(
    { refund: said, raw }: DecryptedRefundNotice,
    refund: Refund | null,
    why: Why,
  ): Promise<Why> {
    const facts = { refundNo: said.outRefundNo, amountFen: said.refundFen, state: said.state };
    const because = why === 'UNCONFIRMED' ? 'WeChat does not confirm' : "is about another app than the payment's";
    this.log.warn(`Refund ${said.outRefundNo}: a notice says ${said.state}, which ${because}`);
    const { outTradeNo } = said;
    const entry = { type: 'REFUND_NOTICE', result: why, orderNo: refund?.orderNo ?? null } as const;
    await this.eventLog.record({ ...entry, outTradeNo, facts, raw });
    return why;
  }
}

/** False for what is known already, or would not be believed anyway: WeChat need not be asked about that. */
function wouldChangeRefund(refund: Refund, said: RefundResult, hearsay: RefundResultSource): boolean {
  if (!isSameRefund(refund, said, hearsay)) return false;
  switch (refund.status) {
    case 'PROCESSING':
      return true;
    case 'ABNORMAL':
      return said.state !== 'ABNORMAL';
    case 'FAILED':
      return said.state === 'SUCCEEDED';
    case 'REQUESTED':
    case 'REJECTED':
    case 'CANCELLED':
    case 'SUCCEEDED':
      return false;
  }
}

/** Answers may be behind the notices: a refund that WeChat still has on its way may well have come to its good end. */
function isConfirmedBy(answer: RefundResult, said: RefundResult): boolean {
  return answer.state === said.state || (answer.state === 'PROCESSING' && said.state === 'SUCCEEDED');
}

function areSameNumbers(one: RefundResult, other: RefundResult): boolean {
  const { outTradeNo, wechatRefundId, refundFen } = one;
  return outTradeNo === other.outTradeNo && wechatRefundId === other.wechatRefundId && refundFen === other.refundFen;
}
