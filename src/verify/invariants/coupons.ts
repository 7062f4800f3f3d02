import type { Invariant } from '../invariant.js';

/** Of the order `o`: what its lines have of the discount. */
const aggregateLines = (what: string): string => `(SELECT ${what} FROM order_items i WHERE i.order_id = o.id)`;

/** Of the order `o`: the coupon that it was placed with, in the hands of who placed it. */
const couponOfOrder = (condition: string): string => `EXISTS (SELECT 1 FROM user_coupons h
  WHERE h.user_coupon_id = o.coupon_id AND h.user_id = o.user_id AND ${condition})`;
const HOLDS_COUPON = couponOfOrder('h.order_no = o.order_no');

/** Paid, and not all of it given back. */
const NOT_FULLY_REFUNDED = `o.status = 'PAID' AND o.refunded_fen < o.paid_fen`;

/**
 * What must hold of coupons. Together: a coupon is used by at most one living order, for a coupon names one order, and
 * every living order is named by its own. What a coupon's terms are today says nothing of an order of yesterday.
 */
export const couponInvariants: readonly Invariant[] = [
  {
    name: 'discount-is-its-lines',
    sentence:
      'The discount of an order is that of its lines, none of which has more than it comes to, or less than none.',
    conditions: [
      {
        table: 'orders',
        mustHold: `o.discount_fen = ${aggregateLines('SUM(i.discount_fen)')} AND NOT EXISTS (SELECT 1 FROM order_items i
          WHERE i.order_id = o.id AND i.discount_fen NOT BETWEEN 0 AND i.unit_fen * i.quantity)`,
      },
    ],
  },
  {
    name: 'discount-has-its-coupon',
    sentence: 'An order has a discount exactly when it was placed with a coupon, which is in the hands of its user.',
    conditions: [
      {
        table: 'orders',
        mustHold: `CASE WHEN o.coupon_id IS NULL THEN o.discount_fen = 0 ELSE o.discount_fen > 0 AND ${couponOfOrder('1 = 1')} END`,
      },
    ],
  },
  {
    name: 'order-holds-its-coupon',
    sentence:
      'An order that waits to be paid, or is paid and not wholly given back, holds its coupon; a closed one does not.',
    conditions: [
      {
        table: 'orders',
        filter: `o.coupon_id IS NOT NULL AND (o.status = 'PENDING' OR (${NOT_FULLY_REFUNDED}))`,
        mustHold: HOLDS_COUPON,
      },
      { table: 'orders', filter: `o.coupon_id IS NOT NULL AND o.status = 'CLOSED'`, mustHold: `NOT ${HOLDS_COUPON}` },
    ],
  },
  {
    name: 'coupon-is-held-by-its-order',
    sentence: 'A coupon that is reserved or used is so by an order of its user, which was placed with it.',
    conditions: [
      {
        table: 'user_coupons',
        filter: 'h.order_no IS NOT NULL',
        mustHold: `EXISTS (SELECT 1 FROM orders o WHERE o.order_no = h.order_no AND o.coupon_id = h.user_coupon_id
          AND o.user_id = h.user_id)`,
      },
    ],
  },
  {
    name: 'coupon-has-its-kind',
    sentence: 'A coupon is of a kind that staff have made, in the hands of a user who is there.',
    conditions: [
      {
        table: 'user_coupons',
        mustHold: `EXISTS (SELECT 1 FROM coupons c WHERE c.coupon_id = h.coupon_id AND c.discount_fen > 0 AND c.min_spend_fen >= 0)
          AND EXISTS (SELECT 1 FROM users u WHERE u.id = h.user_id)`,
      },
    ],
  },
  {
    name: 'returned-coupon-has-its-event',
    sentence:
      'A wholly refunded order that no longer holds its coupon gave it back by exactly one event; any other by none.',
    conditions: [
      {
        table: 'orders',
        filter: `o.coupon_id IS NOT NULL`,
        mustHold: `(SELECT COUNT(*) FROM payment_events e WHERE e.order_no = o.order_no AND e.type = 'COUPON_RETURNED')
          = CASE WHEN o.status = 'PAID' AND o.refunded_fen >= o.paid_fen AND NOT ${HOLDS_COUPON} THEN 1 ELSE 0 END`,
      },
    ],
  },
];
