import { type CsvCell, numberCell, textCell, yuanCell } from '../../common/csv.js';
import { toBeijingTime } from '../../common/time/beijing-time.js';
import type { BillEntry, BillEntryType } from '../entries/bill-entry.entity.js';
import { signOf } from '../entries/our-entry.js';

/** A day of a month without a complete bill. */
export interface IncompleteDay {
  date: string;
  reason: 'WAITING' | 'INCOMPLETE' | 'NO_STATEMENT' | 'NOT_OVER' | 'NO_BILL';
}

/** The order of an entry in our records. */
export interface ExportedOrder {
  orderNo: string;
  merchantOrderNo: string | null;
}

export const EXPORT_HEAD: readonly CsvCell[] = [
  '账单日 bill date',
  '时间 time (Beijing)',
  '类型 type',
  '订单号 orderNo',
  '商家订单号 merchantOrderNo',
  '商户单号 outTradeNo',
  '商户退款单号 outRefundNo',
  '微信支付单号 transactionId',
  '微信退款单号 refundId',
  '交易方式 trade type',
  '金额(元) amount',
  '结算金额(元) settled',
  '手续费(元) fee',
  '净额(元) net',
  '费率 rate',
].map((title) => textCell(title));

const TYPE_TEXTS: Readonly<Record<BillEntryType, string>> = {
  PAYMENT: '付款 payment',
  REFUND: '退款 refund',
  REVOKED: '撤销 revoked',
};

const REASON_TEXTS: Readonly<Record<IncompleteDay['reason'], string>> = {
  WAITING: '账单未到 no bill yet',
  INCOMPLETE: '账单不完整 incomplete bill',
  NO_STATEMENT: '微信无账单 no statement at WeChat',
  NOT_OVER: '日期未到 not over',
  NO_BILL: '未对账 not reconciled',
};

/** Amounts are what moves on the merchant account: refunds and the fees of payments are negative. */
export function exportLine(date: string, entry: BillEntry, order: ExportedOrder | undefined): readonly CsvCell[] {
  const { type, outTradeNo, number, transactionId, refundId, tradeType, amountFen, settledFen, feeFen, feeRate } =
    entry;
  const sign = signOf(entry);
  return [
    textCell(date),
    textCell(timeText(entry.at)),
    textCell(TYPE_TEXTS[type]),
    numberCell(order?.orderNo ?? ''),
    numberCell(order?.merchantOrderNo ?? ''),
    numberCell(outTradeNo),
    numberCell(type === 'REFUND' ? number : ''),
    numberCell(transactionId),
    numberCell(refundId),
    textCell(tradeType),
    yuanCell(sign * amountFen),
    yuanCell(sign * settledFen),
    yuanCell(-feeFen),
    yuanCell(sign * settledFen - (sign === 0 ? 0 : feeFen)),
    textCell(feeRate),
  ];
}

/** A line at the top for each day that is missing, so that the sums are not taken for those of the whole month. */
export function incompleteLine({ date, reason }: IncompleteDay): readonly CsvCell[] {
  return [textCell(date), textCell(''), textCell(`不完整 INCOMPLETE: ${REASON_TEXTS[reason]}`)];
}

/** `yyyy-MM-dd HH:mm:ss` in Beijing. */
function timeText(at: Date): string {
  const digits = toBeijingTime(at);
  const day = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`;
  return `${day} ${digits.slice(8, 10)}:${digits.slice(10, 12)}:${digits.slice(12, 14)}`;
}
