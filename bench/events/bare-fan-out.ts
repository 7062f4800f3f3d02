import { createHmac } from 'node:crypto';
import mysql from 'mysql2/promise';
import { Pool } from 'undici';

/**
 * The minimal cost of delivering events, in its own process: mysql2 and undici, with a signature and the rows of the service,
 * but without leases, time limits, retries and checks of addresses. It is only a baseline for the benchmark. It answers a
 * message when all events without a position have arrived at the receivers.
 */
export interface BareLoad {
  databaseUrl: string;
  /** Without a path. */
  origin: string;
  /** Row ids of the endpoints that this process delivers to, with the paths of their receivers. */
  endpoints: { id: number; path: string }[];
  /** The row ids of all endpoints, in the one process that also numbers the events; empty in the others. */
  numberFor: number[];
  /** Events for each endpoint. */
  count: number;
}

const BATCH_SIZE = 300;
const NUMBERED_SIZE = 500;
const CONCURRENCY = 32;
const KEY = Buffer.alloc(32, 7);

interface EventRow {
  id: number;
  event_id: string;
  type: string;
  data: string;
  created_at: Date;
}

process.on('message', (load: BareLoad) => {
  deliverAll(load).then(
    () => process.send?.({ done: true }),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
});

async function deliverAll({ databaseUrl, origin, endpoints, numberFor, count }: BareLoad): Promise<void> {
  const pool = new Pool(origin);
  const numbering = numberFor.length > 0 ? withConnection(databaseUrl, (db) => numberEvents(db, numberFor)) : null;
  const deliveries = endpoints.map((endpoint) =>
    withConnection(databaseUrl, async (db) => {
      for (let sent = 0; sent < count;) sent += await deliverBatch(db, pool, endpoint);
    }),
  );
  await Promise.all([numbering, ...deliveries]);
  await pool.close();
}

async function withConnection(uri: string, work: (db: mysql.Connection) => Promise<void>): Promise<void> {
  const db = await mysql.createConnection({ uri, timezone: 'Z' });
  try {
    await db.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
    await work(db);
  } finally {
    await db.end();
  }
}

async function numberEvents(db: mysql.Connection, endpointIds: number[]): Promise<void> {
  for (;;) {
    await db.query('START TRANSACTION');
    const [[sequence]] = (await db.query('SELECT position FROM event_sequence FOR UPDATE')) as [
      { position: number }[],
      unknown,
    ];
    const [rows] = (await db.query(
      `SELECT id FROM events WHERE position IS NULL ORDER BY id LIMIT ${NUMBERED_SIZE}`,
    )) as [{ id: number }[], unknown];
    const after = Number(sequence?.position);
    const [first, last] = [rows[0]?.id, rows.at(-1)?.id];
    if (first !== undefined && last !== undefined) {
      const range = [after + 1 - first, first, last];
      await db.query('UPDATE events SET position = id + ? WHERE id BETWEEN ? AND ? AND position IS NULL', range);
      await db.query('UPDATE event_sequence SET position = ?', [after + (last - first) + 1]);
      for (const id of endpointIds)
        await db.query(
          `INSERT INTO event_deliveries (endpoint_row_id, event_row_id, status, attempts, next_attempt_at, created_at)
           SELECT ?, id, 'WAITING', 0, UTC_TIMESTAMP(3), created_at FROM events WHERE id BETWEEN ? AND ?`,
          [id, first, last],
        );
    }
    await db.query('COMMIT');
    if (rows.length < NUMBERED_SIZE) return;
  }
}

/** @returns the number of delivered events */
async function deliverBatch(
  db: mysql.Connection,
  pool: Pool,
  { id, path }: BareLoad['endpoints'][number],
): Promise<number> {
  const [due] = (await db.query(
    `SELECT id, event_row_id FROM event_deliveries WHERE endpoint_row_id = ? AND next_attempt_at <= UTC_TIMESTAMP(3)
     ORDER BY next_attempt_at, id LIMIT ${BATCH_SIZE}`,
    [id],
  )) as [{ id: number; event_row_id: number }[], unknown];
  if (due.length === 0) return 0;
  const [rows] = (await db.query('SELECT id, event_id, type, data, created_at FROM events WHERE id IN (?)', [
    due.map(({ event_row_id }) => event_row_id),
  ])) as [EventRow[], unknown];
  const events = new Map(rows.map((event) => [event.id, event]));
  const attempts: unknown[][] = [];
  const waiting = due.values();
  const sendInTurn = async (): Promise<void> => {
    for (const delivery of waiting) {
      const event = events.get(delivery.event_row_id);
      if (!event) throw new Error('The event of a delivery does not exist.');
      const [at, beganAt] = [new Date(), performance.now()];
      const status = await post(pool, path, event);
      if (status !== 204) throw new Error(`A receiver answered ${status}.`);
      attempts.push([delivery.id, at, Math.round(performance.now() - beganAt), status, '']);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, sendInTurn));
  await db.query('START TRANSACTION');
  await db.query(
    `UPDATE event_deliveries SET status = 'DELIVERED', next_attempt_at = NULL, ended_at = UTC_TIMESTAMP(3),
       attempts = attempts + 1 WHERE id IN (?)`,
    [due.map((delivery) => delivery.id)],
  );
  const insert =
    'INSERT INTO event_delivery_attempts (delivery_row_id, at, duration_ms, status_code, response_body) VALUES ?';
  await db.query(insert, [attempts]);
  await db.query('COMMIT');
  return due.length;
}

/** @returns the status of the answer */
function post(pool: Pool, path: string, { event_id, type, data, created_at }: EventRow): Promise<number> {
  const body = `{"id":"${event_id}","type":"${type}","timestamp":"${created_at.toISOString()}","data":${data}}`;
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', KEY).update(`${event_id}.${timestamp}.${body}`).digest('base64');
  const headers = {
    'content-type': 'application/json',
    'webhook-id': event_id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  };
  return new Promise((resolve, reject) => {
    let status = 0;
    pool.dispatch(
      { path, method: 'POST', headers, body },
      {
        onRequestStart: () => undefined,
        onResponseStart: (_controller, statusCode) => (status = statusCode),
        onResponseData: () => undefined,
        onResponseEnd: () => resolve(status),
        onResponseError: (_controller, error) => reject(error),
      },
    );
  });
}
