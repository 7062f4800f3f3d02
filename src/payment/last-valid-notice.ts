import type { EntityManager } from 'typeorm';
import { OrderEvent } from './order-event.entity.js';

/** Results of verified notices about a payment or refund of this shop. */
const VALID_RESULTS: readonly (readonly [OrderEvent['type'], readonly string[]])[] = [
  ['NOTICE', ['APPLIED', 'LATE_OR_DUPLICATE', 'REPEATED', 'FAILED']],
  ['REFUND_NOTICE', ['APPLIED', 'REPEATED', 'PENDING']],
];

/**
 * Time of WeChat's last valid notice; null before the first. Forged notices do not count. Each query is one lookup in the
 * index `order_events_result`, independent of the size of the log.
 */
export async function lastValidNoticeAt(manager: EntityManager): Promise<Date | null> {
  let last = 0;
  for (const [type, results] of VALID_RESULTS) {
    for (const result of results)
      last = Math.max(last, (await manager.maximum(OrderEvent, 'id', { type, result })) ?? 0);
  }
  if (last === 0) return null;
  return (await manager.findOne(OrderEvent, { select: { id: true, at: true }, where: { id: last } }))?.at ?? null;
}
