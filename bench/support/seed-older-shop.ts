import type { Connection } from 'mysql2/promise';
import { numbersBelow } from './seed-orders.ts';

const PRODUCTS = 50;
const USERS = 1000;
const STOCK = 10_000_000;

/**
 * Inserts paid orders of one line into a database of commit 97ff270, with their payments, stock movements and log lines, so that all
 * invariants hold. The numbers are of one day, so they are randomly distributed: the worst case for the indexes.
 */
export async function seedOlderShop(connection: Connection, count: number): Promise<void> {
  const at = "'2026-11-21 04:00:00'";
  await connection.query('SET SESSION unique_checks = 0');
  await connection.query(
    `INSERT INTO users (id, openid, created_at) SELECT CONCAT('u', n), CONCAT('o', n), ${at} FROM ${numbersBelow(USERS)}`,
  );
  await connection.query(
    `INSERT INTO orders (order_no, user_id, status, refund_status, total_fen, discount_fen, payable_fen, paid_fen, refunded_fen,
       transaction_id, attempt_count, close_tries, created_at, expires_at, paid_at)
     SELECT CONCAT('20261121', UPPER(SUBSTR(MD5(n), 1, 16))), CONCAT('u', n % ${USERS}), 'PAID', 'NONE', 1000, 0, 1000, 1000, 0,
       CONCAT('4200', LPAD(n, 20, '0')), 1, 0, ${at}, ${at}, ${at} FROM ${numbersBelow(count)}`,
  );
  await connection.query(
    `INSERT INTO order_items (order_id, product_id, name, unit_fen, quantity)
     SELECT id, CONCAT('p', id % ${PRODUCTS}), 'Tea', 1000, 1 FROM orders ORDER BY id`,
  );
  await connection.query(
    `INSERT INTO stock_movements (product_id, kind, pieces, created_at)
     SELECT CONCAT('p', n), 'RECEIVED', ${STOCK}, ${at} FROM ${numbersBelow(PRODUCTS)}`,
  );
  await connection.query(
    `INSERT INTO stock_movements (product_id, order_no, kind, pieces, created_at)
     SELECT CONCAT('p', id % ${PRODUCTS}), order_no, 'RESERVED', -1, created_at FROM orders ORDER BY id`,
  );
  await connection.query(
    `INSERT INTO products (product_id, name, price_fen, stock, created_at)
     SELECT product_id, 'Tea', 1000, SUM(pieces), ${at} FROM stock_movements GROUP BY product_id`,
  );
  await connection.query(
    `INSERT INTO payments (order_no, attempt_no, out_trade_no, trade_type, amount_fen, status, request, prepay_id, is_spent,
       transaction_id, owed_back_fen, check_count, created_at, prepaid_at, paid_at)
     SELECT order_no, 1, CONCAT(order_no, '-1'), 'JSAPI', 1000, 'PAID',
       CONCAT('{"appid":"wx8888888888888888","mch_id":"1900000109","out_trade_no":"', order_no, '-1"}'), 'wx1', 0,
       transaction_id, 0, 0, created_at, created_at, paid_at FROM orders ORDER BY id`,
  );
  await connection.query(
    `INSERT INTO payment_events (at, order_no, out_trade_no, type, result, raw)
     SELECT created_at, order_no, CONCAT(order_no, '-1'), IF(n = 0, 'PREPAY', 'NOTICE'), IF(n = 0, 'ACCEPTED', 'APPLIED'),
       RPAD('<xml>', 600, 'x') FROM orders, ${numbersBelow(2)} ORDER BY orders.id, n`,
  );
  await connection.query('SET SESSION unique_checks = 1');
}
