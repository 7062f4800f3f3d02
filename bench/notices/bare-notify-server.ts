import type { PoolConnection } from 'mysql2';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createPublicKey, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import mysql from 'mysql2';
import { openNotice, type PaidTransaction } from './v3-message.ts';
import { ACCEPTED, readMessage, REFUSED, signMessage } from './wechat-message.ts';

/**
 * The minimal cost of a payment notice: `node:http`, mysql2, and the statements of the service in the same transaction, on
 * the same number of connections. No framework, no checks beyond the signature (and for v3 the decryption), no logging, no retries. It is only a
 * baseline for the benchmark; `record-statements.ts` verifies that both send the same statements. Never run it in a shop.
 */

const KEY = process.env['WECHAT_API_KEY'] ?? '';
const API_V3_KEY = process.env['WECHAT_API_V3_KEY'] ?? '';
const PUBLIC_PEM = Buffer.from(process.env['WECHAT_PAY_PUBLIC_KEY_BASE64'] ?? '', 'base64');
/** Null when only v2 is measured. */
const PUBLIC_KEY = PUBLIC_PEM.length > 0 ? createPublicKey(PUBLIC_PEM) : null;
const POOL_SIZE = Number(process.env['DATABASE_POOL_SIZE']);

/** The payment, its order, and the order's items: the event for the merchant's systems is made of all of them. */
const SELECT =
  'SELECT p.order_no AS p_order_no, p.amount_fen AS p_amount_fen, p.status AS p_status, p.transaction_id AS p_transaction_id, p.channel AS p_channel, p.app_id AS p_app_id, p.mch_id AS p_mch_id, o.id AS o_id, o.user_id AS o_user_id, o.order_no AS o_order_no, o.merchant_order_no AS o_merchant_order_no, o.origin AS o_origin, o.status AS o_status, o.refund_status AS o_refund_status, o.version AS o_version, o.payable_fen AS o_payable_fen, o.paid_fen AS o_paid_fen, o.refunded_fen AS o_refunded_fen, o.description AS o_description, o.app_id AS o_app_id, o.payer_openid AS o_payer_openid, o.allowed_trade_types AS o_allowed_trade_types, o.metadata AS o_metadata, o.transaction_id AS o_transaction_id, o.close_reason AS o_close_reason, o.created_at AS o_created_at, o.expires_at AS o_expires_at, o.paid_at AS o_paid_at, o.closed_at AS o_closed_at, o.total_fen AS o_total_fen, o.discount_fen AS o_discount_fen, o.coupon_id AS o_coupon_id, o.remark AS o_remark, o.attempt_count AS o_attempt_count, o.needs_shipping AS o_needs_shipping, i.id AS i_id, i.product_id AS i_product_id, i.name AS i_name, i.unit_fen AS i_unit_fen, i.quantity AS i_quantity, i.discount_fen AS i_discount_fen, i.return_held AS i_return_held FROM payments p JOIN orders o ON o.order_no = p.order_no LEFT JOIN order_items i ON i.order_id = o.id WHERE p.out_trade_no = ? ORDER BY i.id';
const PAY =
  'UPDATE `payments` SET `status` = ?, `transaction_id` = ?, `paid_at` = ?, `calling_until` = NULL, `next_check_at` = NULL, `early_check_at` = NULL WHERE `out_trade_no` = ? AND `status` != ?';
const SETTLE =
  'UPDATE `orders` SET `status` = ?, `paid_fen` = ?, `transaction_id` = ?, `paid_at` = ?, `next_check_at` = NULL, `early_check_at` = NULL, `to_ship_since` = ?, `version` = `version` + 1 WHERE `order_no` = ? AND `status` = ? AND `version` = ? AND `attempt_count` = ? AND `needs_shipping` = ?';
const INSERT_EVENT =
  'INSERT INTO `order_events` (`at`, `type`, `result`, `order_no`, `out_trade_no`, `facts`, `raw`) VALUES (?, ?, ?, ?, ?, ?, ?)';
const INSERT_OUTWARD_EVENT =
  'INSERT INTO `events` (`event_id`, `position`, `type`, `subject`, `data`, `created_at`) VALUES (?, NULL, ?, ?, ?, ?)';

const pool = mysql.createPool({
  uri: process.env['DATABASE_URL'] ?? '',
  connectionLimit: POOL_SIZE,
  timezone: 'Z',
  charset: 'utf8mb4',
});
pool.on('connection', (connection) => {
  connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
  connection.query('SET SESSION innodb_lock_wait_timeout = 3');
});

function connect(): Promise<PoolConnection> {
  return new Promise((resolve, reject) =>
    pool.getConnection((error, connection) => (error ? reject(error) : resolve(connection))),
  );
}

