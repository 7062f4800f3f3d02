import type { RefundResult } from '../wechat/wechat-pay.gateway.js';
import type { RefundResultSource } from './refund-result.service.js';
import type { Refund } from './refund.entity.js';

/** Whether WeChat's result is about this refund: its numbers are compared with ours before anything moves. */
export function isSameRefund(refund: Refund, result: RefundResult, said: RefundResultSource): boolean {
  return (
    refund.amountFen === result.refundFen &&
    refund.outTradeNo === result.outTradeNo &&
    (refund.wechatRefundId ?? result.wechatRefundId) === result.wechatRefundId &&
    (said.transactionId ?? refund.transactionId) === refund.transactionId &&
    (said.paidFen ?? refund.paidFen) === refund.paidFen
  );
}
