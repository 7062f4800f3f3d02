import type { EntityManager } from 'typeorm';
import { OrderEvent } from './order-event.entity.js';

/** Notices that were verified and are about a payment or refund of ours. */
const VALID_RESULTS: readonly (readonly [OrderEvent['type'], readonly string[]])[] = [
  ['NOTICE', ['APPLIED', 'LATE_OR_DUPLICATE', 'REPEATED', 'FAILED']],
  ['REFUND_NOTICE', ['APPLIED', 'REPEATED', 'PENDING']],
];

/**
 * When WeChat's last good notice came; null before the first. A forged one never counts. Each question is one step down an
 * index (`order_events_result`), however long the log.
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
