import { Injectable, Logger } from '@nestjs/common';
import { Metrics } from '../common/metrics.js';
import { PaymentJournal } from '../payment/payment-journal.js';
import { RefundNews, type RefundNewsVerdict } from '../refund/refund-news.js';
import { WechatNotices } from '../wechat/wechat-notices.js';
import { printable, UNBELIEVED_LIMIT } from './notice-text.js';

/** Takes WeChat's refund notices in. Every one leaves an event, good or bad. */
@Injectable()
export class RefundNotices {
  private readonly log = new Logger(RefundNotices.name);

  constructor(
    private readonly wechat: WechatNotices,
    private readonly news: RefundNews,
    private readonly journal: PaymentJournal,
    private readonly metrics: Metrics,
  ) {}

  /** @returns null when the notice may be acknowledged, otherwise a short word for WeChat, which will send it again. */
  async receive(bytes: Buffer, isCut: boolean): Promise<string | null> {
    try {
      return await this.take(bytes, isCut);
    } catch (error) {
      this.metrics.notice('refund', 'ERROR');
      throw error;
    }
  }

  private async take(bytes: Buffer, isCut: boolean): Promise<string | null> {
    const notice = this.wechat.readRefund(bytes, isCut);
    if (notice.kind === 'ended') {
      const verdict = await this.news.hear(notice);
      this.metrics.notice('refund', verdict, verdict === 'APPLIED' ? notice.refund.succeededAt : null);
      return refusalOf(verdict);
    }
    this.log.warn(`A refund notice is not believed: ${notice.refusal}`);
    await this.journal.record({
      type: 'REFUND_NOTICE',
      result: notice.refusal,
      facts: { refundNo: notice.outRefundNo },
      raw: printable(bytes).slice(0, UNBELIEVED_LIMIT),
    });
    this.metrics.notice('refund', notice.refusal);
    return notice.refusal;
  }
}

function refusalOf(verdict: RefundNewsVerdict): string | null {
  switch (verdict) {
    case 'APPLIED':
    case 'REPEATED':
    case 'PENDING':
      return null;
    case 'REFUND_UNKNOWN':
    case 'REFUND_MISMATCH':
    case 'NEVER_SENT':
    case 'CONTRADICTION':
    case 'UNCONFIRMED':
    case 'FOREIGN_MERCHANT':
      return verdict;
  }
}
