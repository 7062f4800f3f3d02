import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work.js';
import { failureFactsOf } from '../payment/order-event-types.js';
import { OrderEventLog } from '../payment/order-event-log.js';
import { findStoredPrepayRequest } from '../payment/find-stored-prepay-request.js';
import { type RefundResult, WechatPayGateway } from '../wechat/wechat-pay.gateway.js';
import { RefundResultService } from './refund-result.service.js';
import type { Refund } from './refund.entity.js';

/** `KNOWN`: WeChat knows the refund and its state is applied · `ABSENT`: no such refund · `UNKNOWN`: no usable answer. */
export type RefundSyncResult = 'KNOWN' | 'ABSENT' | 'UNKNOWN';

/** The refund to query. `orderNo` is null for a refund that is not in our database yet. */
export type QueryRefundInput = Pick<Refund, 'refundNo' | 'outTradeNo'> & { orderNo: string | null };

/** WeChat's answer, not applied yet. */
export interface RefundQueryResult {
  result: RefundResult;
  raw: string;
}

/** Queries WeChat for a refund and applies the answer. */
@Injectable()
export class RefundStatusSync {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly gateway: WechatPayGateway,
    private readonly eventLog: OrderEventLog,
    private readonly results: RefundResultService,
  ) {}

  /** May be repeated. */
  async syncWithWechat(refund: Refund): Promise<RefundSyncResult> {
    const queried = await this.queryWechat(refund);
    if (typeof queried === 'string') return queried;
    const outcome = await this.results.apply(queried.result, { type: 'REFUND_QUERY', raw: queried.raw });
    return outcome === 'APPLIED' || outcome === 'REPEATED' || outcome === 'PENDING' ? 'KNOWN' : 'UNKNOWN';
  }

  /**
   * Queries WeChat without applying the answer. An answer that cannot be applied is recorded in the event log. UNKNOWN
   * without a query if the payment does not belong to this shop.
   */
  async queryWechat({
    refundNo,
    orderNo,
    outTradeNo,
  }: QueryRefundInput): Promise<RefundQueryResult | 'ABSENT' | 'UNKNOWN'> {
    const paymentRequest = await findStoredPrepayRequest(this.unitOfWork, outTradeNo);
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
