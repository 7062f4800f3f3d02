import { type EntityManager, type FindOptionsWhere } from 'typeorm';
import { REFUNDS_SHOWN, shownFirst, type ShownRows } from '../common/shown-rows.js';
import { Refund, type RefundState } from './refund.entity.js';
import { withReturnItems } from './refunds.js';

/** Refunds of one payment in one state, added up where they are kept. */
export interface RefundSum {
  outTradeNo: string;
  status: RefundState;
  isSurplus: boolean;
  /** What they come to, in fen. */
  amountFen: number;
}

/** The sums of all refunds of an order, however many they are. */
export async function sumRefundsOf(manager: EntityManager, orderNo: string): Promise<RefundSum[]> {
  const rows = await manager
    .createQueryBuilder(Refund, 'refund')
    .select('refund.out_trade_no', 'outTradeNo')
    .addSelect('refund.status', 'status')
    .addSelect('refund.is_surplus', 'isSurplus')
    .addSelect('SUM(refund.amount_fen)', 'amountFen')
    .where({ orderNo })
    .groupBy('refund.out_trade_no')
    .addGroupBy('refund.status')
    .addGroupBy('refund.is_surplus')
    .getRawMany<Record<keyof RefundSum, unknown>>();
  return rows.map(({ outTradeNo, status, isSurplus, amountFen }) => ({
    ...{ outTradeNo: String(outTradeNo), status: status as RefundState },
    ...{ isSurplus: Number(isSurplus) === 1, amountFen: Number(amountFen) }, // MySQL's sums are texts
  }));
}

/** Fen of those sums that fit. */
export function totalFen(sums: readonly RefundSum[], fits: (sum: RefundSum) => boolean): number {
  return sums.filter(fits).reduce((total, { amountFen }) => total + amountFen, 0);
}

/** The newest of these refunds, in the order in which they were asked for. */
export async function showRefunds(manager: EntityManager, where: FindOptionsWhere<Refund>): Promise<ShownRows<Refund>> {
  const shown = await showNewestRefunds(manager, where);
  return { ...shown, rows: await withReturnItems(manager, shown.rows.toReversed()) };
}

/** The same, newest first and without the pieces that return with them. */
export async function showNewestRefunds(
  manager: EntityManager,
  where: FindOptionsWhere<Refund>,
): Promise<ShownRows<Refund>> {
  const newest = await manager.find(Refund, { where, order: { id: 'DESC' }, take: REFUNDS_SHOWN + 1 });
  return shownFirst(newest, REFUNDS_SHOWN, await manager.countBy(Refund, where));
}
