import { rateText, yuan } from '../../account/fees.js';
import { beijingTime } from '../../beijing-time.js';
import { WechatRefundStatus } from '../../book/wechat-refund.js';
import { BillStyle, BillTable, Column, escapeText, writeBill } from './bill-text.js';
import { TradeRow } from '../trade-row.js';

/** The trade bills that contain lines; others, such as `RECHARGE_REFUND`, have none. */
export const TRADE_BILL_TYPES = ['ALL', 'SUCCESS', 'REFUND'] as const;
export type TradeBillType = (typeof TRADE_BILL_TYPES)[number];

/** A column that the documents do not have. */
export interface ExtraColumn {
  readonly name: string;
  readonly value: string;
  /** The name of the column before it; undefined: it is the last one. */
  readonly after?: string | undefined;
}

export interface TradeBillInput {
  readonly type: TradeBillType;
  readonly mchId: string;
  readonly rows: readonly TradeRow[];
  readonly style: BillStyle;
  readonly extraColumns: readonly ExtraColumn[];
  /** Makes the line of totals wrong by this amount. */
  readonly totalsOffByFen: number;
}

const REFUND_STATES: Readonly<Record<WechatRefundStatus, string>> = {
  SUCCESS: 'SUCCESS',
  PROCESSING: 'PROCESSING',
  CHANGE: 'CHANGE',
  REFUNDCLOSE: 'FAIL',
};

/** The file of a day as text; undefined when the bill of this type has no lines. */
export function tradeBill(input: TradeBillInput): string | undefined {
  const rows = input.rows.filter(
    ({ type }) => input.type === 'ALL' || (type === 'PAYMENT') === (input.type === 'SUCCESS'),
  );
  if (rows.length === 0) return undefined;
  const columns = input.extraColumns.reduce(withColumn, columnsOf(input));
  const table: BillTable<TradeRow> = { columns, rows, totals: totalsOf(rows, input) };
  return writeBill(table, input.style);
}

function columnsOf({ type, mchId, style }: TradeBillInput): Column<TradeRow>[] {
  const isOlder = style.billColumns === 'older';
  const common: Column<TradeRow>[] = [
    { name: '交易时间', value: ({ at }) => beijingTime(at) },
    { name: '公众账号ID', value: ({ appid }) => appid },
    { name: '商户号', value: () => mchId },
    { name: '特约商户号', value: () => '0' },
    { name: '设备号', value: ({ deviceInfo, type: line }) => escapeText(deviceInfo, line, style) },
    { name: '微信订单号', value: ({ transactionId }) => transactionId },
    { name: '商户订单号', value: ({ outTradeNo }) => outTradeNo },
    { name: '用户标识', value: ({ openid }) => openid },
    { name: '交易类型', value: ({ tradeType }) => tradeType },
    { name: '交易状态', value: tradeStateOf },
    { name: '付款银行', value: ({ bankType }) => bankType },
    { name: '货币种类', value: () => 'CNY' },
    { name: isOlder ? '总金额' : '应结订单金额', value: (row) => yuan(row.type === 'PAYMENT' ? row.settledFen : 0) },
    { name: isOlder ? '企业红包金额' : '代金券金额', value: (row) => yuan(row.type === 'PAYMENT' ? row.couponFen : 0) },
  ];
  const texts: Column<TradeRow>[] = [
    { name: '商品名称', value: ({ description, type: line }) => escapeText(description, line, style) },
    { name: '商户数据包', value: ({ attach, type: line }) => escapeText(attach, line, style) },
    { name: '手续费', value: (row) => feeText(signedFeeFen(row)) },
    { name: '费率', value: ({ feeBasisPoints }) => rateText(feeBasisPoints) },
    { name: '订单金额', value: (row) => yuan(row.type === 'PAYMENT' ? row.totalFen : 0) },
  ];
  const asked: Column<TradeRow> = {
    name: '申请退款金额',
    value: (row) => yuan(row.type === 'REFUND' ? row.totalFen : 0),
  };
  const remark: Column<TradeRow> = { name: '费率备注', value: () => '' };
  if (type === 'SUCCESS') return [...common, ...texts, remark];
  return [...common, ...(type === 'REFUND' ? REFUND_TIMES : []), ...REFUND_COLUMNS, ...texts, asked, remark];
}

const REFUND_TIMES: readonly Column<TradeRow>[] = [
  { name: '退款申请时间', value: ({ at }) => beijingTime(at) },
  {
    name: '退款成功时间',
    value: (row) => (row.type === 'REFUND' && row.succeededAt !== undefined ? beijingTime(row.succeededAt) : ''),
  },
];

const REFUND_COLUMNS: readonly Column<TradeRow>[] = [
  { name: '微信退款单号', value: (row) => (row.type === 'REFUND' ? row.refundId : '0') },
  { name: '商户退款单号', value: (row) => (row.type === 'REFUND' ? row.outRefundNo : '0') },
  { name: '退款金额', value: (row) => yuan(row.type === 'REFUND' ? row.settledFen : 0) },
  { name: '充值券退款金额', value: (row) => yuan(row.type === 'REFUND' ? row.couponFen : 0) },
  { name: '退款类型', value: ({ type }) => (type === 'REFUND' ? 'ORIGINAL' : '') },
  { name: '退款状态', value: (row) => (row.type === 'REFUND' ? REFUND_STATES[row.status] : '') },
];

function tradeStateOf(row: TradeRow): string {
  if (row.type === 'REFUND') return 'REFUND';
  return row.isRevoked === true ? 'REVOKED' : 'SUCCESS';
}

function withColumn(columns: Column<TradeRow>[], { name, value, after }: ExtraColumn): Column<TradeRow>[] {
  const place = after === undefined ? -1 : columns.findIndex((column) => column.name === after);
  const at = place < 0 ? columns.length : place + 1;
  return [...columns.slice(0, at), { name, value: () => value }, ...columns.slice(at)];
}

function totalsOf(rows: readonly TradeRow[], { type, totalsOffByFen }: TradeBillInput): [string, string][] {
  const sum = (line: TradeRow['type'], fenOf: (row: TradeRow) => number): number =>
    rows.filter((row) => row.type === line).reduce((fen, row) => fen + fenOf(row), 0);
  const settled = yuan(sum('PAYMENT', ({ settledFen }) => settledFen) + totalsOffByFen);
  const fees = feeText(rows.reduce((fen, row) => fen + signedFeeFen(row), 0));
  const ordered = yuan(sum('PAYMENT', ({ totalFen }) => totalFen));
  const count = String(rows.length);
  if (type === 'SUCCESS') {
    return [
      ['总交易单数', count],
      ['应结订单总金额', settled],
      ['手续费总金额', fees],
      ['订单总金额', ordered],
    ];
  }
  return [
    ['总交易单数', count],
    ['应结订单总金额', settled],
    ['退款总金额', yuan(sum('REFUND', ({ settledFen }) => settledFen))],
    ['充值券退款总金额', yuan(sum('REFUND', ({ couponFen }) => couponFen))],
    ['手续费总金额', fees],
    ['订单总金额', ordered],
    ['申请退款总金额', yuan(sum('REFUND', ({ totalFen }) => totalFen))],
  ];
}

function signedFeeFen({ type, feeFen }: TradeRow): number {
  return type === 'PAYMENT' ? feeFen : -feeFen;
}

/** Fees have five decimals, although they are whole fen. */
function feeText(fen: number): string {
  return `${yuan(fen)}000`;
}
