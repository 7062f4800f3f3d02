import type { EntityManager } from 'typeorm';
import { staysAsRead } from '../order/order-moves.js';
import type { Order } from '../order/order.entity.js';
import type { Orders } from '../order/orders.js';

/** The order was moved since it was read: what was concluded from it does not hold. The transaction must not commit. */
class OrderMoved extends Error {}

/** From PENDING to CLOSED to PAID: nothing moves more often. */
const LOOKS = 3;

/**
 * Does the work with the order as it is, and begins anew when it was moved meanwhile: which of its payments is the order's
 * own, and which is surplus, changes when a late payment revives it.
 * @throws DomainError ORDER_NOT_FOUND, and what the work throws.
 */
export async function withOrderAsRead<T>(
  orders: Orders,
  orderNo: string,
  work: (order: Order) => Promise<T>,
  look = 1,
): Promise<T> {
  try {
    return await work(await orders.byNumber(orderNo));
  } catch (error) {
    if (!(error instanceof OrderMoved) || look === LOOKS) throw error;
    return withOrderAsRead(orders, orderNo, work, look + 1);
  }
}

/**
 * For the end of the transaction: what comes first is the payment's row, here as everywhere, so that two who need both rows
 * do not wait for each other. A paid order stays paid, by the same payment.
 */
export async function ensureAsRead(tx: EntityManager, order: Order): Promise<void> {
  if (order.status !== 'PAID' && !(await staysAsRead(tx, order))) throw new OrderMoved();
}
