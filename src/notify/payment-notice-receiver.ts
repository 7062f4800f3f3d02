import { Injectable } from '@nestjs/common';
import { Metrics } from '../common/metrics.js';
import { OrderEventLog } from '../payment/order-event-log.js';
import { type ApplyPaymentOutcome, PaymentResultService } from '../payment/payment-result.service.js';
import { RefusedNoticeLog } from '../payment/refused-notice-log.js';
import type { IncomingNotice, PaymentNoticeReader } from '../wechat/wechat-notice.reader.js';
import { replaceNul } from './replace-nul.js';

/** Receives payment notices of any protocol. It records an event for each accepted notice and counts refused ones. */
@Injectable()
export class PaymentNoticeReceiver {
  constructor(
    private readonly results: PaymentResultService,
    private readonly eventLog: OrderEventLog,
    private readonly refused: RefusedNoticeLog,
    private readonly metrics: Metrics,
  ) {}

  /**
   * @param reader for the protocol of the endpoint that received the notice.
   * @returns null when the notice may be acknowledged: applied now or before, or about a failed payment. Otherwise a short
   * reason for WeChat, which will send the notice again.
   */
  async receive(call: IncomingNotice, reader: PaymentNoticeReader): Promise<string | null> {
    try {
      return await this.process(call, reader);
    } catch (error) {
      this.metrics.noticeReceived('payment', 'ERROR');
      throw error;
    }
  }

  private async process(call: IncomingNotice, reader: PaymentNoticeReader): Promise<string | null> {
    const notice = reader.readPayment(call);
    const raw = call.query === '' ? replaceNul(call.bytes) : `${call.query}\n${replaceNul(call.bytes)}`;
    switch (notice.kind) {
      case 'paid': {
        const { paid, channel } = notice;
        const outcome = await this.results.apply(paid, { type: 'NOTICE', by: 'notice', raw, channel });
        const isNew = outcome === 'APPLIED' || outcome === 'LATE_OR_DUPLICATE';
        this.metrics.noticeReceived('payment', outcome, isNew ? paid.paidAt : null);
        return failReasonOf(outcome);
      }
      case 'failed':
        await this.eventLog.record({
          type: 'NOTICE',
          result: 'FAILED',
          facts: { errorCode: notice.code },
          outTradeNo: notice.outTradeNo,
          raw,
        });
        this.metrics.noticeReceived('payment', 'FAILED');
        return null;
      case 'refused':
        this.refused.record({ kind: 'payment', result: notice.refusal, outTradeNo: notice.outTradeNo, raw });
        this.metrics.noticeReceived('payment', notice.refusal);
        return notice.refusal;
    }
  }
}

function failReasonOf(outcome: ApplyPaymentOutcome): string | null {
  switch (outcome) {
    case 'APPLIED':
    case 'LATE_OR_DUPLICATE':
    case 'REPEATED':
      return null;
    case 'FOREIGN_MERCHANT':
    case 'PAYMENT_UNKNOWN':
    case 'AMOUNT_MISMATCH':
    case 'TRANSACTION_MISMATCH':
      return outcome;
  }
}
