import { type EntityManager, IsNull } from 'typeorm';
import { updateRows } from '../database/rows.js';
import { Order, type CloseReason } from './order.entity.js';

/**
 * Every allowed transition of an order, with the fields that it must set. Any other transition does not compile: an order
 * never leaves PAID, and it leaves CLOSED only when the shop delivers after a late payment. `attemptCount` makes a close
 * fail when a payment attempt was created since the order was read.
 */
export type OrderMove =
  | { from: 'PENDING'; to: 'PAID'; paidFen: number; transactionId: string; paidAt: Date }
  | {
      from: 'CLOSED';
      to: 'PAID';
      paidFen: number;
      transactionId: string;
      paidAt: Date;
      closeReason: null;
      closedAt: null;
      /** Nothing of its late payment has been refunded. */
      refundStatus: 'NONE';
    }
  | { from: 'PENDING'; to: 'CLOSED'; attemptCount: number; closeReason: CloseReason; closedAt: Date };

/** Compare-and-set: true for the one caller that moved the order, false when another caller was faster. */
export async function moveOrder(tx: EntityManager, orderNo: string, move: OrderMove): Promise<boolean> {
  const { from, to, ...facts } = move;
  const expected = { orderNo, status: from, ...moveConditions(move) };
  const over = { nextCheckAt: null, earlyCheckAt: null };
  const after = move.to === 'PAID' ? { ...over, toShipSince: move.paidAt } : over;
  return (await updateRows(tx, Order, expected, { status: to, ...facts, ...after })) === 1;
}

function moveConditions(move: OrderMove): Partial<Pick<Order, 'attemptCount' | 'refundStatus'>> {
  if (move.to === 'CLOSED') return { attemptCount: move.attemptCount };
  return move.from === 'CLOSED' ? { refundStatus: move.refundStatus } : {};
}

/** A new parcel: its number, from 1, and the time of shipping if it is the last one; null while more follow. */
export interface NewParcel {
  shipmentNo: number;
  shippedAt: Date | null;
}

/** Compare-and-set: true for the one caller whose parcel gets the number. No parcel is added after the last one. */
export async function addParcel(tx: EntityManager, orderNo: string, parcel: NewParcel): Promise<boolean> {
  const expected = { orderNo, status: 'PAID' as const, shipmentCount: parcel.shipmentNo - 1, shippedAt: IsNull() };
  const { affected } = await tx.update(Order, expected, { shipmentCount: parcel.shipmentNo, ...shippedFields(parcel) });
  return affected === 1;
}

/** Compare-and-set: true for the one caller that marks the order as completely shipped. */
export async function endShipping(tx: EntityManager, orderNo: string, shippedAt: Date): Promise<boolean> {
  const expected = { orderNo, status: 'PAID' as const, shippedAt: IsNull() };
  return (await tx.update(Order, expected, shippedFields({ shippedAt }))).affected === 1;
}

function shippedFields({ shippedAt }: Pick<NewParcel, 'shippedAt'>): Partial<Order> {
  return shippedAt === null ? {} : { shippedAt, toShipSince: null };
}

/** True when the order's status is still as it was read. The update locks the row until the commit. */
export async function lockOrderIfUnchanged(tx: EntityManager, { orderNo, status }: Order): Promise<boolean> {
  const { affected } = await tx.update(Order, { orderNo, status }, { status });
  return affected === 1;
}

/** Compare-and-set: true for the one caller that may create payment attempt `attemptNo` (from 1) of a pending order. */
export async function claimAttemptNo(tx: EntityManager, orderNo: string, attemptNo: number): Promise<boolean> {
  const expected = { orderNo, status: 'PENDING' as const, attemptCount: attemptNo - 1 };
  const { affected } = await tx.update(Order, expected, { attemptCount: attemptNo });
  return affected === 1;
}
