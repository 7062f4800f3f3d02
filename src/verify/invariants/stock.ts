import { type Invariant, sqlIn } from '../invariant.js';

/** Of the line `i` of the order `o`: how often a kind of movement is there, and how many pieces it moved. */
const movementCount = (kind: string): string => `(SELECT COUNT(*) ${movements(kind)})`;
const movedPieces = (kind: string): string => `(SELECT COALESCE(SUM(m.pieces), 0) ${movements(kind)})`;
const movements = (kind: string): string =>
  `FROM stock_movements m WHERE m.order_no = o.order_no AND m.product_id = i.product_id AND m.kind = '${kind}'`;

/** Of the line `i` of the order `o`: the pieces that refunds of such a state name. */
const namedPieces = (ofState: string): string => `(SELECT COALESCE(SUM(f.quantity), 0) FROM refunds r
  JOIN refund_items f ON f.refund_id = r.id
  WHERE r.order_no = o.order_no AND f.product_id = i.product_id AND ${ofState})`;

/** Of every line of the order `o`. */
const everyLineHas = (holds: string): string =>
  `NOT EXISTS (SELECT 1 FROM order_items i WHERE i.order_id = o.id AND NOT (${holds}))`;

/**
 * What must hold of pieces. Together: stock, and what orders hold or have bought, is what came in. For the stock is the sum
 * of all movements, every order's movements are exactly what its state wants, and no movement is without its cause.
 */
export const stockInvariants: readonly Invariant[] = [
  {
    name: 'stock-is-what-moved',
    sentence: "A product's stock is what came in, less what orders hold and have bought: the sum of its movements.",
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
    sentence: 'Every line of an order has taken its pieces off the shelf exactly once.',
    conditions: [
      {
        table: 'orders',
        mustHold: everyLineHas(`${movementCount('RESERVED')} = 1 AND ${movedPieces('RESERVED')} = -i.quantity`),
      },
    ],
  },
  {
    name: 'pieces-come-back-once',
    sentence:
      'A closed order has put its pieces back exactly once, a revived one has taken them again; any other has not.',
    conditions: [
      {
        table: 'orders',
        mustHold: everyLineHas(`
          ${movementCount('REVIVED')} <= CASE o.status WHEN 'PAID' THEN 1 ELSE 0 END
          AND ${movedPieces('REVIVED')} = -i.quantity * ${movementCount('REVIVED')}
          AND ${movementCount('RELEASED')} = ${movementCount('REVIVED')} + CASE o.status WHEN 'CLOSED' THEN 1 ELSE 0 END
          AND ${movedPieces('RELEASED')} = i.quantity * ${movementCount('RELEASED')}`),
      },
    ],
  },
  {
    name: 'returned-pieces-were-sold',
    sentence:
      'Of every line at most the sold pieces return; those that are named belong to a refund that is decided and has not failed.',
    conditions: [
      {
        table: 'orders',
        mustHold: `(o.stock_returned_at IS NULL OR o.status = 'PAID')
          AND (o.stock_returned_at IS NULL) = (NOT EXISTS (SELECT 1 FROM stock_movements m
            WHERE m.order_no = o.order_no AND m.kind = 'RETURNED'))
          AND ${everyLineHas(`i.return_held BETWEEN 0 AND i.quantity AND ${movedPieces('RETURNED')} <= i.return_held
          AND i.return_held = ${namedPieces("r.status IN ('PROCESSING', 'ABNORMAL', 'SUCCEEDED')")}
            + (SELECT COALESCE(SUM(m.pieces), 0) ${movements('RETURNED')} AND m.refund_no = '')
          AND ${movedPieces('RETURNED')} = ${namedPieces("r.status = 'SUCCEEDED'")}
            + (SELECT COALESCE(SUM(m.pieces), 0) ${movements('RETURNED')} AND m.refund_no = '')`)}`,
      },
    ],
  },
  {
    name: 'return-has-its-refund',
    sentence: 'Pieces that a refund returned are exactly those that it named, and its money is back.',
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
    sentence:
      'A movement is by an order that has such a line, or by staff; a product has come in once, when it was made.',
    conditions: [
      {
        table: 'stock_movements',
        filter: 'm.order_no IS NOT NULL',
        mustHold: `m.kind ${sqlIn('RESERVED', 'RELEASED', 'REVIVED', 'RETURNED')} AND EXISTS (SELECT 1 FROM orders o
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
