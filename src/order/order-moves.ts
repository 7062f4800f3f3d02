import { type EntityManager, IsNull } from 'typeorm';
import { updateRows } from '../database/rows.js';
import { Order, type CloseReason } from './order.entity.js';

/**
 * Every legal step of an order, with the facts it must bring along. A step that is not here does not compile: nothing
 * leaves PAID, and CLOSED only by a late payment that the shop delivers all the same. `attemptCount` makes a close fail
 * when a payment was begun since the closer looked.
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
      /** None of its late money has gone back. */
      refundStatus: 'NONE';
    }
  | { from: 'PENDING'; to: 'CLOSED'; attemptCount: number; closeReason: CloseReason; closedAt: Date };

/** Compare-and-set: true for the one caller that moved the order, false when somebody had been faster. */
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

/** A parcel that leaves: which one it is, from 1, and when the order is whole with it; null while more follow. */
export interface NewParcel {
  shipmentNo: number;
  shippedAt: Date | null;
}

/** Compare-and-set: true for the one caller whose parcel gets that number. Nothing is shipped after the last. */
export async function addParcel(tx: EntityManager, orderNo: string, parcel: NewParcel): Promise<boolean> {
  const expected = { orderNo, status: 'PAID' as const, shipmentCount: parcel.shipmentNo - 1, shippedAt: IsNull() };
  const { affected } = await tx.update(Order, expected, { shipmentCount: parcel.shipmentNo, ...shippedFields(parcel) });
  return affected === 1;
}

/** Compare-and-set: true for the one caller who says that no more parcels follow. */
export async function endShipping(tx: EntityManager, orderNo: string, shippedAt: Date): Promise<boolean> {
  const expected = { orderNo, status: 'PAID' as const, shippedAt: IsNull() };
  return (await tx.update(Order, expected, shippedFields({ shippedAt }))).affected === 1;
}

function shippedFields({ shippedAt }: Pick<NewParcel, 'shippedAt'>): Partial<Order> {
  return shippedAt === null ? {} : { shippedAt, toShipSince: null };
}

/** True while the order is as it was read; it then stays so until the commit. */
export async function lockOrderIfUnchanged(tx: EntityManager, { orderNo, status }: Order): Promise<boolean> {
  const { affected } = await tx.update(Order, { orderNo, status }, { status });
  return affected === 1;
}

/** Compare-and-set: true for the one caller that may begin payment number `attemptNo` (from 1) of a pending order. */
export async function claimAttemptNo(tx: EntityManager, orderNo: string, attemptNo: number): Promise<boolean> {
  const expected = { orderNo, status: 'PENDING' as const, attemptCount: attemptNo - 1 };
  const { affected } = await tx.update(Order, expected, { attemptCount: attemptNo });
  return affected === 1;
}
