import type { EntityManager } from 'typeorm';
import { releaseStock, type StockMovementSource, type StockLine } from '../catalog/stock.js';
import { noteOrderChange } from '../outbox/changes/note-change.js';
import { OrderItem } from './order-item.entity.js';
import { Order } from './order.entity.js';

/** The order with its items. Call it after the transaction has changed, and so locked, the order's row. */
export async function findOrderWithItems(tx: EntityManager, orderNo: string): Promise<Order> {
  return tx.findOneOrFail(Order, { where: { orderNo }, relations: { items: true }, order: { items: { id: 'ASC' } } });
}

/** True when the order has at least one shipment. */
export function isShipped({ shipmentCount, shippedAt }: Pick<Order, 'shipmentCount' | 'shippedAt'>): boolean {
  return shipmentCount > 0 || shippedAt !== null;
}

/** True when everything that was paid has been refunded. */
export function isOrderFullyRefunded({ paidFen, refundedFen }: Pick<Order, 'paidFen' | 'refundedFen'>): boolean {
  return refundedFen > 0 && refundedFen >= paidFen;
}

/** The lines of an order that stock was reserved for. Lines of a payment order have no product. */
export function stockLinesOf<Line extends Pick<OrderItem, 'productId'>>(
  items: readonly Line[],
): (Line & { productId: string })[] {
  return items.filter((item): item is Line & { productId: string } => item.productId !== null);
}

/** Units of each item that have neither returned nor been reserved by a refund; items with none are omitted. */
export function returnableLines(
  items: readonly Pick<OrderItem, 'productId' | 'quantity' | 'returnHeld'>[],
): StockLine[] {
  return stockLinesOf(items)
    .map(({ productId, quantity, returnHeld }) => ({ productId, quantity: quantity - returnHeld }))
    .filter(({ quantity }) => quantity > 0);
}

/**
 * Reserves units of one line for a return. Compare-and-set keeps returned and reserved units together within what was
 * sold, also for concurrent calls. False when too few units remain. In that case nothing has changed.
 */
export async function reserveReturn(tx: EntityManager, orderId: number, line: StockLine): Promise<boolean> {
  const { productId, quantity } = line;
  const { affected } = await tx
    .createQueryBuilder()
    .update(OrderItem)
    .set({ returnHeld: () => `return_held + ${Math.trunc(quantity)}` })
    .where('order_id = :orderId AND product_id = :productId', { orderId, productId })
    .andWhere('return_held + :quantity <= quantity', { quantity })
    .execute();
  return affected === 1;
}

/** Releases reserved units that do not return. */
export async function releaseReturn(
  tx: EntityManager,
  orderId: number,
  { productId, quantity }: StockLine,
): Promise<void> {
  await tx.decrement(OrderItem, { orderId, productId }, 'returnHeld', quantity);
}

/** Puts reserved units of a paid order back into stock, once for each refund and product. */
export async function restockReturns(
  tx: EntityManager,
  lines: StockLine[],
  source: StockMovementSource & { refundNo: string },
): Promise<void> {
  if (lines.length === 0) return;
  await tx.update(Order, { orderNo: source.orderNo }, { stockReturnedAt: source.at });
  noteOrderChange(tx, source.orderNo, 'order.updated');
  await releaseStock(tx, lines, source, 'RETURNED');
}
