import { type EntityManager, MoreThan } from 'typeorm';
import { OrderEvent } from '../../payment/event-log/order-event.entity.js';

/** Since when expected payment notices are missing, according to the event log. */
export interface NoticeGap {
  /** When the last accepted notice arrived; null before the first. */
  lastAcceptedAt: Date | null;
  /**
   * When a query first reported a payment after that notice, although its own notice has not arrived; null without such a
   * payment.
   */
  firstMissedAt: Date | null;
}

/** Results of a valid notice about one of our payments. */
const ACCEPTED_RESULTS = ['APPLIED', 'LATE_OR_DUPLICATE', 'REPEATED'];
/** Results of a query that first reported a payment as paid. */
const FIRST_PAID_RESULTS = ['APPLIED', 'LATE_OR_DUPLICATE'];

/**
 * Detects that WeChat's notices do not arrive, from the event log that all instances share. The time since the last accepted
 * notice is not enough: at night there are no sales, and a client's sync often reports a payment just before its notice. The
 * gap starts with the first payment that a query reported, and ends with any accepted notice.
 *
 * Each query is one index lookup (`order_events_result`), independent of the size of the log.
 */
export async function readNoticeGap(manager: EntityManager): Promise<NoticeGap> {
  const accepted = await Promise.all(
    ACCEPTED_RESULTS.map((result) => findBoundaryId(manager, 'MAX', { type: 'NOTICE', result })),
  );
  const lastAcceptedId = Math.max(0, ...accepted.filter((id) => id !== null));
  const queriesSince = { type: 'QUERY' as const, id: MoreThan(lastAcceptedId) };
  const queried = await Promise.all(
    FIRST_PAID_RESULTS.map((result) => findBoundaryId(manager, 'MIN', { ...queriesSince, result })),
  );
  const missedIds = queried.filter((id) => id !== null);
  return {
    lastAcceptedAt: lastAcceptedId === 0 ? null : await eventTimeOf(manager, lastAcceptedId),
    firstMissedAt: missedIds.length === 0 ? null : await eventTimeOf(manager, Math.min(...missedIds)),
  };
}

async function findBoundaryId(manager: EntityManager, which: 'MIN' | 'MAX', where: object): Promise<number | null> {
  const row = await manager
    .createQueryBuilder(OrderEvent, 'event')
    .select(`${which}(event.id)`, 'id')
    .where(where)
    .getRawOne<{ id: number | string | null }>();
  return row === undefined || row.id === null ? null : Number(row.id);
}

async function eventTimeOf(manager: EntityManager, id: number): Promise<Date | null> {
  return (await manager.findOne(OrderEvent, { select: { id: true, at: true }, where: { id } }))?.at ?? null;
}