/** The columns that this server uses. */
interface Row {
  p_order_no: string;
  p_amount_fen: number;
  p_status: string;
  o_version: number;
}

function query(connection: PoolConnection, statement: string, values?: unknown[]): Promise<Row[]> {
  return new Promise((resolve, reject) =>
    connection.query(statement, values, (error, result) => (error ? reject(error) : resolve(result as Row[]))),
  );
}

/** What a notice says. */
interface Paid {
  outTradeNo: string | undefined;
  transactionId: string | undefined;
  paidFen: number;
  paidAt: Date;
  /** For the event log. */
  raw: string;
}

/** @returns null when the signature is wrong */
function readV2(body: string): Paid | null {
  const fields = readMessage(body);
  if (fields['sign'] !== signMessage(fields, KEY)) return null;
  const { out_trade_no: outTradeNo, transaction_id: transactionId, time_end: at = '' } = fields;
  const paidAt = new Date(
    `${at.slice(0, 4)}-${at.slice(4, 6)}-${at.slice(6, 8)}T${at.slice(8, 10)}:${at.slice(10, 12)}:${at.slice(12)}+08:00`,
  );
  return { outTradeNo, transactionId, paidFen: Number(fields['total_fee']), paidAt, raw: body };
}

/** @returns null when the signature is wrong */
function readV3(headers: IncomingMessage['headers'], body: string): Paid | null {
  const raw = PUBLIC_KEY && openNotice(headers, body, { publicKey: PUBLIC_KEY, apiV3Key: API_V3_KEY });
  if (raw === null) return null;
  const { out_trade_no, transaction_id, success_time, amount } = JSON.parse(raw) as PaidTransaction;
  const paidAt = new Date(success_time);
  return { outTradeNo: out_trade_no, transactionId: transaction_id, paidFen: amount.total, paidAt, raw };
}

/** @returns true when the payment is paid, now or before */
async function apply({ outTradeNo, transactionId, paidFen, paidAt, raw }: Paid): Promise<boolean> {
  const connection = await connect();
  try {
    await query(connection, 'START TRANSACTION');
    const rows = await query(connection, SELECT, [outTradeNo]);
    const [payment] = rows;
    let result = payment?.p_status === 'PAID' ? 'REPEATED' : 'UNKNOWN';
    if (payment?.p_amount_fen === paidFen && result !== 'REPEATED') {
      await query(connection, PAY, ['PAID', transactionId, paidAt, outTradeNo, 'PAID']);
      // The orders of the benchmark have one attempt, so that no others must be rescheduled.
      const expected = [payment.p_order_no, 'PENDING', payment.o_version, 1, true];
      await query(connection, SETTLE, ['PAID', paidFen, transactionId, paidAt, paidAt, ...expected]);
      result = 'APPLIED';
    }
    const facts = JSON.stringify({ amountFen: paidFen, transactionId });
    const event = [new Date(), 'NOTICE', result, payment?.p_order_no ?? null, outTradeNo, facts, raw];
    await query(connection, INSERT_EVENT, event);
    if (result === 'APPLIED' && payment) await insertOutwardEvent(connection, payment.p_order_no, rows);
    await query(connection, 'COMMIT');
    connection.release();
    return result !== 'UNKNOWN';
  } catch (error) {
    connection.destroy();
    throw error;
  }
}

/** Every column is in the event, which is larger than the service's. */
async function insertOutwardEvent(connection: PoolConnection, orderNo: string, rows: Row[]): Promise<void> {
  const data = JSON.stringify({ object: 'order', rows });
  const eventId = `evt_${randomBytes(10).toString('hex')}`;
  await query(connection, INSERT_OUTWARD_EVENT, [eventId, 'order.paid', orderNo, data, new Date()]);
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    if (request.method === 'GET') {
      response.end();
      return;
    }
    receive(request, Buffer.concat(chunks).toString('utf8'), response).catch((error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      response.writeHead(500).end();
    });
  });
});

async function receive({ url, headers }: IncomingMessage, body: string, response: ServerResponse): Promise<void> {
  const isV3 = url === '/wechat/notify/v3/payment';
  const paid = isV3 ? readV3(headers, body) : readV2(body);
  const isApplied = paid !== null && (await apply(paid));
  response.setHeader('content-type', isV3 ? 'application/json; charset=utf-8' : 'text/xml; charset=utf-8');
  if (isV3) response.writeHead(isApplied ? 204 : 401).end();
  else response.end(isApplied ? ACCEPTED : REFUSED);
}

server.listen(Number(process.env['PORT']), '127.0.0.1');
process.once('SIGTERM', () => process.exit(0));
