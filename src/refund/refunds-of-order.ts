import { type EntityManager, type FindOptionsWhere } from 'typeorm';
import { MAX_EMBEDDED_REFUNDS, toEmbeddedList, type EmbeddedList } from '../common/embedded-list.js';
import { Refund, type RefundState } from './refund.entity.js';
import { loadReturnItems } from './refund-query.service.js';

/** Refunds of one payment in one state, added up where they are kept. */
export interface RefundSum {
  outTradeNo: string;
  status: RefundState;
  isOverpayment: boolean;
  /** What they come to, in fen. */
  amountFen: number;
}

/** The sums of all refunds of an order, however many they are. */
export async function sumRefundsByState(manager: EntityManager, orderNo: string): Promise<RefundSum[]> {
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
    ...{ outTradeNo: String(outTradeNo), status: status as RefundState },
    ...{ isOverpayment: Number(isOverpayment) === 1, amountFen: Number(amountFen) }, // MySQL's sums are texts
  }));
}

/** Fen of those sums that fit. */
export function sumMatchingFen(sums: readonly RefundSum[], fits: (sum: RefundSum) => boolean): number {
  return sums.filter(fits).reduce((total, { amountFen }) => total + amountFen, 0);
}

/** The newest of these refunds, in the order in which they were asked for. */
export async function findShownRefunds(
  manager: EntityManager,
  where: FindOptionsWhere<Refund>,
): Promise<EmbeddedList<Refund>> {
  const shown = await findNewestRefunds(manager, where);
  return { ...shown, rows: await loadReturnItems(manager, shown.rows.toReversed()) };
}

/** The same, newest first and without the pieces that return with them. */
export async function findNewestRefunds(
  manager: EntityManager,
  where: FindOptionsWhere<Refund>,
): Promise<EmbeddedList<Refund>> {
  const newest = await manager.find(Refund, { where, order: { id: 'DESC' }, take: MAX_EMBEDDED_REFUNDS + 1 });
  return toEmbeddedList(newest, MAX_EMBEDDED_REFUNDS, await manager.countBy(Refund, where));
}
