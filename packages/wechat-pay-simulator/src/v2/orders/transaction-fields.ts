import { beijingStamp } from '../../beijing-time.js';
import { settlementFen, Transaction, WechatOrder } from '../../book/wechat-order.js';

/** The elements that orderquery and the notice have in common for a paid order, without state and envelope. */
export function transactionFields(order: WechatOrder, transaction: Transaction): [name: string, value: string][] {
  const { deviceInfo, attach } = order;
  const echoed = Object.entries({ device_info: deviceInfo, attach }).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
  return [
    ['openid', transaction.openid],
    ['is_subscribe', 'N'],
    ['trade_type', order.tradeType],
    ['bank_type', transaction.bankType],
    ['total_fee', String(transaction.totalFen)],
    ['fee_type', 'CNY'],
    ['cash_fee', String(transaction.cashFen)],
    ...couponFields(transaction),
    ['transaction_id', transaction.transactionId],
    ['out_trade_no', order.outTradeNo],
    ...echoed,
    ['time_end', beijingStamp(transaction.paidAt)],
  ];
}

function couponFields(transaction: Transaction): [name: string, value: string][] {
  const { coupons } = transaction;
  if (coupons.length === 0) return [];
  const sumFen = coupons.reduce((total, { feeFen }) => total + feeFen, 0);
  const each = coupons.flatMap(({ type, id, feeFen }, n): [string, string][] => [
    [`coupon_type_${n}`, type],
    [`coupon_id_${n}`, id],
    [`coupon_fee_${n}`, String(feeFen)],
  ]);
  return [
    ...settlementTotal(transaction),
    ['coupon_fee', String(sumFen)],
    ['coupon_count', String(coupons.length)],
    ...each,
  ];
}

/** `settlement_total_fee` is present only when recharge-free coupons reduce what the merchant receives. */
export function settlementTotal(transaction: Transaction): [name: string, value: string][] {
  const fen = settlementFen(transaction);
  return fen === transaction.totalFen ? [] : [['settlement_total_fee', String(fen)]];
}
