import { type EntityManager, MoreThan } from 'typeorm';
import { OrderEvent } from '../payment/order-event.entity.js';

/** What the journal tells of WeChat's payment notices. */
export interface NoticeGap {
  /** When the last good one came; null before the first. */
  lastGoodAt: Date | null;
  /**
   * When, since then, we first learnt of a payment by asking, whose notice therefore should have come and has not; null
   * while there is no such payment.
   */
  firstMissedAt: Date | null;
}

/** Believed, and about a payment of ours. */
const ACCEPTED_RESULTS = ['APPLIED', 'OWED_BACK', 'REPEATED'];
/** A payment that was news to us. */
const FIRST_PAID_RESULTS = ['APPLIED', 'OWED_BACK'];

/**
 * The dead man's switch, from the journal that all instances share. Not simply "since the last good notice": a shop sleeps
 * at night, and its first sale of the morning is often learnt of by a client's sync, a moment before its notice. The silence
 * begins with the first payment that we had to ask for, and ends with any good notice.
 *
 * Each question is one step down an index (`payment_events_result`), however long the journal.
 */
export async function readNoticeGap(manager: EntityManager): Promise<NoticeGap> {
  const goods = await Promise.all(
    ACCEPTED_RESULTS.map((result) => findBoundaryId(manager, 'MAX', { type: 'NOTICE', result })),
  );
  const lastGood = Math.max(0, ...goods.filter((id) => id !== null));
  const learnt = { type: 'QUERY' as const, id: MoreThan(lastGood) };
  const asked = await Promise.all(
    FIRST_PAID_RESULTS.map((result) => findBoundaryId(manager, 'MIN', { ...learnt, result })),
  );
  const unannounced = asked.filter((id) => id !== null);
  return {
    lastGoodAt: lastGood === 0 ? null : await eventTimeOf(manager, lastGood),
    firstMissedAt: unannounced.length === 0 ? null : await eventTimeOf(manager, Math.min(...unannounced)),
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
