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

const SELECT =
  'SELECT `order_no`, `amount_fen`, `status`, `transaction_id`, `channel`, `app_id`, `mch_id` FROM `payments` WHERE `out_trade_no` = ? LIMIT 1';
const PAY =
  'UPDATE `payments` SET `status` = ?, `transaction_id` = ?, `paid_at` = ?, `calling_until` = NULL, `next_check_at` = NULL, `early_check_at` = NULL WHERE `out_trade_no` = ? AND `status` != ?';
const SETTLE =
  'UPDATE `orders` SET `status` = ?, `paid_fen` = ?, `transaction_id` = ?, `paid_at` = ?, `next_check_at` = NULL, `early_check_at` = NULL, `to_ship_since` = ?, `version` = `version` + 1 WHERE `order_no` = ? AND `status` = ? AND `needs_shipping` = ?';
const RESCHEDULE_OTHERS = 'UPDATE `payments` SET `next_check_at` = ? WHERE `order_no` = ? AND `status` IN (?, ?)';
const INSERT_EVENT =
  'INSERT INTO `order_events` (`at`, `type`, `result`, `order_no`, `out_trade_no`, `facts`, `raw`) VALUES (?, ?, ?, ?, ?, ?, ?)';
/** What the event for the merchant's systems is made of. */
const SELECT_ORDER =
  'SELECT `id`, `order_no`, `origin`, `version`, `user_id`, `merchant_order_no`, `status`, `refund_status`, `total_fen`, `discount_fen`, `payable_fen`, `paid_fen`, `refunded_fen`, `refunds_requested`, `refunds_processing`, `refund_request_count`, `stock_returned_at`, `coupon_id`, `remark`, `description`, `payer_openid`, `payer_source`, `app_id`, `allowed_trade_types`, `metadata`, `late_payment_policy`, `needs_shipping`, `transaction_id`, `close_reason`, `attempt_count`, `close_attempts`, `next_check_at`, `early_check_at`, `created_at`, `expires_at`, `paid_at`, `closed_at`, `shipment_count`, `to_ship_since`, `shipped_at` FROM `orders` WHERE `order_no` = ? ORDER BY `id`';
const SELECT_ITEMS =
  'SELECT `id`, `order_id`, `product_id`, `name`, `unit_fen`, `quantity`, `discount_fen`, `return_held` FROM `order_items` WHERE `order_id` = ? ORDER BY `id`';
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
  id: number;
  order_no: string;
  amount_fen: number;
  status: string;
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
    const [payment] = await query(connection, SELECT, [outTradeNo]);
    let result = payment?.status === 'PAID' ? 'REPEATED' : 'UNKNOWN';
    if (payment?.amount_fen === paidFen && result !== 'REPEATED') {
      await query(connection, PAY, ['PAID', transactionId, paidAt, outTradeNo, 'PAID']);
      const settled = ['PAID', paidFen, transactionId, paidAt, paidAt, payment.order_no, 'PENDING', true];
      await query(connection, SETTLE, settled);
      await query(connection, RESCHEDULE_OTHERS, [new Date(), payment.order_no, 'CREATED', 'PREPAID']);
      result = 'APPLIED';
    }
    const facts = JSON.stringify({ amountFen: paidFen, transactionId });
    const event = [new Date(), 'NOTICE', result, payment?.order_no ?? null, outTradeNo, facts, raw];
    await query(connection, INSERT_EVENT, event);
    if (result === 'APPLIED' && payment) await insertOutwardEvent(connection, payment.order_no);
    await query(connection, 'COMMIT');
    connection.release();
    return result !== 'UNKNOWN';
  } catch (error) {
    connection.destroy();
    throw error;
  }
}

/** Every column of the order is in the event, which is larger than the service's. */
async function insertOutwardEvent(connection: PoolConnection, orderNo: string): Promise<void> {
  const [order] = await query(connection, SELECT_ORDER, [orderNo]);
  const items = await query(connection, SELECT_ITEMS, [order?.id]);
  const data = JSON.stringify({ object: 'order', ...order, items });
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
