import type { RefundResult } from '../wechat/wechat-pay.gateway.js';
import type { RefundResultSource } from './refund-result.service.js';
import type { Refund } from './refund.entity.js';

/** True when the numbers and amounts in WeChat's result match our refund. Checked before a result is applied. */
export function isSameRefund(refund: Refund, result: RefundResult, said: RefundResultSource): boolean {
  return (
    refund.amountFen === result.refundFen &&
    refund.outTradeNo === result.outTradeNo &&
    (refund.wechatRefundId ?? result.wechatRefundId) === result.wechatRefundId &&
    (said.transactionId ?? refund.transactionId) === refund.transactionId &&
    (said.paidFen ?? refund.paidFen) === refund.paidFen
  );
}
