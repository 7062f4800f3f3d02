import { rfc3339 } from '../../beijing-time.js';
import { Transaction, UsedCoupon, visibleState, WechatOrder } from '../../book/wechat-order.js';
import { JsonObject } from '../v3-call.js';

/** The states of v3. The others belong to payment codes, so such an order counts as unpaid. */
const DESCRIPTIONS = {
  NOTPAY: '订单未支付',
  SUCCESS: '支付成功',
  REFUND: '订单发生过退款，退款详情请查询退款单',
  CLOSED: '订单已关闭',
} as const;

/**
 * The answer of a query, regardless of the protocol that created the order. Source: WeChat Pay v3, answer of a query.
 * @param isVaried adds the optional parts of an unpaid order, as in logged answers
 */
export function transactionView(order: WechatOrder, mchid: string, now: Date, isVaried: boolean): JsonObject {
  const visible = visibleState(order, now);
  const state = visible === 'USERPAYING' || visible === 'PAYERROR' ? 'NOTPAY' : visible;
  const common = {
    appid: order.appid,
    mchid,
    out_trade_no: order.outTradeNo,
    trade_state: state,
    trade_state_desc: DESCRIPTIONS[state],
  };
  const { transaction } = order;
  if ((state === 'SUCCESS' || state === 'REFUND') && transaction !== undefined) {
    return { ...common, ...paidFields(order, transaction) };
  }
  const amount = { payer_currency: 'CNY', total: order.totalFen };
  return {
    ...common,
    amount,
    ...(isVaried && { promotion_detail: [], scene_info: { device_id: order.deviceInfo ?? '' } }),
  };
}

/** The plaintext of a payment notice. */
export function noticeView(order: WechatOrder, transaction: Transaction, mchid: string): JsonObject {
  return {
    mchid,
    appid: order.appid,
    out_trade_no: order.outTradeNo,
    trade_state: 'SUCCESS',
    trade_state_desc: DESCRIPTIONS.SUCCESS,
    ...paidFields(order, transaction),
  };
}

function paidFields(order: WechatOrder, transaction: Transaction): JsonObject {
  const { deviceInfo } = order;
  return {
    transaction_id: transaction.transactionId,
    trade_type: order.tradeType,
    bank_type: transaction.bankType,
    attach: order.attach ?? '',
    success_time: rfc3339(transaction.paidAt),
    payer: { openid: transaction.openid },
    amount: {
      total: transaction.totalFen,
      payer_total: transaction.cashFen,
      currency: 'CNY',
      payer_currency: 'CNY',
    },
    ...(deviceInfo !== undefined && { scene_info: { device_id: deviceInfo } }),
    ...(transaction.coupons.length > 0 && { promotion_detail: transaction.coupons.map(promotionView) }),
  };
}

function promotionView({ id, type, feeFen }: UsedCoupon): JsonObject {
  return {
    coupon_id: id,
    name: '满减券',
    scope: 'GLOBAL',
    type: couponType(type),
    amount: feeFen,
    stock_id: `93${id.slice(-4)}`,
    wechatpay_contribute: type === 'CASH' ? 0 : feeFen,
    merchant_contribute: type === 'CASH' ? feeFen : 0,
    other_contribute: 0,
    currency: 'CNY',
  };
}

/** v3 writes `NO_CASH` without the underscore. */
export function couponType(type: UsedCoupon['type']): 'CASH' | 'NOCASH' {
  return type === 'CASH' ? 'CASH' : 'NOCASH';
}
