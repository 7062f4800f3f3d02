import type { Connection } from 'mysql2/promise';
import { MERCHANT } from './settings.ts';
import { writeMessage } from '../notices/wechat-message.ts';

/** Inserts the benchmark's orders directly into the tables, and builds the notices that pay them. */

const DIGITS = 10;

/** @param side one letter that identifies the measured server */
export function orderNoOf(side: string, index: number) {
  return `${side}${String(index).padStart(DIGITS, '0')}`;
}

/** Returns the notice that pays order `index`. */
export function noticeOf(side: string, index: number) {
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
    transaction_id: transactionIdOf(side, index),
  };
  return writeMessage(fields, MERCHANT.key);
}

/** The content of the notice of API v3 that pays order `index`, before it is encrypted. */
export function transactionOf(side: string, index: number) {
  const fen = priceFen(index);
  return {
    mchid: MERCHANT.mchId,
    appid: MERCHANT.appid,
    out_trade_no: orderNoOf(side, index),
    trade_state: 'SUCCESS',
    trade_state_desc: '支付成功',
    transaction_id: transactionIdOf(side, index),
    trade_type: 'JSAPI',
    bank_type: 'CMB_DEBIT',
    attach: 'shop=1&src=mini',
    success_time: '2026-11-21T12:00:41+08:00',
    payer: { openid: 'oDemo5pQ0x7Rk2Jw9YtVb3Lz8NcA' },
    amount: { total: fen, payer_total: fen, currency: 'CNY', payer_currency: 'CNY' },
  };
}

/** @returns the transaction number of the paid order `index` that `seedOrders` inserts */
export function seededTransactionIdOf(side: string, index: number) {
  return seededTransactionPrefix(side) + String(index).padStart(12, '0');
}

function seededTransactionPrefix(side: string) {
  return `420000290020261${side.charCodeAt(0)}`;
}

function transactionIdOf(side: string, index: number) {
  return `42000029102026112${side.charCodeAt(0)}${String(index).padStart(DIGITS, '0')}`;
}

export function priceFen(index: number) {
  return 1000 + (index % 900);
}

interface Seed {
  side: string;
  count: number;
  openEvery: number;
  /** The protocol of the payments. Default: v2 */
  protocol?: 'v2' | 'v3';
  /** The time of the payments in SQL, which may use their number `n`. Default: now */
  paidAtSql?: string;
}

/**
 * Inserts the orders `0` to `count - 1` of a side, each with one payment. Every `openEvery`-th is unpaid, with its next
 * check tomorrow; the others are paid.
 */
export async function seedOrders(
  connection: Connection,
  { side, count, openEvery, protocol = 'v2', paidAtSql = 'UTC_TIMESTAMP(3)' }: Seed,
) {
  const no = `CONCAT('${side}', LPAD(n, ${DIGITS}, '0'))`;
  const transaction = `IF(n % ${openEvery} = 0, NULL, CONCAT('${seededTransactionPrefix(side)}', LPAD(n, 12, '0')))`;
  const paidAt = `IF(n % ${openEvery} = 0, NULL, ${paidAtSql})`;
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
    `INSERT INTO payments (order_no, attempt_no, out_trade_no, trade_type, amount_fen, status, channel, app_id, mch_id, request, prepay_id,
       is_unusable, transaction_id, refund_due_fen, check_count, next_check_at, created_at, prepaid_at, paid_at)
     SELECT ${no}, 1, ${no}, 'JSAPI', 1000 + n % 900, IF(n % ${openEvery} = 0, 'PREPAID', 'PAID'),
       'wechat-${protocol}', '${MERCHANT.appid}', '${MERCHANT.mchId}', CONCAT('{"appid":"${MERCHANT.appid}","${protocol === 'v2' ? 'mch_id' : 'mchid'}":"${MERCHANT.mchId}","out_trade_no":"', ${no}, '"}'),
       CONCAT('wx', LPAD(n, 34, '0')), 0, ${transaction}, 0, 0, ${tomorrow}, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3),
       ${paidAt} FROM ${numbers}`,
  );
  await connection.query(
    `INSERT INTO order_items (order_id, product_id, name, unit_fen, quantity)
     SELECT id, 'p1', 'Tea', total_fen, 1 FROM orders WHERE status = 'PENDING' AND order_no LIKE '${side}%'`,
  );
  await connection.query('SET SESSION unique_checks = 1');
}

/** Returns a derived table with one column `n`, 0 to `count - 1` in order, for any MySQL version. */
export function numbersBelow(count: number) {
  const digits = 'SELECT 0 d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4';
  const all = `(${digits} UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)`;
  const digitCount = Math.max(1, Math.ceil(Math.log10(count)));
  const tables = Array.from({ length: digitCount }, (_, digit) => `${all} d${digit}`);
  const sum = Array.from({ length: digitCount }, (_, digit) => `d${digit}.d * ${10 ** digit}`).join(' + ');
  return `(SELECT ${sum} AS n FROM ${tables.join(', ')} HAVING n < ${count} ORDER BY n) numbers`;
}
