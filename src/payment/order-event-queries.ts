import { type EntityManager, type FindOptionsWhere, In, IsNull, LessThan, Not } from 'typeorm';
import { OrderEvent } from './order-event.entity.js';
import { PaymentAttempt } from './payment-attempt.entity.js';

/** Results of unverified notices, which anyone can send. Release 0.1.0 wrote them into the event log without an order. */
const LEGACY_UNVERIFIED_RESULTS = [
  'TOO_LARGE',
  'MALFORMED',
  'RETURN_FAIL',
  'BAD_SIGNATURE',
  'FOREIGN_MERCHANT',
  'FOREIGN_CURRENCY',
  'UNDECRYPTABLE',
];

/** Newest attempts of an order whose numbers are searched in events and notices without an order number. */
const MAX_PAYMENT_ATTEMPTS = 100;

/** Columns that the time line shows; not the raw text, which may have 16,000 characters. */
const SELECTED_COLUMNS = {
  id: true,
  at: true,
  orderNo: true,
  outTradeNo: true,
  type: true,
  result: true,
  detail: true,
  facts: true,
} as const;

/** Selects the events of an order. */
export interface OrderEventFilter {
  orderNo: string;
  /** Numbers of the order's payment attempts, from `findNewestOutTradeNos`. */
  outTradeNos: string[];
}

/** Numbers of the order's newest payment attempts. */
export async function findNewestOutTradeNos(manager: EntityManager, orderNo: string): Promise<string[]> {
  const rows = await manager.find(PaymentAttempt, {
    select: { id: true, outTradeNo: true },
    where: { orderNo },
    order: { id: 'DESC' },
    take: MAX_PAYMENT_ATTEMPTS,
  });
  return rows.map(({ outTradeNo }) => outTradeNo);
}

/**
 * The verified events and the decisions of an order, found by its number or by the number of an attempt; newest first.
 * @param before returns only rows with a smaller id.
 */
export async function findOrderEvents(
  manager: EntityManager,
  filter: OrderEventFilter,
  { take, before }: { take: number; before?: number | undefined },
): Promise<OrderEvent[]> {
  const found: OrderEvent[] = [];
  // One query per index: for one query with OR, MySQL may read the whole log backwards.
  for (const where of orderEventConditions(filter)) {
    const only = { ...where, ...(before !== undefined && { id: LessThan(before) }) };
    found.push(
      ...(await manager.find(OrderEvent, { select: SELECTED_COLUMNS, where: only, order: { id: 'DESC' }, take })),
    );
  }
  return found.toSorted((one, other) => other.id - one.id).slice(0, take);
}

export async function countOrderEvents(manager: EntityManager, filter: OrderEventFilter): Promise<number> {
  let count = 0;
  for (const where of orderEventConditions(filter)) count += await manager.countBy(OrderEvent, where);
  return count;
}

/** No event fulfils two of these conditions. */
function orderEventConditions({ orderNo, outTradeNos }: OrderEventFilter): FindOptionsWhere<OrderEvent>[] {
  if (outTradeNos.length === 0) return [{ orderNo }];
  return [{ orderNo }, { orderNo: IsNull(), outTradeNo: In(outTradeNos), result: Not(In(LEGACY_UNVERIFIED_RESULTS)) }];
}
