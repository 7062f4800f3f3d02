import { Injectable } from '@nestjs/common';
import { Metrics } from '../common/metrics.js';
import { RefusedNotices } from '../payment/refused-notices.js';
import { RefundNews, type RefundNewsVerdict } from '../refund/refund-news.js';
import { WechatNotices } from '../wechat/wechat-notices.js';
import { printable } from './notice-text.js';

/** Takes WeChat's refund notices in. What is believed leaves an event, what is refused is counted. */
@Injectable()
export class RefundNotices {
  constructor(
    private readonly wechat: WechatNotices,
    private readonly news: RefundNews,
    private readonly refused: RefusedNotices,
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
    const { refusal: result, outRefundNo } = notice;
    const raw = outRefundNo === null ? printable(bytes) : `${outRefundNo}: ${printable(bytes)}`;
    this.refused.record({ kind: 'refund', result, raw });
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
