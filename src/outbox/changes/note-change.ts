import type { EntityManager } from 'typeorm';

/** An order's own events. `order.updated` stands for every visible change without an event of its own. */
export type OrderChange = 'order.created' | 'order.updated' | 'order.paid' | 'order.closed' | 'order.late_payment';

/** Whether a statement of the transaction has already increased the order's version, or set its first one. */
type OrderVersion = 'HAS_NEW_VERSION' | 'NEEDS_NEW_VERSION';

/** `CREATED` and `MOVED` to another state: the state names the event · `UPDATED`: another visible change. */
export type RefundChange = 'CREATED' | 'MOVED' | 'UPDATED';

export type ShipmentChange = 'shipment.created' | 'shipment.synced' | 'shipment.updated';

/** The changes of one order in a transaction. */
export interface NotedOrderChanges {
  readonly changes: Set<OrderChange>;
  readonly version: OrderVersion;
}

/** What a transaction has changed that the merchant's systems can see, by the number of the order or refund. */
export interface ChangeNotes {
  readonly orders: Map<string, NotedOrderChanges>;
  readonly refunds: Map<string, RefundChange>;
  /** By `orderNo/shipmentNo`. */
  readonly shipments: Map<string, { orderNo: string; shipmentNo: number; changes: Set<ShipmentChange> }>;
}

/** By the entity manager, of which every transaction has its own. */
const NOTES = new WeakMap<EntityManager, ChangeNotes>();

/**
 * Notes a visible change of an order, in the transaction of the change. Before the commit, its version grows by one and its
 * event is written, once for all changes of the transaction. May be called for a change that was noted before.
 */
export function noteOrderChange(
  tx: EntityManager,
  orderNo: string,
  change: OrderChange,
  version: OrderVersion = change === 'order.created' ? 'HAS_NEW_VERSION' : 'NEEDS_NEW_VERSION',
): void {
  const { orders } = notesOf(tx);
  const known = orders.get(orderNo) ?? { changes: new Set<OrderChange>(), version };
  const hasNewVersion = known.version === 'HAS_NEW_VERSION' || version === 'HAS_NEW_VERSION';
  orders.set(orderNo, {
    changes: known.changes.add(change),
    version: hasNewVersion ? 'HAS_NEW_VERSION' : 'NEEDS_NEW_VERSION',
  });
}

/** The same for a refund. */
export function noteRefundChange(tx: EntityManager, refundNo: string, change: RefundChange): void {
  const { refunds } = notesOf(tx);
  const known = refunds.get(refundNo);
  if (known === undefined || known === 'UPDATED') refunds.set(refundNo, change);
}

/** The same for a shipment. */
export function noteShipmentChange(
  tx: EntityManager,
  { orderNo, shipmentNo }: { orderNo: string; shipmentNo: number },
  change: ShipmentChange,
): void {
  const { shipments } = notesOf(tx);
  const key = `${orderNo}/${shipmentNo}`;
  const { changes } = shipments.get(key) ?? { changes: new Set<ShipmentChange>() };
  shipments.set(key, { orderNo, shipmentNo, changes: changes.add(change) });
}

/** The changes noted in this transaction; null when there are none. */
export function notedChanges(tx: EntityManager): ChangeNotes | null {
  return NOTES.get(tx) ?? null;
}

function notesOf(tx: EntityManager): ChangeNotes {
  const known = NOTES.get(tx);
  if (known) return known;
  const notes: ChangeNotes = { orders: new Map(), refunds: new Map(), shipments: new Map() };
  NOTES.set(tx, notes);
  return notes;
}
