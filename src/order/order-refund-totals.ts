import type { EntityManager } from 'typeorm';
import { Order } from './order.entity.js';

/** How much an order's refunds have changed: each signed, and most of them 0. */
export interface RefundTotals {
  requested: number;
  processing: number;
  refundedFen: number;
}

/** `refundStatus` in SQL: it follows from the sums in the very row, so that no order of commits can leave it behind them. */
const REFUND_STATUS_SQL = `CASE
  WHEN refunds_processing > 0 THEN 'PROCESSING'
  WHEN refunds_requested > 0 THEN 'REQUESTED'
  WHEN refunded_fen > 0 AND refunded_fen >= paid_fen THEN 'FULL'
  WHEN refunded_fen > 0 THEN 'PARTIAL'
  ELSE 'NONE' END`;

/** Goods whose money is all back are not sent any more. */
const TO_SHIP_SINCE_SQL = 'CASE WHEN refunded_fen > 0 AND refunded_fen >= paid_fen THEN NULL ELSE to_ship_since END';

/** Makes the order follow its refunds. Sums are added to, never computed from what was read: two at once both count. */
export async function applyRefundTotals(tx: EntityManager, orderNo: string, change: RefundTotals): Promise<void> {
  const added = (column: string, by: number): (() => string) => {
    return () => `${column} + ${Math.trunc(by)}`;
  };
  await tx
    .createQueryBuilder()
    .update(Order)
    .set({
      refundsRequested: added('refunds_requested', change.requested),
      refundsProcessing: added('refunds_processing', change.processing),
      refundedFen: added('refunded_fen', change.refundedFen),
    })
    .where({ orderNo })
    .execute();
  await updateDerivedColumns(tx, orderNo);
}

/** Adds money that arrived after the close: the order stays closed, and says what came in until it is given back. */
export async function recordLatePayment(tx: EntityManager, orderNo: string, fen: number): Promise<void> {
  await tx.increment(Order, { orderNo, status: 'CLOSED' }, 'paidFen', fen);
  await updateDerivedColumns(tx, orderNo);
}

/** In a statement of its own: within one, MySQL sees the new sums and SQLite the old. */
async function updateDerivedColumns(tx: EntityManager, orderNo: string): Promise<void> {
  const facts = { refundStatus: () => REFUND_STATUS_SQL, toShipSince: () => TO_SHIP_SINCE_SQL };
  await tx.update(Order, { orderNo }, facts);
}
