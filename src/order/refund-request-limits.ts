import type { EntityManager } from 'typeorm';
import { Order } from './order.entity.js';

/** How many refunds a buyer may ask for. */
export interface RefundRequestLimits {
  /** Requests of one order that wait for a decision. */
  open: number;
  /** Requests in the life of one order. */
  total: number;
}

/**
 * Counts a request that the order's sums include already. The same statement compares, in the transaction of the request:
 * however many come at once, and on however many instances, together they stay within the limits.
 * @returns false when a limit is exceeded; the transaction must not commit then.
 */
export async function countRefundRequest(
  tx: EntityManager,
  orderNo: string,
  limits: RefundRequestLimits,
): Promise<boolean> {
  const { affected } = await tx
    .createQueryBuilder()
    .update(Order)
    .set({ refundRequestCount: () => 'refund_request_count + 1' })
    .where('order_no = :orderNo AND refunds_requested <= :open AND refund_request_count < :total', {
      orderNo,
      ...limits,
    })
    .execute();
  return affected === 1;
}
