import { Injectable, Logger } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work.js';
import { PaymentJournal } from '../payment/payment-journal.js';
import { requestOf } from '../payment/request-of.js';
import { originOf } from '../wechat/payment-origin.js';
import type { EndedRefund } from '../wechat/wechat-notices.js';
import type { RefundResult } from '../wechat/wechat-pay.gateway.js';
import { isSame } from './is-same-refund.js';
import { RefundInquiry } from './refund-inquiry.js';
import { type RefundHearsay, RefundResults, type RefundVerdict } from './refund-results.js';
import type { Refund } from './refund.entity.js';
import { Refunds } from './refunds.js';
import { VendorRefunds } from './vendor-refunds.js';

/**
 * `UNCONFIRMED`: WeChat itself does not say the same when it is asked, or could not be asked · `FOREIGN_MERCHANT`: the
 * notice names another app than the payment was made in. Nothing has moved.
 */
export type RefundNewsVerdict = RefundVerdict | 'UNCONFIRMED' | 'FOREIGN_MERCHANT';

/**
 * Hears what a notice says of a refund. A notice has no signature, and who exchanges blocks of its encryption can make it
 * say what WeChat never said; so it ends nothing by itself: WeChat is asked, and its signed answer is what counts.
 */
@Injectable()
export class RefundNews {
  private readonly log = new Logger(RefundNews.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly refunds: Refunds,
    private readonly inquiry: RefundInquiry,
    private readonly results: RefundResults,
    private readonly vendorRefunds: VendorRefunds,
    private readonly journal: PaymentJournal,
  ) {}

  /** Returns only after the commit; safe to repeat. @throws DomainError SERVICE_UNAVAILABLE; WeChat must say it again then. */
  async hear(notice: EndedRefund): Promise<RefundNewsVerdict> {
    const { refund: said, transactionId, paidFen, raw } = notice;
    const hearsay = { type: 'REFUND_NOTICE', raw, transactionId, paidFen } as const;
    const paymentRequest = await requestOf(this.unitOfWork, said.outTradeNo);
    const refund = await this.refunds.findByNumber(said.outRefundNo);
    // Without a payment of ours there is nothing to ask about, and no refund that could move.
    if (paymentRequest === null) return this.results.apply(said, hearsay);
    if (originOf(paymentRequest).appid !== notice.appid) return this.disbelieve(notice, refund, 'FOREIGN_MERCHANT');
    const isNews = refund ? wouldMove(refund, said, hearsay) : notice.isVendorMade;
    if (!isNews) return this.results.apply(said, hearsay);
    const confirmed = await this.confirm(notice, refund);
    if (confirmed === null) return this.disbelieve(notice, refund, 'UNCONFIRMED');
    const verdict = await this.results.apply(said, hearsay);
    return confirmed === 'APPLIED' && verdict === 'REPEATED' ? 'APPLIED' : verdict;
  }

  /** Asks WeChat and applies its answer. @returns null when that is not what the notice said. */
  private async confirm(notice: EndedRefund, refund: Refund | null): Promise<RefundVerdict | null> {
    const { refund: said, transactionId, paidFen } = notice;
    const { outRefundNo: refundNo, outTradeNo } = said;
    const heard = await this.inquiry.hear({ refundNo, outTradeNo, orderNo: refund?.orderNo ?? null });
    if (typeof heard === 'string') return null;
    if (!refund) {
      if (!areSameNumbers(heard.result, said)) return null;
      await this.vendorRefunds.adopt(heard.result, transactionId, paidFen);
    }
    const verdict = await this.results.apply(heard.result, { type: 'REFUND_QUERY', raw: heard.raw });
    return verdict !== 'REFUND_MISMATCH' && agrees(heard.result, said) ? verdict : null;
  }

  private async disbelieve<Why extends 'UNCONFIRMED' | 'FOREIGN_MERCHANT'>(
    { refund: said, raw }: EndedRefund,
    refund: Refund | null,
    why: Why,
  ): Promise<Why> {
    const facts = { refundNo: said.outRefundNo, amountFen: said.refundFen, state: said.state };
    const because = why === 'UNCONFIRMED' ? 'WeChat does not confirm' : "is about another app than the payment's";
    this.log.warn(`Refund ${said.outRefundNo}: a notice says ${said.state}, which ${because}`);
    const { outTradeNo } = said;
    const entry = { type: 'REFUND_NOTICE', result: why, orderNo: refund?.orderNo ?? null } as const;
    await this.journal.record({ ...entry, outTradeNo, facts, raw });
    return why;
  }
}

/** False for what is known already, or would not be believed anyway: WeChat need not be asked about that. */
function wouldMove(refund: Refund, said: RefundResult, hearsay: RefundHearsay): boolean {
  if (!isSame(refund, said, hearsay)) return false;
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
function agrees(answer: RefundResult, said: RefundResult): boolean {
  return answer.state === said.state || (answer.state === 'PROCESSING' && said.state === 'SUCCEEDED');
}

function areSameNumbers(one: RefundResult, other: RefundResult): boolean {
  const { outTradeNo, wechatRefundId, refundFen } = one;
  return outTradeNo === other.outTradeNo && wechatRefundId === other.wechatRefundId && refundFen === other.refundFen;
}
