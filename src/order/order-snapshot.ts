import type { EntityManager } from 'typeorm';
import type { Order } from './order.entity.js';
import { ORDER_VIEW_COLUMNS, type ViewedItems } from './order.view.js';
import { PAYMENT_ORDER_VIEW_COLUMNS } from './payment-order.view.js';

/** The columns that the views of an order of either origin are made of. */
export const ORDER_VIEWS_COLUMNS = [
  ...new Set(['id', 'userId', ...PAYMENT_ORDER_VIEW_COLUMNS, ...ORDER_VIEW_COLUMNS] as const),
] satisfies (keyof Order)[];
/** An order as far as its views show it, with its items. */
export type ViewedOrder = Pick<Order, (typeof ORDER_VIEWS_COLUMNS)[number]> & ViewedItems;

export const ORDER_SNAPSHOT_COLUMNS = [
  ...ORDER_VIEWS_COLUMNS,
  'attemptCount',
  'needsShipping',
] as const satisfies (keyof Order)[];
/** An order as it was read, to be changed only if it is still the same. */
export type OrderSnapshot = Pick<Order, (typeof ORDER_SNAPSHOT_COLUMNS)[number]> & ViewedItems;

/** By the transaction. */
const CHANGED = new WeakMap<EntityManager, Map<string, ViewedOrder>>();

/**
 * Keeps an order as this transaction has changed it, so that the event about the change need not read it. It must hold until the
 * commit: a later change of the same order in the transaction is noted too, and its event reads the order.
 */
export function keepChangedOrder(tx: EntityManager, order: ViewedOrder): void {
  const kept = CHANGED.get(tx) ?? new Map<string, ViewedOrder>();
  CHANGED.set(tx, kept.set(order.orderNo, order));
}

export function keptOrder(tx: EntityManager, orderNo: string): ViewedOrder | undefined {
  return CHANGED.get(tx)?.get(orderNo);
}
