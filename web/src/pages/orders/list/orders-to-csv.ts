import { formatPlainYuan } from '../../../utils/money.js';
import { dayOf, fullTime } from '../../../utils/time.js';
import type { Translations } from '../../../i18n/zh.js';
import type { OrderRow } from './use-orders.js';

/**
 * A spreadsheet takes a cell that begins like this for a formula, even after blanks. A buyer's remark must not run on the
 * merchant's machine. Tested on the NFKC form, which turns full-width and small characters into ASCII.
 */
const FORMULA_START = /^[\s\u0000\u200B]*[=+\-@]|^[\t\r\n\0]/;

/** A program that splits lines without regard to quotes would start a new cell after each of these. */
const LINE_BREAKS = /[\r\n\v\f\u0085\u2028\u2029]+/g;

/** Excel reads a CSV file as UTF-8 only if it starts with this. */
const BYTE_ORDER_MARK = '\uFEFF';

/** Orders as CSV, with amounts in yuan and times in the browser's time zone. */
export function ordersToCsv(orders: readonly OrderRow[], { common, orders: t }: Translations): string {
  const head = [
    ...[t.orderNo, t.createdAt, t.paidAt, common.status, t.refundStatus],
    ...[t.payable, t.paid, t.refunded, t.items, t.remark, 'transactionId', t.merchantOrderNo],
  ];
  const rows = orders.map((order) => [
    ...[order.orderNo, fullTime(order.createdAt), order.paidAt === null ? '' : fullTime(order.paidAt)],
    ...[t.statuses[order.status], t.refundStatuses[order.refundStatus]],
    ...[order.payableFen, order.paidFen, order.refundedFen].map(formatPlainYuan),
    order.items.map(({ name, quantity }) => `${name} × ${quantity}`).join('; '),
    order.remark ?? '',
    asTextCell(order.transactionId ?? ''),
    merchantNumberCell(order.merchantOrderNo ?? ''),
  ]);
  return BYTE_ORDER_MARK + [head, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n') + '\r\n';
}

/** The name of the file, with the day in the browser's time zone. */
export function csvFileName(now: Date): string {
  return `orders-${dayOf(now)}.csv`;
}

/** A tab keeps WeChat's 28 digits as text. A spreadsheet would round a number to 15 digits. */
function asTextCell(digits: string): string {
  return digits === '' ? '' : `\t${digits}`;
}

/** Digits stay text. Any other number is checked like all texts, because it may begin like a formula. */
function merchantNumberCell(text: string): string {
  return /^\d+$/.test(text) ? asTextCell(text) : text;
}

function csvCell(text: string): string {
  const isOurTab = /^\t\d+$/.test(text);
  const oneLine = text.replaceAll('\0', '').replaceAll(LINE_BREAKS, ' ');
  const harmless = FORMULA_START.test(text.normalize('NFKC')) && !isOurTab ? `'${oneLine}` : oneLine;
  return `"${harmless.replaceAll('"', '""')}"`;
}
