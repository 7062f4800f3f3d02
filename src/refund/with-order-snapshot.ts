import type { EntityManager } from 'typeorm';
import { lockOrderIfUnchanged } from '../order/order-moves.js';
import type { Order } from '../order/order.entity.js';
import type { OrderQueryService } from '../order/order-query.service.js';

/** The order was moved since it was read: what was concluded from it does not hold. The transaction must not commit. */
class OrderChangedError extends Error {}

/** From PENDING to CLOSED to PAID: nothing moves more often. */
const MAX_ATTEMPTS = 3;

/**
 * Does the work with the order as it is, and begins anew when it was moved meanwhile: which of its payments is the order's
 * own, and which is surplus, changes when a late payment revives it.
 * @throws DomainError ORDER_NOT_FOUND, and what the work throws.
 */
export async function withOrderSnapshot<T>(
  orders: OrderQueryService,
  orderNo: string,
  work: (order: Order) => Promise<T>,
  look = 1,
): Promise<T> {
  try {
    return await work(await orders.getByNumber(orderNo));
  } catch (error) {
    if (!(error instanceof OrderChangedError) || look === MAX_ATTEMPTS) throw error;
    return withOrderSnapshot(orders, orderNo, work, look + 1);
  }
}

/**
 * For the end of the transaction: what comes first is the payment's row, here as everywhere, so that two who need both rows
 * do not wait for each other. A paid order stays paid, by the same payment.
 */
export async function assertOrderUnchanged(tx: EntityManager, order: Order): Promise<void> {
  if (order.status !== 'PAID' && !(await lockOrderIfUnchanged(tx, order))) throw new OrderChangedError();
}
