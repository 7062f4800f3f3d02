import type { EntityManager } from 'typeorm';
import { Order } from './order.entity.js';

/** Totals of an order's refunds, or a signed change of them. */
export interface RefundTotals {
  requested: number;
  processing: number;
  refundedFen: number;
}

/** `refundStatus` in SQL. It is derived from the totals in the same row, so that concurrent commits cannot make it stale. */
const REFUND_STATUS_SQL = `CASE
  WHEN refunds_processing > 0 THEN 'PROCESSING'
  WHEN refunds_requested > 0 THEN 'REQUESTED'
  WHEN refunded_fen > 0 AND refunded_fen >= paid_fen THEN 'FULL'
  WHEN refunded_fen > 0 THEN 'PARTIAL'
  ELSE 'NONE' END`;

/** A fully refunded order need not be shipped. */
const TO_SHIP_SINCE_SQL = 'CASE WHEN refunded_fen > 0 AND refunded_fen >= paid_fen THEN NULL ELSE to_ship_since END';

/** Adds a change to the order's refund totals. It increments in SQL, so that concurrent changes all count. */
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

/** Adds a payment that arrived after the close. The order stays CLOSED, and `paidFen` shows what was received. */
export async function recordLatePayment(tx: EntityManager, orderNo: string, fen: number): Promise<void> {
  await tx.increment(Order, { orderNo, status: 'CLOSED' }, 'paidFen', fen);
  await updateDerivedColumns(tx, orderNo);
}

/** A separate statement: within one statement, MySQL reads the new totals and SQLite the old ones. */
async function updateDerivedColumns(tx: EntityManager, orderNo: string): Promise<void> {
  const facts = { refundStatus: () => REFUND_STATUS_SQL, toShipSince: () => TO_SHIP_SINCE_SQL };
  await tx.update(Order, { orderNo }, facts);
}
