import { type EntityManager, MoreThan } from 'typeorm';
import { PaymentEvent } from '../payment/payment-event.entity.js';

/** What the journal tells of WeChat's payment notices. */
export interface NoticeSilence {
  /** When the last good one came; null before the first. */
  lastGoodAt: Date | null;
  /**
   * When, since then, we first learnt of a payment by asking, whose notice therefore should have come and has not; null
   * while there is no such payment.
   */
  since: Date | null;
}

/** Believed, and about a payment of ours. */
const GOOD = ['APPLIED', 'OWED_BACK', 'REPEATED'];
/** A payment that was news to us. */
const NEWS = ['APPLIED', 'OWED_BACK'];

/**
 * The dead man's switch, from the journal that all instances share. Not simply "since the last good notice": a shop sleeps
 * at night, and its first sale of the morning is often learnt of by a client's sync, a moment before its notice. The silence
 * begins with the first payment that we had to ask for, and ends with any good notice.
 *
 * Each question is one step down an index (`payment_events_result`), however long the journal.
 */
export async function noticeSilence(manager: EntityManager): Promise<NoticeSilence> {
  const goods = await Promise.all(GOOD.map((result) => edge(manager, 'MAX', { type: 'NOTICE', result })));
  const lastGood = Math.max(0, ...goods.filter((id) => id !== null));
  const learnt = { type: 'QUERY' as const, id: MoreThan(lastGood) };
  const asked = await Promise.all(NEWS.map((result) => edge(manager, 'MIN', { ...learnt, result })));
  const unannounced = asked.filter((id) => id !== null);
  return {
    lastGoodAt: lastGood === 0 ? null : await momentOf(manager, lastGood),
    since: unannounced.length === 0 ? null : await momentOf(manager, Math.min(...unannounced)),
  };
}

async function edge(manager: EntityManager, which: 'MIN' | 'MAX', where: object): Promise<number | null> {
  const row = await manager
    .createQueryBuilder(PaymentEvent, 'event')
    .select(`${which}(event.id)`, 'id')
    .where(where)
    .getRawOne<{ id: number | string | null }>();
  return row === undefined || row.id === null ? null : Number(row.id);
}

async function momentOf(manager: EntityManager, id: number): Promise<Date | null> {
  return (await manager.findOne(PaymentEvent, { select: { id: true, at: true }, where: { id } }))?.at ?? null;
}
