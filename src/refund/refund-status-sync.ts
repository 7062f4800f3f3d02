import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work.js';
import { failureFactsOf } from '../payment/event-facts.js';
import { OrderEventLog } from '../payment/order-event-log.js';
import { findPaymentRequest } from '../payment/find-payment-request.js';
import { type RefundResult, WechatPayGateway } from '../wechat/wechat-pay.gateway.js';
import { RefundResultService } from './refund-result.service.js';
import type { Refund } from './refund.entity.js';

/** `KNOWN`: WeChat has it, and what it says is applied · `ABSENT`: it has no such refund · `UNKNOWN`: no usable answer. */
export type RefundSyncResult = 'KNOWN' | 'ABSENT' | 'UNKNOWN';

/** What an answer is about; a refund that we have not heard of before has no order yet. */
export type QueryRefundInput = Pick<Refund, 'refundNo' | 'outTradeNo'> & { orderNo: string | null };

/** WeChat's own answer, not yet applied. */
export interface RefundQueryResult {
  result: RefundResult;
  raw: string;
}

/** Asks WeChat about a refund and applies the answer. */
@Injectable()
export class RefundStatusSync {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly gateway: WechatPayGateway,
    private readonly eventLog: OrderEventLog,
    private readonly results: RefundResultService,
  ) {}

  /** Safe to repeat. */
  async syncWithWechat(refund: Refund): Promise<RefundSyncResult> {
    const heard = await this.queryWechat(refund);
    if (typeof heard === 'string') return heard;
    const verdict = await this.results.apply(heard.result, { type: 'REFUND_QUERY', raw: heard.raw });
    return verdict === 'APPLIED' || verdict === 'REPEATED' || verdict === 'PENDING' ? 'KNOWN' : 'UNKNOWN';
  }

  /**
   * Asks and applies nothing. An answer that cannot be applied is in the journal when this returns. Of a payment that is
   * not ours nobody is asked.
   */
  async queryWechat({
    refundNo,
    orderNo,
    outTradeNo,
  }: QueryRefundInput): Promise<RefundQueryResult | 'ABSENT' | 'UNKNOWN'> {
    const paymentRequest = await findPaymentRequest(this.unitOfWork, outTradeNo);
    if (paymentRequest === null) return 'UNKNOWN';
    const outcome = await this.gateway.queryRefund(refundNo, paymentRequest);
    const facts = { refundNo, ...failureFactsOf(outcome) };
    const entry = { type: 'REFUND_QUERY' as const, orderNo, outTradeNo, facts, raw: outcome.raw };
    switch (outcome.kind) {
      case 'unknown':
        await this.eventLog.record({ ...entry, result: 'UNKNOWN' });
        return 'UNKNOWN';
      case 'refused':
        await this.eventLog.record({ ...entry, result: 'REFUSED' });
        return 'UNKNOWN';
      case 'done':
        break;
    }
    const answer = outcome.value;
    if (answer.state !== 'ABSENT') return { result: answer, raw: outcome.raw };
    await this.eventLog.record({ ...entry, result: 'ABSENT' });
    return 'ABSENT';
  }
}
