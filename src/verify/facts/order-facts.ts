import { sqlIn } from '../invariant.js';
import { countUnless, countWhere, fact, sumWhere } from './aggregates.js';
import type { Facts } from './facts.js';

const paidWhere = (condition: string): string => countWhere(`p.status = 'PAID' AND ${condition}`);

/** The movements of the item `i` of the order `o`, by kind: how many, and how many units. */
const MOVEMENT_KINDS = { reserved: 'RESERVED', released: 'RELEASED', reopened: 'REOPENED' } as const;
const movementColumns = [
  ...Object.entries(MOVEMENT_KINDS).flatMap(([name, kind]) => [
    `${countWhere(`m.kind = '${kind}'`)} AS ${name}_count`,
    `${sumWhere('m.pieces', `m.kind = '${kind}'`)} AS ${name}_pieces`,
  ]),
  `${countWhere("m.kind = 'RETURNED'")} AS returned_count`,
  `${sumWhere('m.pieces', "m.kind = 'RETURNED'")} AS returned_pieces`,
  `${sumWhere('m.pieces', "m.kind = 'RETURNED' AND m.refund_no = ''")} AS returned_by_staff`,
].join(', ');
const moved = (name: keyof typeof MOVEMENT_KINDS, what: 'count' | 'pieces'): string => fact(`moved.${name}_${what}`);

/** The units of the item that refunds list, by the state of the refund. */
const listedColumns = [
  `${sumWhere('f.quantity', "r.status IN ('PROCESSING', 'ABNORMAL', 'SUCCEEDED')")} AS held`,
  `${sumWhere('f.quantity', "r.status = 'SUCCEEDED'")} AS succeeded`,
].join(', ');

/** Lines of a payment order have no stock. */
const productsUnless = (condition: string): string => countUnless(`i.product_id IS NULL OR (${condition})`);

/** Facts of the order `o`. */
export const ORDER_FACTS: Readonly<Record<string, Facts>> = {
  paying: {
    join: () => 'payments p ON p.order_no = o.order_no',
    columns: {
      attempts: 'COUNT(*)',
      last_attempt: 'MAX(p.attempt_no)',
      open_attempts: countWhere(`p.status ${sqlIn('CREATED', 'PREPAID')}`),
      paid_fen: sumWhere('p.amount_fen', "p.status = 'PAID'"),
      kept: paidWhere('p.refund_due_fen = 0'),
      same_as_order: paidWhere('p.transaction_id = o.transaction_id AND p.paid_at = o.paid_at'),
      kept_wrongly: paidWhere("(o.status = 'PENDING' OR p.refund_due_fen NOT IN (0, p.amount_fen))"),
    },
  },
  refunding: {
    join: () => 'refunds r ON r.order_no = o.order_no AND r.is_overpayment = 0',
    columns: {
      requested: countWhere("r.status = 'REQUESTED'"),
      processing: countWhere(`r.status ${sqlIn('PROCESSING', 'ABNORMAL')}`),
      refunded_fen: sumWhere('r.amount_fen', "r.status = 'SUCCEEDED'"),
    },
  },
  listing: {
    join: (page) => `order_items i ON i.order_id = o.id
      LEFT JOIN (SELECT o.id AS row_id, m.product_id, ${movementColumns} FROM orders o
        JOIN stock_movements m ON m.order_no = o.order_no WHERE ${page} GROUP BY o.id, m.product_id) moved
        ON moved.row_id = o.id AND moved.product_id = i.product_id
      LEFT JOIN (SELECT o.id AS row_id, f.product_id, ${listedColumns} FROM orders o
        JOIN refunds r ON r.order_no = o.order_no JOIN refund_items f ON f.refund_id = r.id
        WHERE ${page} GROUP BY o.id, f.product_id) listed
        ON listed.row_id = o.id AND listed.product_id = i.product_id`,
    columns: {
      total_fen: 'SUM(i.unit_fen * i.quantity)',
      discount_fen: 'SUM(i.discount_fen)',
      invalid_items: countWhere('i.quantity < 1 OR i.unit_fen < 0'),
      invalid_discounts: countWhere('i.discount_fen NOT BETWEEN 0 AND i.unit_fen * i.quantity'),
      products: countWhere('i.product_id IS NOT NULL'),
      other_items: countWhere('i.product_id IS NULL'),
      returned: fact('SUM(moved.returned_count)'),
      wrongly_reserved: productsUnless(
        `${moved('reserved', 'count')} = 1 AND ${moved('reserved', 'pieces')} = -i.quantity`,
      ),
      wrongly_released: productsUnless(
        `${moved('reopened', 'count')} <= CASE o.status WHEN 'PAID' THEN 1 ELSE 0 END
          AND ${moved('reopened', 'pieces')} = -i.quantity * ${moved('reopened', 'count')}
          AND ${moved('released', 'count')} = ${moved('reopened', 'count')} + CASE o.status WHEN 'CLOSED' THEN 1 ELSE 0 END
          AND ${moved('released', 'pieces')} = i.quantity * ${moved('released', 'count')}`,
      ),
      wrongly_returned: productsUnless(
        `i.return_held BETWEEN 0 AND i.quantity AND ${fact('moved.returned_pieces')} <= i.return_held
          AND i.return_held = ${fact('listed.held')} + ${fact('moved.returned_by_staff')}
          AND ${fact('moved.returned_pieces')} = ${fact('listed.succeeded')} + ${fact('moved.returned_by_staff')}`,
      ),
    },
  },
  logged: {
    join: () => 'order_events e ON e.order_no = o.order_no',
    columns: {
      closed: countWhere("e.type = 'ORDER_CLOSED'"),
      reopened: countWhere("e.type = 'ORDER_REOPENED'"),
      reopened_late: countWhere("e.type = 'ORDER_REOPENED' AND e.result = 'LATE_PAYMENT'"),
      coupon_returned: countWhere("e.type = 'COUPON_RETURNED'"),
    },
  },
  reporting: {
    join: () => "events y ON y.subject = o.order_no AND y.type LIKE 'order.%'",
    columns: {
      events: 'COUNT(*)',
      of_the_state: countWhere("y.type = CASE o.status WHEN 'PAID' THEN 'order.paid' ELSE 'order.closed' END"),
    },
  },
};
