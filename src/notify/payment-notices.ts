import { Injectable, Logger } from '@nestjs/common';
import { Metrics } from '../common/metrics.js';
import { PaymentJournal } from '../payment/payment-journal.js';
import { type PaidVerdict, PaymentResults } from '../payment/payment-results.js';
import { WechatNotices } from '../wechat/wechat-notices.js';
import { printable, UNBELIEVED_LIMIT } from './notice-text.js';

/** Takes WeChat's payment notices in. Every one leaves an event, good or bad. */
@Injectable()
export class PaymentNotices {
  private readonly log = new Logger(PaymentNotices.name);

  constructor(
    private readonly wechat: WechatNotices,
    private readonly results: PaymentResults,
    private readonly journal: PaymentJournal,
    private readonly metrics: Metrics,
  ) {}

  /**
   * @returns null when the notice may be acknowledged: applied now, or before, or told of no payment. Otherwise a short
   * word for WeChat, which will send it again.
   */
  async receive(bytes: Buffer, isCut: boolean): Promise<string | null> {
    try {
      return await this.take(bytes, isCut);
    } catch (error) {
      this.metrics.notice('payment', 'ERROR');
      throw error;
    }
  }

  private async take(bytes: Buffer, isCut: boolean): Promise<string | null> {
    const notice = this.wechat.readPayment(bytes, isCut);
    const raw = printable(bytes);
    switch (notice.kind) {
      case 'paid': {
        const verdict = await this.results.apply(notice.paid, { type: 'NOTICE', by: 'notice', raw });
        const isNews = verdict === 'APPLIED' || verdict === 'OWED_BACK';
        this.metrics.notice('payment', verdict, isNews ? notice.paid.paidAt : null);
        return refusalOf(verdict);
      }
      case 'failed':
        await this.journal.record({
          type: 'NOTICE',
          result: 'FAILED',
          detail: notice.code,
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
    case 'PAYMENT_UNKNOWN':
    case 'AMOUNT_MISMATCH':
    case 'TRANSACTION_MISMATCH':
      return verdict;
  }
}
