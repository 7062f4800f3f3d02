import type { RefundResult } from '../wechat/wechat-pay.gateway.js';
import type { RefundResultSource } from './refund-result.service.js';
import type { Refund } from './refund.entity.js';

/** True when the numbers and amounts in WeChat's result match our refund. Checked before a result is applied. */
export function isSameRefund(refund: Refund, result: RefundResult, source: RefundResultSource): boolean {
  return (
    refund.amountFen === result.refundFen &&
    refund.outTradeNo === result.outTradeNo &&
    (refund.wechatRefundId ?? result.wechatRefundId) === result.wechatRefundId &&
    (source.transactionId ?? refund.transactionId) === refund.transactionId &&
    (source.paidFen ?? refund.paidFen) === refund.paidFen
  );
}
