import { createServer } from 'node:http';
import mysql from 'mysql2';
import { ACCEPTED, readMessage, REFUSED, signMessage } from './wechat-message.js';

/**
 * The minimal cost of a payment notice: `node:http`, mysql2, and the statements of the service in the same transaction, on
 * the same number of connections. No framework, no checks beyond the signature, no logging, no retries. It is only a
 * baseline for the benchmark; `record-statements.js` verifies that both send the same statements. Never run it in a shop.
 */

const KEY = process.env['WECHAT_API_KEY'] ?? '';
const POOL_SIZE = Number(process.env['DATABASE_POOL_SIZE']);

const SELECT =
  'SELECT `order_no`, `amount_fen`, `status`, `transaction_id`, `request` FROM `payments` WHERE `out_trade_no` = ? LIMIT 1';
const PAY =
  'UPDATE `payments` SET `status` = ?, `transaction_id` = ?, `paid_at` = ?, `calling_until` = NULL, `next_check_at` = NULL, `early_check_at` = NULL WHERE `out_trade_no` = ? AND `status` != ?';
const SETTLE =
  'UPDATE `orders` SET `status` = ?, `paid_fen` = ?, `transaction_id` = ?, `paid_at` = ?, `next_check_at` = NULL, `early_check_at` = NULL, `to_ship_since` = ? WHERE `order_no` = ? AND `status` = ?';
const RESCHEDULE_OTHERS = 'UPDATE `payments` SET `next_check_at` = ? WHERE `order_no` = ? AND `status` IN (?, ?)';
const INSERT_EVENT =
  'INSERT INTO `order_events` (`at`, `type`, `result`, `order_no`, `out_trade_no`, `facts`, `raw`) VALUES (?, ?, ?, ?, ?, ?, ?)';

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

/** @returns {Promise<import('mysql2').PoolConnection>} */
function connect() {
  return new Promise((resolve, reject) =>
    pool.getConnection((error, connection) => (error ? reject(error) : resolve(connection))),
  );
}

/**
 * @param {import('mysql2').PoolConnection} connection
 * @param {string} statement
 * @param {unknown[]} [values]
 * @returns {Promise<any>}
 */
function query(connection, statement, values) {
  return new Promise((resolve, reject) =>
    connection.query(statement, values, (error, result) => (error ? reject(error) : resolve(result))),
  );
}

/**
 * @param {string} raw
 * @returns {Promise<boolean>} true when the payment is paid, now or before
 */
async function receive(raw) {
  const fields = readMessage(raw);
  if (fields['sign'] !== signMessage(fields, KEY)) return false;
  const { out_trade_no: outTradeNo, transaction_id: transactionId, time_end: at } = fields;
  const paidFen = Number(fields['total_fee']);
  const paidAt = new Date(
    `${at.slice(0, 4)}-${at.slice(4, 6)}-${at.slice(6, 8)}T${at.slice(8, 10)}:${at.slice(10, 12)}:${at.slice(12)}+08:00`,
  );
  const connection = await connect();
  try {
    await query(connection, 'START TRANSACTION');
    const [payment] = await query(connection, SELECT, [outTradeNo]);
    let result = payment?.status === 'PAID' ? 'REPEATED' : 'UNKNOWN';
    if (payment?.amount_fen === paidFen && result !== 'REPEATED') {
      await query(connection, PAY, ['PAID', transactionId, paidAt, outTradeNo, 'PAID']);
      const settled = ['PAID', paidFen, transactionId, paidAt, paidAt, payment.order_no, 'PENDING'];
      await query(connection, SETTLE, settled);
      await query(connection, RESCHEDULE_OTHERS, [new Date(), payment.order_no, 'CREATED', 'PREPAID']);
      result = 'APPLIED';
    }
    const facts = JSON.stringify({ amountFen: paidFen, transactionId });
    const event = [new Date(), 'NOTICE', result, payment?.order_no ?? null, outTradeNo, facts, raw];
    await query(connection, INSERT_EVENT, event);
    await query(connection, 'COMMIT');
    connection.release();
    return result !== 'UNKNOWN';
  } catch (error) {
    connection.destroy();
    throw error;
  }
}

const server = createServer((request, response) => {
  /** @type {Buffer[]} */
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    if (request.method === 'GET') {
      response.end();
      return;
    }
    receive(Buffer.concat(chunks).toString('utf8')).then(
      (isApplied) => {
        response.setHeader('content-type', 'text/xml; charset=utf-8');
        response.end(isApplied ? ACCEPTED : REFUSED);
      },
      (error) => {
        process.stderr.write(`${error}\n`);
        response.end(REFUSED);
      },
    );
  });
});
server.listen(Number(process.env['PORT']), '127.0.0.1');
process.once('SIGTERM', () => process.exit(0));
