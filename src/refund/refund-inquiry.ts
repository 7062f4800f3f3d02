import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work.js';
import { factsOfFailure } from '../payment/event-facts.js';
import { PaymentJournal } from '../payment/payment-journal.js';
import { requestOf } from '../payment/request-of.js';
import { type RefundResult, WechatPayGateway } from '../wechat/wechat-pay.gateway.js';
import { RefundResults } from './refund-results.js';
import type { Refund } from './refund.entity.js';

/** `KNOWN`: WeChat has it, and what it says is applied · `ABSENT`: it has no such refund · `UNKNOWN`: no usable answer. */
export type RefundInquiryAnswer = 'KNOWN' | 'ABSENT' | 'UNKNOWN';

/** What an answer is about; a refund that we have not heard of before has no order yet. */
export type RefundSubject = Pick<Refund, 'refundNo' | 'outTradeNo'> & { orderNo: string | null };

/** WeChat's own answer, not yet applied. */
export interface HeardRefund {
  result: RefundResult;
  raw: string;
}

/** Asks WeChat about a refund and applies the answer. */
@Injectable()
export class RefundInquiry {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly gateway: WechatPayGateway,
    private readonly journal: PaymentJournal,
    private readonly results: RefundResults,
  ) {}

  /** Safe to repeat. */
  async ask(refund: Refund): Promise<RefundInquiryAnswer> {
    const heard = await this.hear(refund);
    if (typeof heard === 'string') return heard;
    const verdict = await this.results.apply(heard.result, { type: 'REFUND_QUERY', raw: heard.raw });
    return verdict === 'APPLIED' || verdict === 'REPEATED' || verdict === 'PENDING' ? 'KNOWN' : 'UNKNOWN';
  }

  /**
   * Asks and applies nothing. An answer that cannot be applied is in the journal when this returns. Of a payment that is
   * not ours nobody is asked.
   */
  async hear({ refundNo, orderNo, outTradeNo }: RefundSubject): Promise<HeardRefund | 'ABSENT' | 'UNKNOWN'> {
    const paymentRequest = await requestOf(this.unitOfWork, outTradeNo);
    if (paymentRequest === null) return 'UNKNOWN';
    const outcome = await this.gateway.queryRefund(refundNo, paymentRequest);
    const facts = { refundNo, ...factsOfFailure(outcome) };
    const entry = { type: 'REFUND_QUERY' as const, orderNo, outTradeNo, facts, raw: outcome.raw };
    switch (outcome.kind) {
      case 'unknown':
        await this.journal.record({ ...entry, result: 'UNKNOWN' });
        return 'UNKNOWN';
      case 'refused':
        await this.journal.record({ ...entry, result: 'REFUSED' });
        return 'UNKNOWN';
      case 'done':
        break;
    }
    const answer = outcome.value;
    if (answer.state !== 'ABSENT') return { result: answer, raw: outcome.raw };
    await this.journal.record({ ...entry, result: 'ABSENT' });
    return 'ABSENT';
  }
}
