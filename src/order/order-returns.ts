import type { EntityManager } from 'typeorm';
import { releaseStock, type StockMovementSource, type StockLine } from '../catalog/stock.js';
import { OrderItem } from './order-item.entity.js';
import { Order } from './order.entity.js';

/** An order with what has been shipped and returned of it, read within the transaction that has changed its row. */
export async function findOrderWithItems(tx: EntityManager, orderNo: string): Promise<Order> {
  return tx.findOneOrFail(Order, { where: { orderNo }, relations: { items: true }, order: { items: { id: 'ASC' } } });
}

/** Whether the shop has reported a parcel of it. */
export function isShipped({ shipmentCount, shippedAt }: Pick<Order, 'shipmentCount' | 'shippedAt'>): boolean {
  return shipmentCount > 0 || shippedAt !== null;
}

/** Whether all of its money is back. */
export function isOrderFullyRefunded({ paidFen, refundedFen }: Pick<Order, 'paidFen' | 'refundedFen'>): boolean {
  return refundedFen > 0 && refundedFen >= paidFen;
}

/** Pieces of each line that have neither returned nor been named by a refund; lines with none are left out. */
export function returnableLines(
  items: readonly Pick<OrderItem, 'productId' | 'quantity' | 'returnHeld'>[],
): StockLine[] {
  return items
    .map(({ productId, quantity, returnHeld }) => ({ productId, quantity: quantity - returnHeld }))
    .filter(({ quantity }) => quantity > 0);
}

/**
 * Reserves pieces of one line for a return, by compare-and-set: whatever runs at the same time, the returned and the named
 * pieces are never more than were sold. False when not so many are left; nothing has changed then.
 */
export async function holdReturn(tx: EntityManager, orderId: number, line: StockLine): Promise<boolean> {
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

/** Frees pieces that a refund had named and that do not return. */
export async function releaseReturn(
  tx: EntityManager,
  orderId: number,
  { productId, quantity }: StockLine,
): Promise<void> {
  await tx.decrement(OrderItem, { orderId, productId }, 'returnHeld', quantity);
}

/** Puts held pieces of a paid order back into stock, once for each refund and product. */
export async function restockReturns(
  tx: EntityManager,
  lines: StockLine[],
  holder: StockMovementSource & { refundNo: string },
): Promise<void> {
  if (lines.length === 0) return;
  await tx.update(Order, { orderNo: holder.orderNo }, { stockReturnedAt: holder.at });
  await releaseStock(tx, lines, holder, 'RETURNED');
}
