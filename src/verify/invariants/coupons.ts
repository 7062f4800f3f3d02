import { fact } from '../facts/aggregates.js';
import type { Invariant } from '../invariant.js';

/** The coupon of the order `o`, owned by the buyer of the order. */
const couponOfOrder = (condition: string): string => `EXISTS (SELECT 1 FROM user_coupons h
  WHERE h.user_coupon_id = o.coupon_id AND h.user_id = o.user_id AND ${condition})`;
const HOLDS_COUPON = couponOfOrder('h.order_no = o.order_no');

/** Paid and not fully refunded. */
const NOT_FULLY_REFUNDED = `o.status = 'PAID' AND o.refunded_fen < o.paid_fen`;

/**
 * Invariants of coupons. A coupon has at most one open or paid order, because it stores one order number and each such
 * order must be stored by its coupon. The current terms of a coupon do not matter for existing orders.
 */
export const couponInvariants: readonly Invariant[] = [
  {
    name: 'discount-is-its-lines',
    sentence:
      'The discount of an order is the sum of its item discounts, each between zero and the amount of the item.',
    conditions: [
      {
        table: 'orders',
        mustHold: `o.discount_fen = ${fact('listing.discount_fen')} AND ${fact('listing.invalid_discounts')} = 0`,
      },
    ],
  },
  {
    name: 'discount-has-its-coupon',
    sentence: 'An order has a discount if and only if it was placed with a coupon of its user.',
    conditions: [
      {
        table: 'orders',
        mustHold: `CASE WHEN o.coupon_id IS NULL THEN o.discount_fen = 0 ELSE o.discount_fen > 0 AND ${couponOfOrder('1 = 1')} END`,
      },
    ],
  },
  {
    name: 'order-holds-its-coupon',
    sentence: 'A pending order, or a paid one that is not fully refunded, has its coupon; a closed order does not.',
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
    sentence: 'A reserved or used coupon belongs to an order of its user that was placed with it.',
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
    sentence: 'A granted coupon has an existing coupon definition and an existing user.',
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
      'A fully refunded order without its coupon has exactly one event that returned it; any other order has none.',
    conditions: [
      {
        table: 'orders',
        filter: `o.coupon_id IS NOT NULL`,
        mustHold: `${fact('logged.coupon_returned')}
          = CASE WHEN o.status = 'PAID' AND o.refunded_fen >= o.paid_fen AND NOT ${HOLDS_COUPON} THEN 1 ELSE 0 END`,
      },
    ],
  },
];
