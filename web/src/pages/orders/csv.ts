import { plainYuan } from '../../money.js';
import { fullTime } from '../../shared/time.js';
import type { Words } from '../../words/zh.js';
import type { OrderRow } from './use-orders.js';

/** A cell that begins so is a formula to a spreadsheet: a buyer's remark must not run on the merchant's machine. */
const FORMULA = /^[=+\-@\t\r]/;

/** Excel takes a file for UTF-8 only with this before it. */
const BYTE_ORDER_MARK = '\uFEFF';

/** The orders as a spreadsheet reads them: amounts in yuan, times in the zone of this browser. */
export function csvOf(orders: readonly OrderRow[], { common, orders: words }: Words): string {
  const head = [
    ...[words.orderNo, words.createdAt, words.paidAt, common.status, words.refundStatus],
    ...[words.payable, words.paid, words.refunded, words.items, words.remark, 'transactionId'],
  ];
  const rows = orders.map((order) => [
    ...[order.orderNo, fullTime(order.createdAt), order.paidAt === null ? '' : fullTime(order.paidAt)],
    ...[words.statuses[order.status], words.refundStatuses[order.refundStatus]],
    ...[order.payableFen, order.paidFen, order.refundedFen].map(plainYuan),
    order.items.map(({ name, quantity }) => `${name} × ${quantity}`).join('; '),
    order.remark ?? '',
    textOf(order.transactionId ?? ''),
  ]);
  return BYTE_ORDER_MARK + [head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';
}

/** WeChat's numbers have 28 digits, of which a spreadsheet would keep 15. */
function textOf(digits: string): string {
  return digits === '' ? '' : `\t${digits}`;
}

function cell(text: string): string {
  const isOurTab = /^\t\d+$/.test(text);
  const harmless = FORMULA.test(text) && !isOurTab ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}
