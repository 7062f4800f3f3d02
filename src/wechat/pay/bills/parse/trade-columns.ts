import type { TradeEntry } from '../bill-entries.js';
import { FEN_DECIMALS, MICRO_FEN_DECIMALS } from './decimals.js';

/**
 * The columns of a trade bill by their names, the newer name first. Bills of 2014, which a few merchants still get, have
 * other names and fewer columns. Source: docs/wechat-protocol.md, v2 §9.2 and v3 §6.1.
 */
export const TRADE_COLUMNS = {
  at: ['交易时间'],
  appId: ['公众账号ID'],
  mchId: ['商户号'],
  transactionId: ['微信订单号'],
  outTradeNo: ['商户订单号'],
  openid: ['用户标识'],
  tradeType: ['交易类型'],
  state: ['交易状态'],
  currency: ['货币种类'],
  settled: ['应结订单金额', '总金额'],
  coupon: ['代金券金额', '代金券或立减优惠金额', '企业红包金额'],
  refundId: ['微信退款单号'],
  outRefundNo: ['商户退款单号'],
  refund: ['退款金额'],
  refundCoupon: ['充值券退款金额', '代金券或立减优惠退款金额', '企业红包退款金额'],
  refundState: ['退款状态'],
  fee: ['手续费'],
  feeRate: ['费率'],
  order: ['订单金额'],
  refundAsked: ['申请退款金额'],
} as const satisfies Record<string, readonly string[]>;
export type TradeColumn = keyof typeof TRADE_COLUMNS;

/** Columns that are known and not used, so that they are not among the unknown ones. */
export const UNUSED_TRADE_COLUMNS: readonly string[] = [
  ...['特约商户号', '子商户号', '设备号', '付款银行', '退款类型', '商品名称', '商户数据包', '费率备注'],
  ...['退款申请时间', '退款成功时间'],
];

/** Without them no row can be identified. */
export const REQUIRED_TRADE_COLUMNS: readonly TradeColumn[] = ['at', 'transactionId', 'outTradeNo', 'state'];

/** The columns of amounts, and the names of their totals. A bill has no total of the coupons of payments. */
export const TRADE_AMOUNTS = [
  { column: 'settled', totals: ['应结订单总金额', '总交易额'], decimals: FEN_DECIMALS },
  { column: 'coupon', totals: [], decimals: FEN_DECIMALS },
  { column: 'refund', totals: ['退款总金额', '总退款金额'], decimals: FEN_DECIMALS },
  {
    column: 'refundCoupon',
    totals: ['充值券退款总金额', '总代金券或立减优惠退款金额', '总企业红包退款金额'],
    decimals: FEN_DECIMALS,
  },
  { column: 'fee', totals: ['手续费总金额'], decimals: MICRO_FEN_DECIMALS },
  { column: 'order', totals: ['订单总金额'], decimals: FEN_DECIMALS },
  { column: 'refundAsked', totals: ['申请退款总金额'], decimals: FEN_DECIMALS },
] as const;
export type TradeAmount = (typeof TRADE_AMOUNTS)[number]['column'];

export const TRADE_LAYOUT = { totalsColumn: '总交易单数', freeText: '商品名称' };

export const TRADE_TYPES_BY_STATE: Readonly<Record<string, TradeEntry['type']>> = {
  SUCCESS: 'PAYMENT',
  REFUND: 'REFUND',
  REVOKED: 'REVOKED',
};

export const REFUND_STATES: Readonly<Record<string, NonNullable<TradeEntry['refundState']>>> = {
  SUCCESS: 'SUCCEEDED',
  PROCESSING: 'PROCESSING',
  FAIL: 'FAILED',
  CHANGE: 'ABNORMAL',
};

/** The position of each column, -1 for one that the file does not have. */
export function findColumns<Column extends string>(
  names: Readonly<Record<Column, readonly string[]>>,
  columns: readonly string[],
): Readonly<Record<Column, number>> {
  const found = {} as Record<Column, number>;
  for (const column of Object.keys(names) as Column[])
    found[column] = columns.findIndex((name) => names[column].includes(name));
  return found;
}
