import { defineCounter } from '../../common/metrics/metric-definitions.js';
import { type EntityManager, In, IsNull, MoreThanOrEqual, Not } from 'typeorm';
import type { OrderEventType } from './order-event-types.js';
import { OrderEvent } from './order-event.entity.js';

/** WeChat results that contradict our records. They change nothing; staff must check them. */
export const CONTRADICTIONS = {
  payment: ['PAYMENT_UNKNOWN', 'AMOUNT_MISMATCH', 'TRANSACTION_MISMATCH'],
  refund: ['REFUND_UNKNOWN', 'REFUND_MISMATCH', 'NEVER_SENT', 'CONTRADICTION'],
} as const;

type ContradictionKind = keyof typeof CONTRADICTIONS;

interface ContradictionLabels<Kind extends ContradictionKind = ContradictionKind> extends Record<string, string> {
  kind: Kind;
  result: (typeof CONTRADICTIONS)[Kind][number];
}

const ofKind = <Kind extends ContradictionKind>(kind: Kind): ContradictionLabels<Kind>[] =>
  CONTRADICTIONS[kind].map((result) => ({ kind, result }));

export const CONTRADICTIONS_FOUND = defineCounter<ContradictionLabels>({
  name: 'contradictions_total',
  help: 'WeChat results that contradict our records, by kind (payment, refund) and result; nothing was changed',
  labelNames: ['kind', 'result'],
  series: [...ofKind('payment'), ...ofKind('refund')],
});

/** Days after the last contradiction for which an order is shown to staff. */
const LOOK_BACK_DAYS = 30;
/** Newest events that are read. WeChat repeats a rejected notice about fifteen times. */
const MAX_EVENTS = 1000;

const RESULT_EVENT_TYPES: readonly OrderEventType[] = ['NOTICE', 'QUERY', 'REFUND_NOTICE', 'REFUND_QUERY'];
const CONTRADICTION_RESULTS: readonly string[] = [...CONTRADICTIONS.payment, ...CONTRADICTIONS.refund];

/** An order with a WeChat result that contradicts our records, such as another amount. */
export interface ContradictedOrder {
  orderNo: string;
  /** Result and time of the newest contradiction. */
  result: string;
  at: Date;
}

/** Contradicted orders of the last 30 days, newest first. Uses the index on type and result. */
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
