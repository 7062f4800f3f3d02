import { type EntityManager, type FindOptionsWhere, In, IsNull, LessThan, Not } from 'typeorm';
import { OrderEvent } from './order-event.entity.js';
import { PaymentAttempt } from './payment-attempt.entity.js';

/** Earlier versions wrote notices of these results, which anyone can send, into the event log, under no order. */
const UNVERIFIED_RESULTS = [
  ...[
    'TOO_LARGE',
    'MALFORMED',
    'RETURN_FAIL',
    'BAD_SIGNATURE',
    'FOREIGN_MERCHANT',
    'FOREIGN_CURRENCY',
    'UNDECRYPTABLE',
  ],
];

/** Attempts of an order whose numbers are looked for in events and notices that name no order, the newest. */
const MAX_PAYMENT_ATTEMPTS = 100;

/** All that a time line shows; not the raw text, which may have 16,000 characters. */
const SELECTED_COLUMNS = {
  ...{ id: true, at: true, orderNo: true, outTradeNo: true, type: true, result: true, detail: true, facts: true },
} as const;

/** Which events of an order are wanted. */
export interface OrderEventFilter {
  orderNo: string;
  /** The order's payments, as `newestNumbersOf` answers them. */
  outTradeNos: string[];
}

/** Numbers of the order's newest payments. */
export async function findNewestOutTradeNos(manager: EntityManager, orderNo: string): Promise<string[]> {
  const rows = await manager.find(PaymentAttempt, {
    ...{
      select: { id: true, outTradeNo: true },
      where: { orderNo },
      order: { id: 'DESC' },
      take: MAX_PAYMENT_ATTEMPTS,
    },
  });
  return rows.map(({ outTradeNo }) => outTradeNo);
}

/**
 * The events that were believed or decided about an order, by its number or by that of a payment of it: newest first.
 * @param before only those before this row.
 */
export async function findOrderEvents(
  manager: EntityManager,
  wanted: OrderEventFilter,
  { take, before }: { take: number; before?: number | undefined },
): Promise<OrderEvent[]> {
  const found: OrderEvent[] = [];
  // One question for each index: asked with OR, MySQL may read the whole log backwards.
  for (const where of orderEventConditions(wanted)) {
    const only = { ...where, ...(before !== undefined && { id: LessThan(before) }) };
    found.push(
      ...(await manager.find(OrderEvent, { select: SELECTED_COLUMNS, where: only, order: { id: 'DESC' }, take })),
    );
  }
  return found.toSorted((one, other) => other.id - one.id).slice(0, take);
}

export async function countOrderEvents(manager: EntityManager, wanted: OrderEventFilter): Promise<number> {
  let count = 0;
  for (const where of orderEventConditions(wanted)) count += await manager.countBy(OrderEvent, where);
  return count;
}

/** They exclude one another. */
function orderEventConditions({ orderNo, outTradeNos }: OrderEventFilter): FindOptionsWhere<OrderEvent>[] {
  if (outTradeNos.length === 0) return [{ orderNo }];
  return [{ orderNo }, { orderNo: IsNull(), outTradeNo: In(outTradeNos), result: Not(In(UNVERIFIED_RESULTS)) }];
}
