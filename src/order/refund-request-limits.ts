import type { EntityManager } from 'typeorm';
import { Order } from './order.entity.js';

/** How many refunds a buyer may request. */
export interface RefundRequestLimits {
  /** Requests per order that wait for a decision. */
  open: number;
  /** All requests per order. */
  total: number;
}

/**
 * Counts a request that is already in the order's totals, in the transaction of the request. The same statement compares
 * the limits, so that concurrent requests on any number of instances stay within them.
 * @returns false when a limit is exceeded. In that case the transaction must not commit.
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
