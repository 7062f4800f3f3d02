import type { EntityManager } from 'typeorm';
import { lockOrderIfUnchanged } from '../order/order-moves.js';
import type { Order } from '../order/order.entity.js';
import type { OrderQueryService } from '../order/order-query.service.js';

/** The order has changed since it was read. The transaction must not commit. */
class OrderChangedError extends Error {}

/** An order changes its status at most twice: from PENDING to CLOSED to PAID. */
const MAX_ATTEMPTS = 3;

/**
 * Runs the work with a snapshot of the order (optimistic lock), and repeats it when the order has changed meanwhile. A late
 * payment that reopens an order changes which of its payments is an overpayment.
 * @throws DomainError ORDER_NOT_FOUND, and what the work throws.
 */
export async function withOrderSnapshot<T>(
  orders: OrderQueryService,
  orderNo: string,
  work: (order: Order) => Promise<T>,
  attempt = 1,
): Promise<T> {
  try {
    return await work(await orders.getByNumber(orderNo));
  } catch (error) {
    if (!(error instanceof OrderChangedError) || attempt === MAX_ATTEMPTS) throw error;
    return withOrderSnapshot(orders, orderNo, work, attempt + 1);
  }
}

/**
 * Call it at the end of the transaction. A transaction locks the row of its payment before the order's row, so that two
 * refunds of a payment do not deadlock. Applying a paid result also locks the rows of other attempts, after the order's. It can
 * therefore deadlock with a refund; the unit of work then runs again. A PAID order needs no check, because it never changes its
 * status or payment.
 */
export async function assertOrderUnchanged(tx: EntityManager, order: Order): Promise<void> {
  if (order.status !== 'PAID' && !(await lockOrderIfUnchanged(tx, order))) throw new OrderChangedError();
}
