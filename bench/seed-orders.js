import { MERCHANT } from './settings.js';
import { writeMessage } from './wechat-message.js';

/** Inserts the benchmark's orders directly into the tables, and builds the notices that pay them. */

const DIGITS = 10;

/**
 * @param {string} side one letter that identifies the measured server
 * @param {number} index
 */
export function orderNoOf(side, index) {
  return `${side}${String(index).padStart(DIGITS, '0')}`;
}

/**
 * Returns the notice that pays order `index`.
 * @param {string} side
 * @param {number} index
 */
export function noticeOf(side, index) {
  const fen = String(priceFen(index));
  const fields = {
    appid: MERCHANT.appid,
    attach: 'shop=1&src=mini',
    bank_type: 'CMB_DEBIT',
    cash_fee: fen,
    device_info: 'WEB',
    fee_type: 'CNY',
    is_subscribe: 'N',
    mch_id: MERCHANT.mchId,
    nonce_str: 'Nq3f8WmXb27KsTz01LpCvYd5RhGe9UaK',
    openid: 'oDemo5pQ0x7Rk2Jw9YtVb3Lz8NcA',
    out_trade_no: orderNoOf(side, index),
    result_code: 'SUCCESS',
    return_code: 'SUCCESS',
    time_end: '20261121120041',
    total_fee: fen,
    trade_type: 'JSAPI',
    transaction_id: `42000029102026112${side.charCodeAt(0)}${String(index).padStart(DIGITS, '0')}`,
  };
  return writeMessage(fields, MERCHANT.key);
}

/** @param {number} index */
function priceFen(index) {
  return 1000 + (index % 900);
}

/**
 * Inserts the orders `0` to `count - 1` of a side, each with one payment. Every `openEvery`-th is unpaid, with its next
 * check tomorrow; the others are paid.
 * @param {import('mysql2/promise').Connection} connection
 * @param {{ side: string, count: number, openEvery: number }} options
 */
export async function seedOrders(connection, { side, count, openEvery }) {
  const no = `CONCAT('${side}', LPAD(n, ${DIGITS}, '0'))`;
  const transaction = `IF(n % ${openEvery} = 0, NULL, CONCAT('420000290020261${side.charCodeAt(0)}', LPAD(n, 12, '0')))`;
  const paidAt = `IF(n % ${openEvery} = 0, NULL, UTC_TIMESTAMP(3))`;
  const tomorrow = `IF(n % ${openEvery} = 0, UTC_TIMESTAMP(3) + INTERVAL 1 DAY, NULL)`;
  const numbers = numbersBelow(count);
  await connection.query('SET SESSION unique_checks = 0');
  await connection.query(
    `INSERT INTO orders (order_no, user_id, status, refund_status, total_fen, discount_fen, payable_fen, paid_fen,
       refunded_fen, transaction_id, attempt_count, close_attempts, next_check_at, created_at, expires_at, paid_at)
     SELECT ${no}, CONCAT('u', n % 1000), IF(n % ${openEvery} = 0, 'PENDING', 'PAID'), 'NONE', 1000 + n % 900, 0,
       1000 + n % 900, IF(n % ${openEvery} = 0, 0, 1000 + n % 900), 0, ${transaction}, 1, 0, ${tomorrow},
       UTC_TIMESTAMP(3), UTC_TIMESTAMP(3) + INTERVAL 1 DAY, ${paidAt} FROM ${numbers}`,
  );
  await connection.query(
    `INSERT INTO payments (order_no, attempt_no, out_trade_no, trade_type, amount_fen, status, request, prepay_id,
       is_unusable, transaction_id, refund_due_fen, check_count, next_check_at, created_at, prepaid_at, paid_at)
     SELECT ${no}, 1, ${no}, 'JSAPI', 1000 + n % 900, IF(n % ${openEvery} = 0, 'PREPAID', 'PAID'),
       CONCAT('{"appid":"${MERCHANT.appid}","mch_id":"${MERCHANT.mchId}","out_trade_no":"', ${no}, '"}'),
       CONCAT('wx', LPAD(n, 34, '0')), 0, ${transaction}, 0, 0, ${tomorrow}, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3),
       ${paidAt} FROM ${numbers}`,
  );
  await connection.query(
    `INSERT INTO order_items (order_id, product_id, name, unit_fen, quantity)
     SELECT id, 'p1', 'Tea', total_fen, 1 FROM orders WHERE status = 'PENDING' AND order_no LIKE '${side}%'`,
  );
  await connection.query('SET SESSION unique_checks = 1');
}

/**
 * Returns a derived table with one column `n`, 0 to `count - 1` in order, for any MySQL version.
 * @param {number} count
 */
function numbersBelow(count) {
  const digits = 'SELECT 0 d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4';
  const all = `(${digits} UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)`;
  const places = Math.max(1, Math.ceil(Math.log10(count)));
  const tables = Array.from({ length: places }, (_, place) => `${all} d${place}`);
  const sum = Array.from({ length: places }, (_, place) => `d${place}.d * ${10 ** place}`).join(' + ');
  return `(SELECT ${sum} AS n FROM ${tables.join(', ')} HAVING n < ${count} ORDER BY n) numbers`;
}
