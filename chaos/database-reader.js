import Database from 'better-sqlite3';
import mysql from 'mysql2/promise';

/**
 * @typedef {{ orderNo: string, status: string, refundStatus: string, payableFen: number, paidFen: number, refundedFen: number, transactionId: string | null,
 *   totalFen: number, discountFen: number, lineDiscountFen: number, couponId: string | null }} OrderRow
 * @typedef {{ id: string, orderNo: string | null, discountFen: number }} CouponRow
 * @typedef {{ orderNo: string, outTradeNo: string, amountFen: number, status: string, transactionId: string | null, refundDueFen: number, refundHeldFen: number }} PaymentRow
 * @typedef {{ refundNo: string, orderNo: string, outTradeNo: string, amountFen: number, status: string, kind: string, wechatRefundId: string | null }} RefundRow
 * @typedef {{ productId: string, stock: number, moved: number, held: number }} StockRow
 * @typedef {{ orders: OrderRow[], payments: PaymentRow[], refunds: RefundRow[], stock: StockRow[], coupons: CouponRow[] }} Records
 */

const ORDERS = `SELECT order_no AS orderNo, status, refund_status AS refundStatus, payable_fen AS payableFen, paid_fen AS paidFen,
  refunded_fen AS refundedFen, transaction_id AS transactionId, total_fen AS totalFen, discount_fen AS discountFen, coupon_id AS couponId,
  (SELECT COALESCE(SUM(i.discount_fen), 0) FROM order_items i WHERE i.order_id = orders.id) AS lineDiscountFen FROM orders`;
const COUPONS = `SELECT u.user_coupon_id AS id, u.order_no AS orderNo, c.discount_fen AS discountFen
  FROM user_coupons u JOIN coupons c ON c.coupon_id = u.coupon_id`;
const PAYMENTS = `SELECT order_no AS orderNo, out_trade_no AS outTradeNo, amount_fen AS amountFen, status,
  transaction_id AS transactionId, refund_due_fen AS refundDueFen, refund_held_fen AS refundHeldFen FROM payments`;
const REFUNDS = `SELECT refund_no AS refundNo, order_no AS orderNo, out_trade_no AS outTradeNo, amount_fen AS amountFen, status,
  kind, wechat_refund_id AS wechatRefundId FROM refunds`;
/** `held`: pieces of pending and paid orders, minus those that refunds have returned to stock. */
const STOCK = `SELECT p.product_id AS productId, p.stock AS stock,
  (SELECT COALESCE(SUM(m.pieces), 0) FROM stock_movements m WHERE m.product_id = p.product_id) AS moved,
  (SELECT COALESCE(SUM(i.quantity), 0) FROM order_items i JOIN orders o ON o.id = i.order_id
    WHERE i.product_id = p.product_id AND o.status <> 'CLOSED')
  - (SELECT COALESCE(SUM(m.pieces), 0) FROM stock_movements m
    WHERE m.product_id = p.product_id AND m.kind = 'RETURNED') AS held FROM products p`;

/** Queries for open work, by name. Late payments wait for the job, or for staff if their refund has failed. */
const OPEN_ITEMS = {
  orders: "SELECT order_no AS no FROM orders WHERE status = 'PENDING'",
  payments: "SELECT out_trade_no AS no FROM payments WHERE status IN ('CREATED', 'PREPAID')",
  'late payments to refund': 'SELECT out_trade_no AS no FROM payments WHERE refund_due_fen > refund_held_fen',
  refunds: "SELECT refund_no AS no FROM refunds WHERE status IN ('REQUESTED', 'PROCESSING', 'ABNORMAL')",
};

/** @typedef {Record<keyof typeof OPEN_ITEMS, string[]>} Open */

/** Reads the tables of the service directly. */
export class DatabaseReader {
  /** @param {string[]} urls the first one that answers is used */
  constructor(urls) {
    this.urls = urls;
  }

  /** @returns {Promise<Records>} */
  async readRecords() {
    return this.#withConnection(async (query) => ({
      orders: (await query(ORDERS)).map((row) => ({ ...row, lineDiscountFen: Number(row.lineDiscountFen) })),
      coupons: await query(COUPONS),
      payments: await query(PAYMENTS),
      refunds: await query(REFUNDS),
      stock: (await query(STOCK)).map((row) => ({ ...row, moved: Number(row.moved), held: Number(row.held) })),
    }));
  }

  /** @returns {Promise<Open>} */
  async readOpenItems() {
    return this.#withConnection(async (query) => {
      const open = /** @type {Open} */ ({});
      for (const name of /** @type {(keyof Open)[]} */ (Object.keys(OPEN_ITEMS))) {
        open[name] = (await query(OPEN_ITEMS[name])).map(({ no }) => no);
      }
      return open;
    });
  }

  /**
   * @template T
   * @param {(query: (sql: string) => Promise<any[]>) => Promise<T>} work
   * @returns {Promise<T>}
   */
  async #withConnection(work) {
    let failure;
    for (const url of this.urls) {
      try {
        return await (url.startsWith('sqlite:') ? withSqlite(url.slice('sqlite:'.length), work) : withMysql(url, work));
      } catch (error) {
        failure = error;
      }
    }
    throw failure;
  }
}

/**
 * @template T
 * @param {string} path
 * @param {(query: (sql: string) => Promise<any[]>) => Promise<T>} work
 */
async function withSqlite(path, work) {
  const database = new Database(path, { readonly: true, timeout: 5000 });
  try {
    return await work((sql) => Promise.resolve(database.prepare(sql).all()));
  } finally {
    database.close();
  }
}

/**
 * @template T
 * @param {string} url
 * @param {(query: (sql: string) => Promise<any[]>) => Promise<T>} work
 */
async function withMysql(url, work) {
  const connection = await mysql.createConnection({ uri: url, connectTimeout: 3000 });
  try {
    return await work(async (sql) => /** @type {any[]} */ ((await connection.query(sql))[0]));
  } finally {
    await connection.end();
  }
}
