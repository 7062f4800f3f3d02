/** The checked tables, each with its alias in conditions and the expression of the number that identifies a row. */
export const CHECKED_TABLES = {
  products: { row: 'g', number: 'g.product_id' },
  stock_movements: { row: 'm', number: 'COALESCE(m.order_no, m.product_id)' },
  orders: { row: 'o', number: 'o.order_no' },
  payments: { row: 'p', number: 'p.out_trade_no' },
  refunds: { row: 'r', number: 'r.refund_no' },
  user_coupons: { row: 'h', number: 'h.user_coupon_id' },
  order_events: { row: 'e', number: 'COALESCE(e.out_trade_no, e.order_no)' },
  events: { row: 'v', number: 'v.event_id' },
  bills: { row: 'b', number: 'b.date' },
  event_deliveries: { row: 'd', number: "CONCAT('delivery ', d.id)" },
} as const;
export type CheckedTable = keyof typeof CHECKED_TABLES;

/**
 * A condition on every row of one table, in SQL that is valid on SQLite and MySQL. It must find rows of other tables by an index,
 * so that the cost of a page depends only on its own rows.
 */
export interface Condition {
  table: CheckedTable;
  /** The rows to check and to count; all rows if absent. */
  filter?: string;
  /** True for a valid row. NULL counts as false. */
  mustHold: string;
}

/** A condition that holds in every correct database at any time. */
export interface Invariant {
  /** Never changes, because scripts and alerts use it. */
  name: string;
  /** The description for people. */
  sentence: string;
  conditions: readonly Condition[];
}

/** The result of one invariant. */
export interface Finding {
  name: string;
  sentence: string;
  /** The number of checked rows. */
  checked: number;
  /** The number of rows that violate it. */
  offending: number;
  /** The numbers of the first of them: orders, payments, refunds, products or events. */
  examples: string[];
}

/** For example `IN ('PAID', 'CLOSED')`. The values are constants, never user input. */
export const sqlIn = (...values: string[]): string => `IN (${values.map((value) => `'${value}'`).join(', ')})`;
