import { UnitOfWork } from '../../../src/database/unit-of-work.js';
import { breakBySql, type InvariantBreak, type NumberOf } from './break-by-sql.js';
import type { PopulatedShop } from './populated-shop.js';

/** The newest event of an order in the order of the ids. @param type a pattern of LIKE. */
const newestEvent = (type: string): string =>
  `(SELECT MAX(id) FROM (SELECT id FROM events WHERE subject = '#' AND type LIKE '${type}') of_order)`;
const sold: NumberOf = ({ sold: { orderNo } }) => orderNo;
const ofRefund = `data LIKE '%"refundNo":"#"%'`;

/** The column `number` of the rows of a statement. */
async function readNumbers(shop: PopulatedShop, statement: string): Promise<string[]> {
  const unitOfWork = shop.fixture.shop.firstInstance.app.get(UnitOfWork);
  const rows = await unitOfWork.read((manager) => manager.query<{ number: string }[]>(statement));
  return rows.map(({ number }) => number);
}

/** Runs statements, in which `@` is a time days ago, and names the row of `table` that matches `where` afterwards. */
const breakRow = (
  name: string,
  what: string,
  row: { select: string; number: NumberOf },
  ...statements: string[]
): InvariantBreak => ({
  name,
  what,
  apply: async (shop) => {
    // Longer ago than a job interval, and still within the time for which events are kept.
    const past = new Date(shop.now.getTime() - 5 * 86_400_000).toISOString().replace('T', ' ').replace('Z', '');
    const fill = (text: string): string => text.replaceAll('#', row.number(shop)).replaceAll('@', past);
    const found = await readNumbers(shop, fill(row.select));
    await shop.fixture.shop.rawUpdate(...statements.map(fill));
    return found;
  },
});

const paidEvent = {
  select: `SELECT event_id AS number FROM events WHERE subject = '#' AND type = 'order.paid'`,
  number: sold,
};
const soldDelivery = (type: string): { select: string; number: NumberOf } => ({
  select: `SELECT CONCAT('delivery ', d.id) AS number FROM event_deliveries d JOIN events v ON v.id = d.event_row_id
    WHERE v.subject = '#' AND v.type = '${type}'`,
  number: sold,
});
const deliveryOf = (type: string): string =>
  `event_row_id = (SELECT v.id FROM events v WHERE v.subject = '#' AND v.type = '${type}')`;

/** Manipulations of the events for the merchant's systems. */
export const OUTBOUND_EVENT_BREAKS: readonly InvariantBreak[] = [
  breakBySql(
    'change-has-its-event',
    'a paid order has no order.paid event',
    sold,
    `UPDATE events SET type = 'order.updated' WHERE subject = '#' AND type = 'order.paid'`,
  ),
  breakBySql(
    'change-has-its-event',
    'a closed order has no order.closed event',
    ({ cancelled: { orderNo } }) => orderNo,
    `UPDATE events SET type = 'order.updated' WHERE subject = '#' AND type = 'order.closed'`,
  ),
  breakBySql(
    'change-has-its-event',
    'a rejected refund has no refund.rejected event',
    ({ refunds }) => refunds.rejected.refundNo,
    `UPDATE events SET type = 'refund.updated' WHERE ${ofRefund} AND type = 'refund.rejected'`,
  ),
  breakBySql(
    'newest-event-has-the-version',
    'an order was changed without an event',
    sold,
    `UPDATE orders SET version = version + 1 WHERE order_no = '#'`,
  ),
  breakBySql(
    'newest-event-has-the-version',
    'a refund was changed without an event',
    ({ refunds }) => refunds.full.refundNo,
    `UPDATE refunds SET version = version + 1 WHERE refund_no = '#'`,
  ),
  breakRow(
    'versions-have-no-gap',
    'the event between two events of an order is missing',
    { select: `SELECT event_id AS number FROM events WHERE id = ${newestEvent('order.%')}`, number: sold },
    `UPDATE orders SET version = version + 1 WHERE order_no = '#'`,
    `UPDATE events SET data = JSON_SET(data, '$.version', JSON_EXTRACT(data, '$.version') + 1) WHERE id = ${newestEvent('order.%')}`,
  ),
  breakRow(
    'versions-have-no-gap',
    'a later event of an order has an earlier version',
    { select: `SELECT event_id AS number FROM events WHERE id = ${newestEvent('order.%')}`, number: sold },
    `UPDATE orders SET version = 0 WHERE order_no = '#'`,
    `UPDATE events SET data = JSON_SET(data, '$.version', 0) WHERE id = ${newestEvent('order.%')}`,
  ),
  breakRow(
    'event-has-its-position',
    'an event has no position long after its change',
    paidEvent,
    `DELETE FROM event_deliveries WHERE ${deliveryOf('order.paid')}`,
    `UPDATE events SET position = NULL, created_at = '@' WHERE subject = '#' AND type = 'order.paid'`,
  ),
  breakRow(
    'event-has-its-position',
    'an event has a position that was not given yet',
    paidEvent,
    `UPDATE events SET position = 1000000 WHERE subject = '#' AND type = 'order.paid'`,
  ),
  breakRow(
    'delivery-has-its-event',
    'a delivery has no event',
    soldDelivery('order.paid'),
    `UPDATE event_deliveries SET event_row_id = 999999 WHERE ${deliveryOf('order.paid')}`,
  ),
  breakRow(
    'waiting-delivery-is-due',
    'a waiting delivery has no time for its next attempt',
    soldDelivery('order.paid'),
    `UPDATE event_deliveries SET next_attempt_at = NULL WHERE ${deliveryOf('order.paid')}`,
  ),
  {
    name: 'waiting-delivery-is-due',
    what: 'an endpoint with waiting deliveries is never due',
    apply: async (shop) => {
      const waiting = await readNumbers(
        shop,
        `SELECT CONCAT('delivery ', id) AS number FROM event_deliveries WHERE status = 'WAITING' ORDER BY id LIMIT 20`,
      );
      await shop.fixture.shop.rawUpdate('UPDATE event_endpoints SET next_due_at = NULL, lease_until = NULL');
      return waiting;
    },
  },
];
