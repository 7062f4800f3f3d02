import { fact } from '../facts/aggregates.js';
import { type Invariant, sqlIn } from '../invariant.js';

/**
 * Invariants of stock. Stock is the sum of all movements, the movements of an order match its state, and every movement
 * has a cause. It follows that the stock plus reserved and sold units equals the received units.
 */
export const stockInvariants: readonly Invariant[] = [
  {
    name: 'stock-is-what-moved',
    sentence: "A product's stock is the sum of its movements and not negative.",
    conditions: [
      {
        table: 'products',
        mustHold: `g.stock >= 0
          AND g.stock = (SELECT COALESCE(SUM(m.pieces), 0) FROM stock_movements m WHERE m.product_id = g.product_id)`,
      },
    ],
  },
  {
    name: 'pieces-are-reserved-once',
    sentence: 'Every product of an order has reserved its units exactly once.',
    conditions: [
      {
        table: 'orders',
        mustHold: `${fact('listing.wrongly_reserved')} = 0`,
      },
    ],
  },
  {
    name: 'pieces-come-back-once',
    sentence:
      'A closed order has released its units exactly once, and a reopened one has reserved them again; others have not.',
    conditions: [
      {
        table: 'orders',
        mustHold: `${fact('listing.wrongly_released')} = 0`,
      },
    ],
  },
  {
    name: 'returned-pieces-were-sold',
    sentence:
      'At most the sold units of an item return to stock; listed units belong to a decided refund that has not failed.',
    conditions: [
      {
        table: 'orders',
        mustHold: `(o.stock_returned_at IS NULL OR o.status = 'PAID')
          AND (o.stock_returned_at IS NULL) = (${fact('listing.returned')} = 0)
          AND ${fact('listing.wrongly_returned')} = 0`,
      },
    ],
  },
  {
    name: 'return-has-its-refund',
    sentence: 'The units returned by a refund are exactly those that it lists, and the refund has succeeded.',
    conditions: [
      {
        table: 'stock_movements',
        filter: `m.refund_no <> ''`,
        mustHold: `m.kind = 'RETURNED' AND EXISTS (SELECT 1 FROM refunds r JOIN refund_items f ON f.refund_id = r.id
          WHERE r.refund_no = m.refund_no AND r.order_no = m.order_no AND r.status = 'SUCCEEDED'
          AND f.product_id = m.product_id AND f.quantity = m.pieces)`,
      },
      {
        table: 'refunds',
        filter: `r.status NOT IN ('PROCESSING', 'ABNORMAL', 'SUCCEEDED', 'FAILED')`,
        mustHold: 'NOT EXISTS (SELECT 1 FROM refund_items f WHERE f.refund_id = r.id)',
      },
    ],
  },
  {
    name: 'movement-has-its-cause',
    sentence: 'A movement belongs to an order with such an item or to staff; a product has one initial receipt.',
    conditions: [
      {
        table: 'stock_movements',
        filter: 'm.order_no IS NOT NULL',
        mustHold: `m.kind ${sqlIn('RESERVED', 'RELEASED', 'REOPENED', 'RETURNED')} AND EXISTS (SELECT 1 FROM orders o
          JOIN order_items i ON i.order_id = o.id WHERE o.order_no = m.order_no AND i.product_id = m.product_id)`,
      },
      {
        table: 'stock_movements',
        filter: 'm.order_no IS NULL',
        mustHold: `m.kind ${sqlIn('RECEIVED', 'ADJUSTED')}
          AND EXISTS (SELECT 1 FROM products g WHERE g.product_id = m.product_id)`,
      },
      {
        table: 'products',
        mustHold: `(SELECT COUNT(*) FROM stock_movements m WHERE m.product_id = g.product_id AND m.kind = 'RECEIVED') = 1`,
      },
    ],
  },
];
