import type { EntityManager, FindOptionsWhere } from 'typeorm';
import { MAX_EMBEDDED_REFUNDS, toEmbeddedList, type EmbeddedList } from '../../common/paging/embedded-list.js';
import { findPage, NEWEST_FIRST } from '../../database/lists/find-page.js';
import { Refund, type RefundStatus } from '../refund.entity.js';
import { loadReturnItems } from './refund-query.service.js';

/** Sum of the refunds of one payment in one state. */
export interface RefundSum {
  outTradeNo: string;
  status: RefundStatus;
  isOverpayment: boolean;
  /** Sum in fen. */
  amountFen: number;
}

/** Sums all refunds of an order in the database. */
export async function sumRefundsByStatus(manager: EntityManager, orderNo: string): Promise<RefundSum[]> {
  const rows = await manager
    .createQueryBuilder(Refund, 'refund')
    .select('refund.out_trade_no', 'outTradeNo')
    .addSelect('refund.status', 'status')
    .addSelect('refund.is_overpayment', 'isOverpayment')
    .addSelect('SUM(refund.amount_fen)', 'amountFen')
    .where({ orderNo })
    .groupBy('refund.out_trade_no')
    .addGroupBy('refund.status')
    .addGroupBy('refund.is_overpayment')
    .getRawMany<Record<keyof RefundSum, unknown>>();
  return rows.map(({ outTradeNo, status, isOverpayment, amountFen }) => ({
    outTradeNo: String(outTradeNo),
    status: status as RefundStatus,
    isOverpayment: Number(isOverpayment) === 1,
    amountFen: Number(amountFen), // MySQL returns sums as strings
  }));
}

/** Total of the matching sums, in fen. */
export function sumMatchingFen(sums: readonly RefundSum[], fits: (sum: RefundSum) => boolean): number {
  return sums.filter(fits).reduce((total, { amountFen }) => total + amountFen, 0);
}

/** The newest matching refunds with their return items, oldest first. */
export async function findShownRefunds(
  manager: EntityManager,
  where: FindOptionsWhere<Refund>,
): Promise<EmbeddedList<Refund>> {
  const shown = await findNewestRefunds(manager, where);
  return { ...shown, rows: await loadReturnItems(manager, shown.rows.toReversed()) };
}

/** The newest matching refunds without their return items, newest first. */
export async function findNewestRefunds(
  manager: EntityManager,
  where: FindOptionsWhere<Refund>,
): Promise<EmbeddedList<Refund>> {
  const query = { limit: MAX_EMBEDDED_REFUNDS, withTotal: true };
  return toEmbeddedList(await findPage(manager, Refund, query, { where, order: NEWEST_FIRST }));
}
