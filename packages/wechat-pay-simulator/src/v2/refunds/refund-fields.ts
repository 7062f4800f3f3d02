import { beijingTime } from '../../beijing-time.js';
import { settlementTotal } from '../orders/transaction-fields.js';
import { unsettledFen, WechatOrder } from '../../book/wechat-order.js';
import { receiverOf, WechatRefund } from '../../book/wechat-refund.js';

type ElementList = (readonly [name: string, value: string])[];

/** The elements of the `refund` response, at the first request and at each repetition. */
export function acceptedFields({ order, transaction, ...refund }: WechatRefund): ElementList {
  const couponFen = refund.refundFen - refund.cashFen;
  return [
    ['transaction_id', transaction.transactionId],
    ['out_trade_no', order.outTradeNo],
    ['out_refund_no', refund.outRefundNo],
    ['refund_id', refund.refundId],
    ['refund_channel', ''],
    ['refund_fee', String(refund.refundFen)],
    ...settlementRefund(refund, ''),
    ['coupon_refund_fee', String(couponFen)],
    ['total_fee', String(transaction.totalFen)],
    ...settlementTotal(transaction),
    ['cash_fee', String(transaction.cashFen)],
    ['coupon_refund_count', String(refund.coupons.length)],
    ...refund.coupons.flatMap(({ type, id, feeFen }, n): ElementList => [
      [`coupon_type_${n}`, type],
      [`coupon_refund_id_${n}`, id],
      [`coupon_refund_fee_${n}`, String(feeFen)],
    ]),
    ['cash_refund_fee', String(refund.cashFen)],
  ];
}

/** The elements of the refundquery response for these refunds of one order. */
export function queriedFields(order: WechatOrder, page: readonly WechatRefund[]): ElementList {
  const { transaction } = order;
  if (transaction === undefined) return [];
  const refundFen = page.reduce((sum, refund) => sum + refund.refundFen, 0);
  return [
    ['transaction_id', transaction.transactionId],
    ['out_trade_no', order.outTradeNo],
    ['total_fee', String(transaction.totalFen)],
    ...settlementTotal(transaction),
    ['cash_fee', String(transaction.cashFen)],
    ['refund_count', String(page.length)],
    ['refund_fee', String(refundFen)],
    ...page.flatMap(refundAt),
  ];
}

function refundAt(refund: WechatRefund, n: number): ElementList {
  const doneAt = refund.status === 'SUCCESS' ? refund.endedAt : undefined;
  return [
    [`out_refund_no_${n}`, refund.outRefundNo],
    [`refund_id_${n}`, refund.refundId],
    [`refund_channel_${n}`, 'ORIGINAL'],
    [`refund_fee_${n}`, String(refund.refundFen)],
    ...settlementRefund(refund, `_${n}`),
    ...couponsAt(refund, n),
    [`refund_status_${n}`, refund.status],
    [`refund_account_${n}`, refund.account],
    [`refund_recv_accout_${n}`, receiverOf(refund, refund.status)],
    ...(doneAt === undefined ? [] : ([[`refund_success_time_${n}`, beijingTime(doneAt)]] as ElementList)),
  ];
}

function couponsAt({ coupons, refundFen, cashFen }: WechatRefund, n: number): ElementList {
  if (coupons.length === 0) return [];
  return [
    [`coupon_refund_fee_${n}`, String(refundFen - cashFen)],
    [`coupon_refund_count_${n}`, String(coupons.length)],
    ...coupons.flatMap(({ type, id, feeFen }, m): ElementList => [
      [`coupon_type_${n}_${m}`, type],
      [`coupon_refund_id_${n}_${m}`, id],
      [`coupon_refund_fee_${n}_${m}`, String(feeFen)],
    ]),
  ];
}

/** Present only when recharge-free coupons make the amount differ from the refund. */
function settlementRefund(
  { coupons, settlementFen }: Pick<WechatRefund, 'coupons' | 'settlementFen'>,
  suffix: string,
): ElementList {
  return unsettledFen(coupons) === 0 ? [] : [[`settlement_refund_fee${suffix}`, String(settlementFen)]];
}
