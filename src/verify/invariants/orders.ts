import { fact } from '../facts/aggregates.js';
import { type Invariant, sqlIn } from '../invariant.js';

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
          AND ${fact('listing.other_items')} = 0`,
      },
      {
        table: 'orders',
        filter: "o.origin <> 'SHOP'",
        mustHold: `o.origin = 'EXTERNAL' AND o.user_id IS NULL AND o.merchant_order_no IS NOT NULL
          AND o.coupon_id IS NULL AND o.discount_fen = 0 AND ${fact('listing.products')} = 0`,
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
        mustHold: `o.total_fen = COALESCE(listing.total_fen, CASE o.origin WHEN 'EXTERNAL' THEN o.total_fen END)
          AND ${fact('listing.invalid_items')} = 0
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
        mustHold: `o.paid_fen = o.payable_fen AND o.closed_at IS NULL AND o.close_reason IS NULL
          AND ${fact('paying.same_as_order')} > 0`,
      },
      {
        table: 'orders',
        filter: "o.status <> 'PAID'",
        mustHold: `o.transaction_id IS NULL AND o.paid_at IS NULL
          AND o.paid_fen = ${fact('paying.paid_fen')}
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
        mustHold: `o.refunds_requested = ${fact('refunding.requested')}
          AND o.refunds_processing = ${fact('refunding.processing')}
          AND o.refunded_fen = ${fact('refunding.refunded_fen')}
          AND o.refund_status = ${REFUND_STATUS}`,
      },
    ],
  },
];
