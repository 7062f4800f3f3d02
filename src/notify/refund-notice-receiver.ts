import { Injectable } from '@nestjs/common';
import { Metrics } from '../common/metrics.js';
import { RefusedNoticeLog } from '../payment/refused-notice-log.js';
import { RefundNoticeHandler, type RefundNoticeOutcome } from '../refund/refund-notice-handler.js';
import { WechatNoticeReader } from '../wechat/wechat-notice.reader.js';
import { replaceNul } from './replace-nul.js';

/** Receives v2 refund notices. It records an event for each accepted notice and counts refused ones. */
@Injectable()
export class RefundNoticeReceiver {
  constructor(
    private readonly reader: WechatNoticeReader,
    private readonly handler: RefundNoticeHandler,
    private readonly refused: RefusedNoticeLog,
    private readonly metrics: Metrics,
  ) {}

  /**
   * @returns null when the notice may be acknowledged, otherwise a short reason for WeChat, which will send the notice
   * again.
   */
  async receive(bytes: Buffer, isTruncated: boolean): Promise<string | null> {
    try {
      return await this.process(bytes, isTruncated);
    } catch (error) {
      this.metrics.noticeReceived('refund', 'ERROR');
      throw error;
    }
  }

  private async process(bytes: Buffer, isTruncated: boolean): Promise<string | null> {
    const notice = this.reader.readRefund(bytes, isTruncated);
    if (notice.kind === 'ended') {
      const outcome = await this.handler.handle(notice);
      this.metrics.noticeReceived('refund', outcome, outcome === 'APPLIED' ? notice.refund.succeededAt : null);
      return failReasonOf(outcome);
    }
    const { refusal: result, outRefundNo } = notice;
    const raw = outRefundNo === null ? replaceNul(bytes) : `${outRefundNo}: ${replaceNul(bytes)}`;
    this.refused.record({ kind: 'refund', result, raw });
    this.metrics.noticeReceived('refund', notice.refusal);
    return notice.refusal;
  }
}

function failReasonOf(outcome: RefundNoticeOutcome): string | null {
  switch (outcome) {
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
      return outcome;
  }
}
