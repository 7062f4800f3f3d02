import type { EntityManager } from 'typeorm';
import { releaseStock, type StockMovementSource, type StockLine } from '../catalog/stock.js';
import { OrderItem } from './order-item.entity.js';
import { Order } from './order.entity.js';

/** The order with its items. Call it after the transaction has changed, and so locked, the order's row. */
export async function findOrderWithItems(tx: EntityManager, orderNo: string): Promise<Order> {
  return tx.findOneOrFail(Order, { where: { orderNo }, relations: { items: true }, order: { items: { id: 'ASC' } } });
}

/** True when at least one parcel of the order was shipped. */
export function isShipped({ shipmentCount, shippedAt }: Pick<Order, 'shipmentCount' | 'shippedAt'>): boolean {
  return shipmentCount > 0 || shippedAt !== null;
}

/** True when everything that was paid has been refunded. */
export function isOrderFullyRefunded({ paidFen, refundedFen }: Pick<Order, 'paidFen' | 'refundedFen'>): boolean {
  return refundedFen > 0 && refundedFen >= paidFen;
}

/** Pieces of each line that have neither returned nor been reserved by a refund; lines with none are left out. */
export function returnableLines(
  items: readonly Pick<OrderItem, 'productId' | 'quantity' | 'returnHeld'>[],
): StockLine[] {
  return items
    .map(({ productId, quantity, returnHeld }) => ({ productId, quantity: quantity - returnHeld }))
    .filter(({ quantity }) => quantity > 0);
}

/**
 * Reserves pieces of one line for a return. Compare-and-set keeps returned and reserved pieces together within what was
 * sold, also for concurrent calls. False when too few pieces are left. In that case nothing has changed.
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

/** Releases reserved pieces that do not return. */
export async function releaseReturn(
  tx: EntityManager,
  orderId: number,
  { productId, quantity }: StockLine,
): Promise<void> {
  await tx.decrement(OrderItem, { orderId, productId }, 'returnHeld', quantity);
}

/** Puts reserved pieces of a paid order back into stock, once for each refund and product. */
export async function restockReturns(
  tx: EntityManager,
  lines: StockLine[],
  holder: StockMovementSource & { refundNo: string },
): Promise<void> {
  if (lines.length === 0) return;
  await tx.update(Order, { orderNo: holder.orderNo }, { stockReturnedAt: holder.at });
  await releaseStock(tx, lines, holder, 'RETURNED');
}
