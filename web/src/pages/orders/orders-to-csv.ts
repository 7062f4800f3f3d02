import { formatPlainYuan } from '../../utils/money.js';
import { dayOf, fullTime } from '../../utils/time.js';
import type { Translations } from '../../i18n/zh.js';
import type { OrderRow } from './use-orders.js';

/**
 * A cell that begins so is a formula to a spreadsheet, blanks before it or not: a buyer's remark must not run on the merchant's
 * machine. Tested on the NFKC form, which makes ASCII of full-width and small signs.
 */
const FORMULA_START = /^[\s\u0000\u200B]*[=+\-@]|^[\t\r\n\0]/;

/** A program that splits lines without regard to quotes would begin a cell behind each of these. */
const LINE_BREAKS = /[\r\n\v\f\u0085\u2028\u2029]+/g;

/** Excel takes a file for UTF-8 only with this before it. */
const BYTE_ORDER_MARK = '\uFEFF';

/** The orders as a spreadsheet reads them: amounts in yuan, times in the zone of this browser. */
export function ordersToCsv(orders: readonly OrderRow[], { common, orders: words }: Translations): string {
  const head = [
    ...[words.orderNo, words.createdAt, words.paidAt, common.status, words.refundStatus],
    ...[words.payable, words.paid, words.refunded, words.items, words.remark, 'transactionId'],
  ];
  const rows = orders.map((order) => [
    ...[order.orderNo, fullTime(order.createdAt), order.paidAt === null ? '' : fullTime(order.paidAt)],
    ...[words.statuses[order.status], words.refundStatuses[order.refundStatus]],
    ...[order.payableFen, order.paidFen, order.refundedFen].map(formatPlainYuan),
    order.items.map(({ name, quantity }) => `${name} × ${quantity}`).join('; '),
    order.remark ?? '',
    asTextCell(order.transactionId ?? ''),
  ]);
  return BYTE_ORDER_MARK + [head, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n') + '\r\n';
}

/** What a file made at this moment is called, by the day in the zone of this browser. */
export function csvFileName(now: Date): string {
  return `orders-${dayOf(now)}.csv`;
}

/** WeChat's numbers have 28 digits, of which a spreadsheet would keep 15. */
function asTextCell(digits: string): string {
  return digits === '' ? '' : `\t${digits}`;
}

function csvCell(text: string): string {
  const isOurTab = /^\t\d+$/.test(text);
  const oneLine = text.replaceAll('\0', '').replaceAll(LINE_BREAKS, ' ');
  const harmless = FORMULA_START.test(text.normalize('NFKC')) && !isOurTab ? `'${oneLine}` : oneLine;
  return `"${harmless.replaceAll('"', '""')}"`;
}
