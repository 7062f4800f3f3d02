import { Injectable } from '@nestjs/common';
import { NoticeMetrics } from './notice-metrics.js';
import { OrderEventLog } from '../payment/event-log/order-event-log.js';
import { type ApplyPaymentOutcome, PaymentResultService } from '../payment/payment-result.service.js';
import { RefusedNoticeLog } from '../payment/refused-notice/refused-notice-log.js';
import { type NoticeRequest, type NoticeResult, noticeTextOf } from '../wechat/pay/notice-request.js';
import type { PaymentProvider } from '../wechat/pay/payment-provider.js';

/** Receives payment notices of any protocol. It records an event for each accepted notice and counts rejected ones. */
@Injectable()
export class PaymentNoticeReceiver {
  constructor(
    private readonly results: PaymentResultService,
    private readonly eventLog: OrderEventLog,
    private readonly refused: RefusedNoticeLog,
    private readonly metrics: NoticeMetrics,
  ) {}

  /**
   * Accepts a notice that is applied now or was before, or is about a failed payment.
   * @param provider of the address that received the notice.
   */
  async receive(provider: PaymentProvider, request: NoticeRequest): Promise<NoticeResult> {
    try {
      return await this.processNotice(provider, request);
    } catch (error) {
      this.metrics.noticeReceived('payment', 'ERROR');
      throw error;
    }
  }

  private async processNotice(provider: PaymentProvider, request: NoticeRequest): Promise<NoticeResult> {
    const notice = provider.readPaymentNotice(request);
    const raw = noticeTextOf(request);
    switch (notice.kind) {
      case 'paid': {
        const { paid, account } = notice;
        const text = notice.raw ?? raw;
        const outcome = await this.results.apply(paid, { type: 'NOTICE', by: 'notice', raw: text, account });
        const isNew = outcome === 'APPLIED' || outcome === 'LATE_OR_DUPLICATE';
        this.metrics.noticeReceived('payment', outcome, isNew ? paid.paidAt : null);
        return resultOf(outcome);
      }
      case 'failed':
        await this.eventLog.record({
          type: 'NOTICE',
          result: 'FAILED',
          data: { errorCode: notice.code },
          outTradeNo: notice.outTradeNo,
          raw,
        });
        this.metrics.noticeReceived('payment', 'FAILED');
        return { kind: 'accepted' };
      case 'refused':
        this.refused.record({ kind: 'payment', result: notice.refusal, outTradeNo: notice.outTradeNo, raw });
        this.metrics.noticeReceived('payment', notice.refusal);
        return { kind: 'refused', reason: notice.refusal };
    }
  }
}

function resultOf(outcome: ApplyPaymentOutcome): NoticeResult {
  switch (outcome) {
    case 'APPLIED':
    case 'LATE_OR_DUPLICATE':
    case 'REPEATED':
      return { kind: 'accepted' };
    case 'FOREIGN_MERCHANT':
    case 'PAYMENT_UNKNOWN':
    case 'AMOUNT_MISMATCH':
    case 'TRANSACTION_MISMATCH':
      return { kind: 'refused', reason: outcome };
  }
}
