import { type Invariant, sqlIn } from '../invariant.js';

/** Of the order `o`; `what` over the refunds that concern its goods. */
const aggregateRefunds = (what: string, ...states: string[]): string =>
  `(SELECT ${what} FROM refunds r WHERE r.order_no = o.order_no AND r.is_surplus = 0 AND r.status ${sqlIn(...states)})`;

/** The rule of the contract, written down a second time: sharing it would share its mistakes. */
const REFUND_STATUS = `CASE WHEN o.refunds_processing > 0 THEN 'PROCESSING' WHEN o.refunds_requested > 0 THEN 'REQUESTED'
  WHEN o.refunded_fen = 0 THEN 'NONE' WHEN o.refunded_fen < o.paid_fen THEN 'PARTIAL' ELSE 'FULL' END`;

/** What must hold of orders: their sums and states follow from the rows below them. */
export const orderInvariants: readonly Invariant[] = [
  {
    name: 'order-costs-its-lines',
    sentence: 'An order has lines, its total is their sum, and what is to be paid is the total less the discount.',
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
    sentence: "An order's state, money, transaction and times are those of its payments.",
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
    sentence: "An order's refunded money, counters and refund status are those of its refunds.",
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
