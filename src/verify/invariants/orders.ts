import { type Invariant, sqlIn } from '../invariant.js';

/** An aggregate over the refunds of the order `o` that are not for late or duplicate payments. */
const aggregateRefunds = (what: string, ...statuses: string[]): string =>
  `(SELECT ${what} FROM refunds r WHERE r.order_no = o.order_no AND r.is_overpayment = 0 AND r.status ${sqlIn(...statuses)})`;

/** The rule of the API contract, implemented a second time so that an error in the service is found. */
const REFUND_STATUS = `CASE WHEN o.refunds_processing > 0 THEN 'PROCESSING' WHEN o.refunds_requested > 0 THEN 'REQUESTED'
  WHEN o.refunded_fen = 0 THEN 'NONE' WHEN o.refunded_fen < o.paid_fen THEN 'PARTIAL' ELSE 'FULL' END`;

/** Invariants of orders: their totals and states follow from their items, payments and refunds. */
export const orderInvariants: readonly Invariant[] = [
  {
    name: 'order-fits-its-origin',
    sentence:
      "An order of the shop has a user and products. A payment order has the merchant's number, and no user, product, coupon or discount.",
    conditions: [
      {
        table: 'orders',
        filter: "o.origin = 'SHOP'",
        mustHold: `o.user_id IS NOT NULL AND o.merchant_order_no IS NULL
          AND NOT EXISTS (SELECT 1 FROM order_items i WHERE i.order_id = o.id AND i.product_id IS NULL)`,
      },
      {
        table: 'orders',
        filter: "o.origin <> 'SHOP'",
        mustHold: `o.origin = 'EXTERNAL' AND o.user_id IS NULL AND o.merchant_order_no IS NOT NULL
          AND o.coupon_id IS NULL AND o.discount_fen = 0
          AND NOT EXISTS (SELECT 1 FROM order_items i WHERE i.order_id = o.id AND i.product_id IS NOT NULL)`,
      },
    ],
  },
  {
    name: 'order-costs-its-lines',
    sentence:
      'The total of an order is the sum of its items, and the amount to pay is the total minus the discount. Only a payment order may have no items.',
    conditions: [
      {
        table: 'orders',
        mustHold: `o.total_fen = COALESCE((SELECT SUM(i.unit_fen * i.quantity) FROM order_items i WHERE i.order_id = o.id),
            CASE o.origin WHEN 'EXTERNAL' THEN o.total_fen END)
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
