import { Injectable, Logger } from '@nestjs/common';
import { Metrics } from '../common/metrics.js';
import { PaymentJournal } from '../payment/payment-journal.js';
import { type PaidVerdict, PaymentResults } from '../payment/payment-results.js';
import type { NoticeCall, PaymentNoticeReader } from '../wechat/wechat-notices.js';
import { printable, UNBELIEVED_LIMIT } from './notice-text.js';

/** Takes WeChat's payment notices in, whichever protocol they are of. Every one leaves an event, good or bad. */
@Injectable()
export class PaymentNotices {
  private readonly log = new Logger(PaymentNotices.name);

  constructor(
    private readonly results: PaymentResults,
    private readonly journal: PaymentJournal,
    private readonly metrics: Metrics,
  ) {}

  /**
   * @param reader of the protocol whose door it came in by.
   * @returns null when the notice may be acknowledged: applied now, or before, or told of no payment. Otherwise a short
   * word for WeChat, which will send it again.
   */
  async receive(call: NoticeCall, reader: PaymentNoticeReader): Promise<string | null> {
    try {
      return await this.take(call, reader);
    } catch (error) {
      this.metrics.notice('payment', 'ERROR');
      throw error;
    }
  }

  private async take(call: NoticeCall, reader: PaymentNoticeReader): Promise<string | null> {
    const notice = reader.readPayment(call);
    const raw = call.query === '' ? printable(call.bytes) : `${call.query}\n${printable(call.bytes)}`;
    switch (notice.kind) {
      case 'paid': {
        const { paid, origin } = notice;
        const verdict = await this.results.apply(paid, { type: 'NOTICE', by: 'notice', raw, origin });
        const isNews = verdict === 'APPLIED' || verdict === 'OWED_BACK';
        this.metrics.notice('payment', verdict, isNews ? paid.paidAt : null);
        return refusalOf(verdict);
      }
      case 'failed':
        await this.journal.record({
          type: 'NOTICE',
          result: 'FAILED',
          facts: { errorCode: notice.code },
          outTradeNo: notice.outTradeNo,
          raw,
        });
        this.metrics.notice('payment', 'FAILED');
        return null;
      case 'refused':
        this.log.warn(`A payment notice is not believed: ${notice.refusal}`);
        await this.journal.record({
          type: 'NOTICE',
          result: notice.refusal,
          outTradeNo: notice.outTradeNo,
          raw: raw.slice(0, UNBELIEVED_LIMIT),
        });
        this.metrics.notice('payment', notice.refusal);
        return notice.refusal;
    }
  }
}

function refusalOf(verdict: PaidVerdict): string | null {
  switch (verdict) {
    case 'APPLIED':
    case 'OWED_BACK':
    case 'REPEATED':
      return null;
    case 'FOREIGN_MERCHANT':
    case 'PAYMENT_UNKNOWN':
    case 'AMOUNT_MISMATCH':
    case 'TRANSACTION_MISMATCH':
      return verdict;
  }
}
