import { type EntityManager, In, IsNull, MoreThanOrEqual, Not } from 'typeorm';
import { CONTRADICTIONS } from '../common/metric-labels.js';
import type { OrderEventType } from './event-facts.js';
import { OrderEvent } from './order-event.entity.js';

/** Days for which an order whose results contradict our records is shown to staff, from the last contradiction on. */
const LOOK_BACK_DAYS = 30;
/** Events that are looked at, the newest: WeChat repeats a notice that is refused some fifteen times. */
const MAX_EVENTS = 1000;

const RESULT_EVENT_TYPES: readonly OrderEventType[] = ['NOTICE', 'QUERY', 'REFUND_NOTICE', 'REFUND_QUERY'];
const CONTRADICTION_RESULTS: readonly string[] = [...CONTRADICTIONS.payment, ...CONTRADICTIONS.refund];

/** An order about which WeChat said something that contradicts our records, such as another amount. */
export interface ContradictedOrder {
  orderNo: string;
  /** The newest contradiction: its result, and when it came. */
  result: string;
  at: Date;
}

/** Those of the last 30 days, the newest first. By the index on the results of events. */
export async function findContradictedOrders(manager: EntityManager, now: Date): Promise<ContradictedOrder[]> {
  const at = MoreThanOrEqual(new Date(now.getTime() - LOOK_BACK_DAYS * 86_400_000));
  const events = await manager.find(OrderEvent, {
    select: { id: true, at: true, orderNo: true, result: true },
    where: { type: In(RESULT_EVENT_TYPES), result: In(CONTRADICTION_RESULTS), at, orderNo: Not(IsNull()) },
    order: { id: 'DESC' },
    take: MAX_EVENTS,
  });
  const byOrder = new Map<string, ContradictedOrder>();
  for (const { orderNo, result, at: cameAt } of events) {
    if (orderNo !== null && !byOrder.has(orderNo)) byOrder.set(orderNo, { orderNo, result, at: cameAt });
  }
  return [...byOrder.values()];
}
