import { type EntityManager, type FindOptionsWhere, In, IsNull, Not } from 'typeorm';
import { type CountedPage, type CountedPageQuery, pageOf } from '../../common/paging/paging.js';
import { findPageRows, NEWEST_FIRST } from '../../database/lists/find-page.js';
import { NOTICE_REFUSALS } from '../../wechat/pay/notice.js';
import { OrderEvent } from './order-event.entity.js';
import { PaymentAttempt } from '../attempt/payment-attempt.entity.js';

/** Newest attempts of an order whose numbers are searched in events and notices without an order number. */
const MAX_PAYMENT_ATTEMPTS = 100;

/** Columns that the timeline shows; not the raw text, which may have 16,000 characters. */
const SELECTED_COLUMNS = {
  id: true,
  at: true,
  orderNo: true,
  outTradeNo: true,
  type: true,
  result: true,
  detail: true,
  data: true,
} as const;

/** Selects the events of an order. */
export interface OrderEventFilter {
  orderNo: string;
  /** Numbers of the order's payment attempts, from `findNewestAttempts`. */
  outTradeNos: string[];
}

/** Numbers and channels of the order's newest payment attempts. */
export function findNewestAttempts(
  manager: EntityManager,
  orderNo: string,
): Promise<Pick<PaymentAttempt, 'outTradeNo' | 'channel'>[]> {
  return manager.find(PaymentAttempt, {
    select: { id: true, outTradeNo: true, channel: true },
    where: { orderNo },
    order: { id: 'DESC' },
    take: MAX_PAYMENT_ATTEMPTS,
  });
}

/**
 * One page of the verified events and the decisions of an order, found by its number or by the number of an attempt; newest
 * first.
 */
export async function findOrderEvents(
  manager: EntityManager,
  filter: OrderEventFilter,
  query: CountedPageQuery,
): Promise<CountedPage<OrderEvent>> {
  const found: OrderEvent[] = [];
  let total = 0;
  // One query per index: for one query with OR, MySQL may read the whole log backwards.
  for (const where of orderEventConditions(filter)) {
    const search = { where, order: NEWEST_FIRST, select: SELECTED_COLUMNS };
    found.push(...(await findPageRows(manager, OrderEvent, query, search)));
    if (query.withTotal) total += await manager.countBy(OrderEvent, where);
  }
  const page = pageOf(
    found.toSorted((one, other) => other.id - one.id),
    query,
  );
  return query.withTotal ? { ...page, total } : page;
}

/**
 * No event fulfils two of these conditions. Release 0.1.0 wrote rejected notices into the event log, without an order.
 * Anyone can send most of them, so they are not shown.
 */
function orderEventConditions({ orderNo, outTradeNos }: OrderEventFilter): FindOptionsWhere<OrderEvent>[] {
  if (outTradeNos.length === 0) return [{ orderNo }];
  return [{ orderNo }, { orderNo: IsNull(), outTradeNo: In(outTradeNos), result: Not(In(NOTICE_REFUSALS)) }];
}

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
