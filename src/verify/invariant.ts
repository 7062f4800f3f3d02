/** The tables that are walked, each with the name of its row in conditions and what a person calls that row by. */
export const CHECKED_TABLES = {
  products: { row: 'g', number: 'g.product_id' },
  stock_movements: { row: 'm', number: 'COALESCE(m.order_no, m.product_id)' },
  orders: { row: 'o', number: 'o.order_no' },
  payments: { row: 'p', number: 'p.out_trade_no' },
  refunds: { row: 'r', number: 'r.refund_no' },
  user_coupons: { row: 'h', number: 'h.user_coupon_id' },
  payment_events: { row: 'e', number: 'COALESCE(e.out_trade_no, e.order_no)' },
} as const;
export type CheckedTable = keyof typeof CHECKED_TABLES;

/**
 * What must hold of every row of one table, in SQL that means the same on SQLite and MySQL. Rows of other tables are
 * looked up by an index, so that a page costs what it holds, not what exists.
 */
export interface Condition {
  table: CheckedTable;
  /** The rows it is about, and which are counted; every row when absent. */
  filter?: string;
  /** True of an honest row. NULL counts as false. */
  mustHold: string;
}

/** Something that is true of every honest shop, at every moment. */
export interface Invariant {
  /** Never changes: scripts and alerts know it. */
  name: string;
  /** What it says, for a person. */
  sentence: string;
  conditions: readonly Condition[];
}

/** What came of one invariant. */
export interface Finding {
  name: string;
  sentence: string;
  /** Rows it is about. */
  checked: number;
  /** Rows of which it is not true. */
  offending: number;
  /** Numbers of the first of them: of orders, payments, refunds or products. */
  examples: string[];
}

/** `IN ('PAID', 'CLOSED')`. The words are ours, never anybody's input. */
export const sqlIn = (...words: string[]): string => `IN (${words.map((word) => `'${word}'`).join(', ')})`;
