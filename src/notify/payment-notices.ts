import { Injectable } from '@nestjs/common';
import { Metrics } from '../common/metrics.js';
import { PaymentJournal } from '../payment/payment-journal.js';
import { type PaidVerdict, PaymentResults } from '../payment/payment-results.js';
import { RefusedNotices } from '../payment/refused-notices.js';
import type { NoticeCall, PaymentNoticeReader } from '../wechat/wechat-notices.js';
import { printable } from './notice-text.js';

/** Takes WeChat's payment notices in, whichever protocol they are of. What is believed leaves an event, what is refused is counted. */
@Injectable()
export class PaymentNotices {
  constructor(
    private readonly results: PaymentResults,
    private readonly journal: PaymentJournal,
    private readonly refused: RefusedNotices,
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
        this.refused.record({ kind: 'payment', result: notice.refusal, outTradeNo: notice.outTradeNo, raw });
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
