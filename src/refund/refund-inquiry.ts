import { Injectable } from '@nestjs/common';
import { PaymentJournal } from '../payment/payment-journal.js';
import { WechatPayGateway } from '../wechat/wechat-pay.gateway.js';
import { RefundResults } from './refund-results.js';
import type { Refund } from './refund.entity.js';

/** `KNOWN`: WeChat has it, and what it says is applied · `ABSENT`: it has no such refund · `UNKNOWN`: no usable answer. */
export type RefundInquiryAnswer = 'KNOWN' | 'ABSENT' | 'UNKNOWN';

/** Asks WeChat about a refund and applies the answer. */
@Injectable()
export class RefundInquiry {
  constructor(
    private readonly gateway: WechatPayGateway,
    private readonly journal: PaymentJournal,
    private readonly results: RefundResults,
  ) {}

  /** Safe to repeat. */
  async ask({ refundNo, orderNo, outTradeNo }: Refund): Promise<RefundInquiryAnswer> {
    const outcome = await this.gateway.queryRefund(refundNo);
    const entry = { type: 'REFUND_QUERY' as const, orderNo, outTradeNo, raw: outcome.raw };
    switch (outcome.kind) {
      case 'unknown':
        await this.journal.record({ ...entry, result: 'UNKNOWN', detail: `${refundNo}: ${outcome.reason}` });
        return 'UNKNOWN';
      case 'refused': {
        const detail = `${refundNo}: ${outcome.code} ${outcome.message}`;
        await this.journal.record({ ...entry, result: 'REFUSED', detail });
        return 'UNKNOWN';
      }
      case 'done':
        break;
    }
    const answer = outcome.value;
    if (answer.state === 'ABSENT') {
      await this.journal.record({ ...entry, result: 'ABSENT', detail: refundNo });
      return 'ABSENT';
    }
    const verdict = await this.results.apply(answer, { type: 'REFUND_QUERY', raw: outcome.raw });
    return verdict === 'APPLIED' || verdict === 'REPEATED' || verdict === 'PENDING' ? 'KNOWN' : 'UNKNOWN';
  }
}
