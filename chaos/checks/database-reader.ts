import Database from 'better-sqlite3';
import mysql from 'mysql2/promise';

type OrderRow = {
  orderNo: string;
  status: string;
  refundStatus: string;
  payableFen: number;
  paidFen: number;
  refundedFen: number;
  transactionId: string | null;
  totalFen: number;
  discountFen: number;
  lineDiscountFen: number;
  userCouponId: string | null;
};
/** A coupon that was granted to a user. */
type UserCouponRow = { userCouponId: string; orderNo: string | null; discountFen: number };
type PaymentRow = {
  orderNo: string;
  outTradeNo: string;
  amountFen: number;
  status: string;
  transactionId: string | null;
  /** The protocol that began it. */
  channel: string;
  refundDueFen: number;
  /** Reserved by refunds, or already paid back. */
  refundReservedFen: number;
};
type RefundRow = {
  refundNo: string;
  orderNo: string;
  outTradeNo: string;
  amountFen: number;
  status: string;
  kind: string;
  /** The protocol for which it was composed; null if it never was. */
  channel: string | null;
  wechatRefundId: string | null;
};
type StockRow = { productId: string; stock: number; moved: number; soldOrReserved: number };
export type Records = {
  orders: OrderRow[];
  payments: PaymentRow[];
  refunds: RefundRow[];
  stock: StockRow[];
  userCoupons: UserCouponRow[];
};

const ORDERS = `SELECT order_no AS orderNo, status, refund_status AS refundStatus, payable_fen AS payableFen, paid_fen AS paidFen,
  refunded_fen AS refundedFen, transaction_id AS transactionId, total_fen AS totalFen, discount_fen AS discountFen, coupon_id AS userCouponId,
  (SELECT COALESCE(SUM(i.discount_fen), 0) FROM order_items i WHERE i.order_id = orders.id) AS lineDiscountFen FROM orders`;
const USER_COUPONS = `SELECT u.user_coupon_id AS userCouponId, u.order_no AS orderNo, c.discount_fen AS discountFen
  FROM user_coupons u JOIN coupons c ON c.coupon_id = u.coupon_id`;
const PAYMENTS = `SELECT order_no AS orderNo, out_trade_no AS outTradeNo, amount_fen AS amountFen, status, channel,
  transaction_id AS transactionId, refund_due_fen AS refundDueFen, refund_held_fen AS refundReservedFen FROM payments`;
const REFUNDS = `SELECT refund_no AS refundNo, order_no AS orderNo, out_trade_no AS outTradeNo, amount_fen AS amountFen, status,
  kind, channel, wechat_refund_id AS wechatRefundId FROM refunds`;
/** `soldOrReserved`: units of pending and paid orders, minus those that refunds have returned to stock. */
const STOCK = `SELECT p.product_id AS productId, p.stock AS stock,
  (SELECT COALESCE(SUM(m.pieces), 0) FROM stock_movements m WHERE m.product_id = p.product_id) AS moved,
  (SELECT COALESCE(SUM(i.quantity), 0) FROM order_items i JOIN orders o ON o.id = i.order_id
    WHERE i.product_id = p.product_id AND o.status <> 'CLOSED')
  - (SELECT COALESCE(SUM(m.pieces), 0) FROM stock_movements m
    WHERE m.product_id = p.product_id AND m.kind = 'RETURNED') AS soldOrReserved FROM products p`;

/** Queries for open work, by name. Late payments wait for the job, or for staff if their refund has failed. */
const OPEN_ITEMS = {
  orders: "SELECT order_no AS no FROM orders WHERE status = 'PENDING'",
  payments: "SELECT out_trade_no AS no FROM payments WHERE status IN ('CREATED', 'PREPAID')",
  'late payments to refund': 'SELECT out_trade_no AS no FROM payments WHERE refund_due_fen > refund_held_fen',
  refunds: "SELECT refund_no AS no FROM refunds WHERE status IN ('REQUESTED', 'PROCESSING', 'ABNORMAL')",
};

export type Open = Record<keyof typeof OPEN_ITEMS, string[]>;

/** A row as the database returns it: MySQL returns sums as text. */
type WithSums<Row, Sum extends keyof Row> = Omit<Row, Sum> & Record<Sum, number | string>;

/** Runs one statement. The caller knows the columns, because it wrote the statement. */
type Query = <Row>(sql: string) => Promise<Row[]>;

/** Reads the tables of the service directly. */
export class DatabaseReader {
  readonly #urls: string[];

  /** @param urls the first one that responds is used */
  constructor(urls: string[]) {
    this.#urls = urls;
  }

  async readRecords(): Promise<Records> {
    return this.#withConnection(async (query) => ({
      orders: (await query<WithSums<OrderRow, 'lineDiscountFen'>>(ORDERS)).map((row) => ({
        ...row,
        lineDiscountFen: Number(row.lineDiscountFen),
      })),
      userCoupons: await query(USER_COUPONS),
      payments: await query(PAYMENTS),
      refunds: await query(REFUNDS),
      stock: (await query<WithSums<StockRow, 'moved' | 'soldOrReserved'>>(STOCK)).map((row) => ({
        ...row,
        moved: Number(row.moved),
        soldOrReserved: Number(row.soldOrReserved),
      })),
    }));
  }

  async readOpenItems(): Promise<Open> {
    return this.#withConnection(async (query) => {
      const open = {} as Open;
      for (const name of Object.keys(OPEN_ITEMS) as (keyof Open)[]) {
        open[name] = (await query<{ no: string }>(OPEN_ITEMS[name])).map(({ no }) => no);
      }
      return open;
    });
  }

  /** Runs one statement of another check. */
  async read<Row>(sql: string): Promise<Row[]> {
    return this.#withConnection((query) => query<Row>(sql));
  }

  async #withConnection<T>(work: (query: Query) => Promise<T>): Promise<T> {
    let failure;
    for (const url of this.#urls) {
      try {
        return await (url.startsWith('sqlite:') ? withSqlite(url.slice('sqlite:'.length), work) : withMysql(url, work));
      } catch (error) {
        failure = error;
      }
    }
    throw failure;
  }
}

async function withSqlite<T>(path: string, work: (query: Query) => Promise<T>) {
  const database = new Database(path, { readonly: true, timeout: 5000 });
  try {
    return await work(<Row>(sql: string) => Promise.resolve(database.prepare(sql).all() as Row[]));
  } finally {
    database.close();
  }
}

async function withMysql<T>(url: string, work: (query: Query) => Promise<T>) {
  const connection = await mysql.createConnection({ uri: url, connectTimeout: 3000 });
  try {
    return await work(async <Row>(sql: string) => (await connection.query(sql))[0] as Row[]);
  } finally {
    await connection.end();
  }
}
