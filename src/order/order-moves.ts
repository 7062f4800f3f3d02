import { type EntityManager, IsNull, Not } from 'typeorm';
import { noteOrderChange } from '../outbox/changes/note-change.js';
import { updateRows } from '../database/rows.js';
import { Order, type CloseReason, type OrderStatus } from './order.entity.js';
import { keepChangedOrder, type OrderSnapshot } from './order-snapshot.js';

/**
 * Every allowed transition of an order, with the fields that it must set. Any other transition does not compile: an
 * order never leaves PAID, and it leaves CLOSED only when the shop delivers after a late payment, or when the merchant's own
 * system gives an expired order more time. `attemptCount` makes
 * a close fail when a payment attempt was created since the order was read.
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
  | { from: 'PENDING'; to: 'CLOSED'; attemptCount: number; closeReason: CloseReason; closedAt: Date }
  | {
      from: 'CLOSED';
      to: 'PENDING';
      expiresAt: Date;
      closeReason: null;
      closedAt: null;
    };

/** Only an expired order to which no money has come, not even late, can be paid again. */
const REOPENABLE = { closeReason: 'EXPIRED', paidFen: 0 } as const;

const CHANGE_TO = { PAID: 'order.paid', CLOSED: 'order.closed', PENDING: 'order.updated' } as const;

/** Compare-and-set: true for the one caller that moved the order, false when another caller was faster. */
export async function moveOrder(tx: EntityManager, orderNo: string, move: OrderMove): Promise<boolean> {
  const { from, to, ...changes } = move;
  const expected = { orderNo, status: from, ...moveConditions(move) };
  const checks = move.to === 'PENDING' ? { nextCheckAt: move.expiresAt, closeAttempts: 0 } : { nextCheckAt: null };
  const values = { status: to, ...changes, ...checks, earliestCheckAt: null };
  const isMoved =
    move.to === 'PAID' ? await pay(tx, expected, values, move.paidAt) : await update(tx, expected, values);
  if (isMoved) noteOrderChange(tx, orderNo, CHANGE_TO[to], 'HAS_NEW_VERSION');
  return isMoved;
}

/**
 * Moves a pending order to PAID, with one statement. Compare-and-set: true for the one caller that moved it; false if it has
 * changed visibly, or got another attempt, since it was read.
 */
export async function payOrderAsRead(
  tx: EntityManager,
  order: OrderSnapshot,
  payment: Pick<Order, 'paidFen' | 'transactionId'> & { paidAt: Date },
): Promise<boolean> {
  const { orderNo, version, attemptCount, needsShipping } = order;
  const expected = { orderNo, status: 'PENDING' as const, version, attemptCount, needsShipping };
  const toShip = needsShipping ? { toShipSince: payment.paidAt } : {};
  const changes = { status: 'PAID' as const, ...payment };
  const values = { ...changes, nextCheckAt: null, earliestCheckAt: null, ...toShip };
  if ((await updateRows(tx, Order, expected, values, 'version')) !== 1) return false;
  noteOrderChange(tx, orderNo, 'order.paid', 'HAS_NEW_VERSION');
  keepChangedOrder(tx, { ...order, ...changes, version: version + 1 });
  return true;
}

type Expected = { orderNo: string; status: OrderStatus } & ReturnType<typeof moveConditions>;

/** Two statements, because only an order with goods waits for a shipment. The first one finds most orders. */
async function pay(tx: EntityManager, expected: Expected, values: Partial<Order>, toShipSince: Date): Promise<boolean> {
  if (await update(tx, { ...expected, needsShipping: true }, { ...values, toShipSince })) return true;
  return update(tx, { ...expected, needsShipping: false }, values);
}

async function update(
  tx: EntityManager,
  expected: Expected & { needsShipping?: boolean },
  values: Partial<Order>,
): Promise<boolean> {
  return (await updateRows(tx, Order, expected, values, 'version')) === 1;
}

function moveConditions(
  move: OrderMove,
): Partial<Pick<Order, 'attemptCount' | 'refundStatus' | 'paidFen'> & { closeReason: CloseReason }> {
  switch (move.to) {
    case 'CLOSED':
      return { attemptCount: move.attemptCount };
    case 'PENDING':
      return REOPENABLE;
    case 'PAID':
      return move.from === 'CLOSED' ? { refundStatus: move.refundStatus } : {};
  }
}

/**
 * True when the order is not PENDING. Its row is locked until the commit then, so that no reopening comes between.
 */
export async function lockUnlessPending(tx: EntityManager, orderNo: string): Promise<boolean> {
  return (await updateRows(tx, Order, { orderNo, status: Not('PENDING') }, { orderNo })) === 1;
}

/** A new shipment: its number, from 1, and the time of shipping if it is the last one; null while more follow. */
export interface NewParcel {
  shipmentNo: number;
  shippedAt: Date | null;
}

/** Compare-and-set: true for the one caller whose shipment gets the number. No shipment is added after the last one. */
export async function addParcel(tx: EntityManager, orderNo: string, parcel: NewParcel): Promise<boolean> {
  const expected = { orderNo, status: 'PAID' as const, shipmentCount: parcel.shipmentNo - 1, shippedAt: IsNull() };
  const { affected } = await tx.update(Order, expected, { shipmentCount: parcel.shipmentNo, ...shippedFields(parcel) });
  if (affected !== 1) return false;
  noteOrderChange(tx, orderNo, 'order.updated');
  return true;
}

/** Compare-and-set: true for the one caller that marks the order as completely shipped. */
export async function markOrderShipped(tx: EntityManager, orderNo: string, shippedAt: Date): Promise<boolean> {
  const expected = { orderNo, status: 'PAID' as const, shippedAt: IsNull() };
  if ((await tx.update(Order, expected, shippedFields({ shippedAt }))).affected !== 1) return false;
  noteOrderChange(tx, orderNo, 'order.updated');
  return true;
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
export async function takeAttemptNo(tx: EntityManager, orderNo: string, attemptNo: number): Promise<boolean> {
  const expected = { orderNo, status: 'PENDING' as const, attemptCount: attemptNo - 1 };
  return (await updateRows(tx, Order, expected, { attemptCount: attemptNo })) === 1;
}
