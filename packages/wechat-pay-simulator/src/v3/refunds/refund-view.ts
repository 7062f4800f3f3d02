import { rfc3339 } from '../../beijing-time.js';
import { settlementFen } from '../../book/wechat-order.js';
import { FinalRefundStatus, receiverOf, WechatRefund, WechatRefundStatus } from '../../book/wechat-refund.js';
import { couponType } from '../orders/transaction-view.js';
import { JsonObject } from '../v3-call.js';

/** The store has v2's words. */
const STATUSES: Readonly<Record<WechatRefundStatus, string>> = {
  PROCESSING: 'PROCESSING',
  SUCCESS: 'SUCCESS',
  CHANGE: 'ABNORMAL',
  REFUNDCLOSE: 'CLOSED',
};

/** `SUCCESS`, `ABNORMAL`, `CLOSED` or `PROCESSING`. */
export function v3StatusOf(status: WechatRefundStatus): string {
  return STATUSES[status];
}

/** The answer of all refund calls, regardless of the protocol that requested the refund. Source: WeChat Pay v3, refunds, answer. */
export function refundView(refund: WechatRefund): JsonObject {
  const { transaction, order } = refund;
  const doneAt = refund.status === 'SUCCESS' ? refund.endedAt : undefined;
  return {
    amount: {
      currency: 'CNY',
      discount_refund: refund.refundFen - refund.cashFen,
      from: [],
      payer_refund: refund.cashFen,
      payer_total: transaction.cashFen,
      refund: refund.refundFen,
      settlement_refund: refund.settlementFen,
      settlement_total: settlementFen(transaction),
      total: transaction.totalFen,
    },
    channel: refund.channel ?? 'ORIGINAL',
    create_time: rfc3339(refund.acceptedAt),
    funds_account: refund.account === 'REFUND_SOURCE_UNSETTLED_FUNDS' ? 'UNSETTLED' : 'AVAILABLE',
    out_refund_no: refund.outRefundNo,
    out_trade_no: order.outTradeNo,
    promotion_detail: refund.coupons.map(({ id, type, feeFen }) => ({
      promotion_id: id,
      scope: 'GLOBAL',
      type: couponType(type),
      amount: transaction.coupons.find((coupon) => coupon.id === id)?.feeFen ?? feeFen,
      refund_amount: feeFen,
    })),
    refund_id: refund.refundId,
    status: v3StatusOf(refund.status),
    ...(doneAt !== undefined && { success_time: rfc3339(doneAt) }),
    transaction_id: transaction.transactionId,
    user_received_account: accountOf(refund, refund.status),
  };
}

/** The plaintext of a refund notice. Source: WeChat Pay v3, refund notification. */
export function refundNoticeView(
  refund: WechatRefund,
  status: FinalRefundStatus,
  endedAt: Date,
  mchid: string,
): JsonObject {
  const { transaction } = refund;
  return {
    mchid,
    out_trade_no: refund.order.outTradeNo,
    transaction_id: transaction.transactionId,
    out_refund_no: refund.outRefundNo,
    refund_id: refund.refundId,
    refund_status: v3StatusOf(status),
    ...(status === 'SUCCESS' && { success_time: rfc3339(endedAt) }),
    user_received_account: accountOf(refund, status),
    amount: {
      total: transaction.totalFen,
      refund: refund.refundFen,
      payer_total: transaction.cashFen,
      payer_refund: refund.cashFen,
    },
  };
}

function accountOf(refund: WechatRefund, status: WechatRefundStatus): string {
  return receiverOf(refund, status).replace('支付用户的零钱', '支付用户零钱');
}
