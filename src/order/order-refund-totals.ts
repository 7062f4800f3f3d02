import type { EntityManager } from 'typeorm';
import { noteOrderChange } from '../outbox/changes/note-change.js';
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
  const added = (column: string, by: number) => (): string => `${column} + ${Math.trunc(by)}`;
  const totals = {
    refundsRequested: added('refunds_requested', change.requested),
    refundsProcessing: added('refunds_processing', change.processing),
    refundedFen: added('refunded_fen', change.refundedFen),
  };
  await tx.update(Order, { orderNo }, totals);
  noteOrderChange(tx, orderNo, 'order.updated');
  await updateDerivedColumns(tx, orderNo);
}

/** Adds a payment that arrived after the close. The order stays CLOSED, and `paidFen` shows what was received. */
export async function recordLatePayment(tx: EntityManager, orderNo: string, fen: number): Promise<void> {
  await tx.increment(Order, { orderNo, status: 'CLOSED' }, 'paidFen', fen);
  noteOrderChange(tx, orderNo, 'order.late_payment');
  await updateDerivedColumns(tx, orderNo);
}

/** A separate statement: within one statement, MySQL reads the new totals and SQLite the old ones. */
async function updateDerivedColumns(tx: EntityManager, orderNo: string): Promise<void> {
  const changes = { refundStatus: () => REFUND_STATUS_SQL, toShipSince: () => TO_SHIP_SINCE_SQL };
  await tx.update(Order, { orderNo }, changes);
}

/** How many refunds a buyer may request. */
export interface RefundRequestLimits {
  /** Requests per order that wait for a decision. */
  open: number;
  /** All requests per order. */
  total: number;
}

/**
 * Counts a request that is already in the order's totals, in the transaction of the request. The same statement compares
 * the limits, so that concurrent requests on any number of instances stay within them.
 * @returns false when a limit is exceeded. In that case the transaction must not commit.
 */
export async function countRefundRequest(
  tx: EntityManager,
  orderNo: string,
  limits: RefundRequestLimits,
): Promise<boolean> {
  const { affected } = await tx
    .createQueryBuilder()
    .update(Order)
    .set({ refundRequestCount: () => 'refund_request_count + 1' })
    .where('order_no = :orderNo AND refunds_requested <= :open AND refund_request_count < :total', {
      orderNo,
      ...limits,
    })
    .execute();
  return affected === 1;
}
