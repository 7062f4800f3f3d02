import { type Invariant, sqlIn } from '../invariant.js';

/** An aggregate over the refunds of the order `o` that are not for late or duplicate payments. */
const aggregateRefunds = (what: string, ...states: string[]): string =>
  `(SELECT ${what} FROM refunds r WHERE r.order_no = o.order_no AND r.is_overpayment = 0 AND r.status ${sqlIn(...states)})`;

/** The rule of the API contract, implemented a second time so that an error in the service is found. */
const REFUND_STATUS = `CASE WHEN o.refunds_processing > 0 THEN 'PROCESSING' WHEN o.refunds_requested > 0 THEN 'REQUESTED'
  WHEN o.refunded_fen = 0 THEN 'NONE' WHEN o.refunded_fen < o.paid_fen THEN 'PARTIAL' ELSE 'FULL' END`;

/** Invariants of orders: their totals and states follow from their lines, payments and refunds. */
export const orderInvariants: readonly Invariant[] = [
  {
    name: 'order-costs-its-lines',
    sentence: 'An order has lines, its total is their sum, and the amount to pay is the total minus the discount.',
    conditions: [
      {
        table: 'orders',
        mustHold: `o.total_fen = (SELECT SUM(i.unit_fen * i.quantity) FROM order_items i WHERE i.order_id = o.id)
          AND NOT EXISTS (SELECT 1 FROM order_items i WHERE i.order_id = o.id AND (i.quantity < 1 OR i.unit_fen < 0))
          AND o.discount_fen >= 0 AND o.payable_fen = o.total_fen - o.discount_fen AND o.payable_fen > 0`,
      },
    ],
  },
  {
    name: 'order-follows-its-payments',
    sentence: "An order's status, amounts, transaction and times match its payments.",
    conditions: [
      {
        table: 'orders',
        filter: "o.status = 'PAID'",
        mustHold: `o.paid_fen = o.payable_fen AND o.closed_at IS NULL AND o.close_reason IS NULL AND EXISTS (
          SELECT 1 FROM payments p WHERE p.order_no = o.order_no AND p.status = 'PAID'
            AND p.transaction_id = o.transaction_id AND p.paid_at = o.paid_at)`,
      },
      {
        table: 'orders',
        filter: "o.status <> 'PAID'",
        mustHold: `o.transaction_id IS NULL AND o.paid_at IS NULL
          AND o.paid_fen = (SELECT COALESCE(SUM(p.amount_fen), 0) FROM payments p WHERE p.order_no = o.order_no AND p.status = 'PAID')
          AND CASE o.status WHEN 'CLOSED' THEN o.closed_at IS NOT NULL AND o.close_reason ${sqlIn('CANCELLED', 'EXPIRED')}
            WHEN 'PENDING' THEN o.closed_at IS NULL AND o.close_reason IS NULL ELSE 0 END`,
      },
    ],
  },
  {
    name: 'order-follows-its-refunds',
    sentence: "An order's refunded amount, counters and refund status match its refunds.",
    conditions: [
      {
        table: 'orders',
        mustHold: `o.refunds_requested = ${aggregateRefunds('COUNT(*)', 'REQUESTED')}
          AND o.refunds_processing = ${aggregateRefunds('COUNT(*)', 'PROCESSING', 'ABNORMAL')}
          AND o.refunded_fen = ${aggregateRefunds('COALESCE(SUM(r.amount_fen), 0)', 'SUCCEEDED')}
          AND o.refund_status = ${REFUND_STATUS}`,
      },
    ],
  },
];
