import type { Connection } from 'mysql2/promise';
import { randomBytes } from 'node:crypto';
import { numbersBelow } from './seed-orders.ts';

/** The event of a payment order, as the service writes it. */
const DATA = JSON.stringify({
  object: 'order',
  orderNo: '20261130120041K7Q2M9XWPA',
  merchantOrderNo: 'shop-2026-11-30-000017',
  origin: 'EXTERNAL',
  status: 'PAID',
  refundStatus: 'NONE',
  version: 3,
  amountFen: 1500,
  paidFen: 1500,
  refundedFen: 0,
  description: 'Tea',
  lines: [{ name: 'Tea', unitFen: 1500, quantity: 1 }],
  payer: { openid: 'oDemo5pQ0x7Rk2Jw9YtVb3Lz8NcA' },
  allowedTradeTypes: ['JSAPI', 'APP', 'NATIVE', 'MWEB'],
  metadata: { table: '17' },
  transactionId: '4200002910202611300000000017',
  closeReason: null,
  createdAt: '2026-11-30T04:00:12.345Z',
  expiresAt: '2026-11-30T04:20:12.345Z',
  paidAt: '2026-11-30T04:00:41.000Z',
  closedAt: null,
});

/** Inserts events with the positions 1 to `count`, which were numbered before. */
export async function seedNumberedEvents(connection: Connection, count: number): Promise<void> {
  await connection.query('SET SESSION unique_checks = 0');
  await connection.query(
    `INSERT INTO events (event_id, position, type, subject, data, created_at)
     SELECT ${idOf('n + 1')}, n + 1, 'order.updated', CONCAT('S', n), ?, UTC_TIMESTAMP(3) FROM ${numbersBelow(count)}`,
    [DATA],
  );
  await connection.query('UPDATE event_sequence SET position = ?', [count]);
  await connection.query('SET SESSION unique_checks = 1');
}

function idOf(position: string): string {
  return `CONCAT('evt_', LPAD(${position}, 16, '0'))`;
}

/** The id of an event that `seedNumberedEvents` has inserted. */
export function seededEventId(position: number): string {
  return `evt_${String(position).padStart(16, '0')}`;
}

/** Inserts events as they are after the commit of their changes: without positions. */
export async function insertNewEvents(connection: Connection, count: number): Promise<void> {
  const at = new Date();
  // Not INSERT … SELECT, which would lock the ids of the table against the service.
  const rows = Array.from({ length: count }, () => {
    const id = randomBytes(8).toString('hex').toUpperCase();
    return [`evt_${id}`, 'order.updated', `N${id}`, DATA, at];
  });
  await connection.query('INSERT INTO events (event_id, type, subject, data, created_at) VALUES ?', [rows]);
}
