import { Injectable } from '@nestjs/common';
import { NoticeMetrics } from './notice-metrics.js';
import { RefusedNoticeLog } from '../payment/refused-notice/refused-notice-log.js';
import { type RefundNoticeOutcome, RefundResultService } from '../refund/results/refund-result.service.js';
import { type NoticeRequest, type NoticeResult, noticeTextOf } from '../wechat/pay/notice-request.js';
import type { PaymentProvider } from '../wechat/pay/payment-provider.js';

/** Receives refund notices of any protocol. It records an event for each accepted notice and counts rejected ones. */
@Injectable()
export class RefundNoticeReceiver {
  constructor(
    private readonly results: RefundResultService,
    private readonly refused: RefusedNoticeLog,
    private readonly metrics: NoticeMetrics,
  ) {}

  /** @param provider of the address that received the notice. */
  async receive(provider: PaymentProvider, request: NoticeRequest): Promise<NoticeResult> {
    try {
      return await this.processNotice(provider, request);
    } catch (error) {
      this.metrics.noticeReceived('refund', 'ERROR');
      throw error;
    }
  }

  private async processNotice(provider: PaymentProvider, request: NoticeRequest): Promise<NoticeResult> {
    const notice = provider.readRefundNotice(request);
    if (notice.kind === 'parsed') {
      const outcome = await this.results.applyNotice(notice);
      this.metrics.noticeReceived('refund', outcome, outcome === 'APPLIED' ? notice.refund.succeededAt : null);
      return resultOf(outcome);
    }
    const { refusal: result, outRefundNo } = notice;
    const text = noticeTextOf(request);
    const raw = outRefundNo === null ? text : `${outRefundNo}: ${text}`;
    this.refused.record({ kind: 'refund', result, raw });
    this.metrics.noticeReceived('refund', notice.refusal);
    return { kind: 'refused', reason: notice.refusal };
  }
}

function resultOf(outcome: RefundNoticeOutcome): NoticeResult {
  switch (outcome) {
    case 'APPLIED':
    case 'REPEATED':
    case 'PENDING':
      return { kind: 'accepted' };
    case 'REFUND_UNKNOWN':
    case 'REFUND_MISMATCH':
    case 'NEVER_SENT':
    case 'CONTRADICTION':
    case 'FOREIGN_MERCHANT':
    case 'UNCONFIRMED':
      return { kind: 'refused', reason: outcome };
  }
}
