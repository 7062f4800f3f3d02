import { type Invariant, sqlIn } from '../invariant.js';

const OPEN_STATES = sqlIn('CREATED', 'PREPAID');
/** From the wish to WeChat's yes: a no alone lets go of the money. */
const RESERVING_STATES = sqlIn('REQUESTED', 'PROCESSING', 'ABNORMAL', 'SUCCEEDED');

/** Of the payment `p`; `what` over its refunds. `refund-fits-its-payment` sees to it that none hides under another order. */
const aggregateRefunds = (what: string, states: string): string =>
  `(SELECT ${what} FROM refunds r WHERE r.order_no = p.order_no AND r.out_trade_no = p.out_trade_no AND r.status ${states})`;
const reservedFen = aggregateRefunds('COALESCE(SUM(r.amount_fen), 0)', RESERVING_STATES);

/** What must hold of attempts to pay, and of the money that came by them. */
export const paymentInvariants: readonly Invariant[] = [
  {
    name: 'refunds-within-payment',
    sentence: 'What refunds have given back and reserved of a payment is never more than was paid.',
    conditions: [
      { table: 'payments', mustHold: `${reservedFen} <= CASE p.status WHEN 'PAID' THEN p.amount_fen ELSE 0 END` },
    ],
  },
  {
    name: 'held-is-what-refunds-hold',
    sentence: 'What a payment says is held by refunds, and by how many, is what its refunds say.',
    conditions: [
      {
        table: 'payments',
        mustHold: `p.refund_held_fen = ${reservedFen} AND p.refund_count = ${aggregateRefunds('COUNT(*)', RESERVING_STATES)}`,
      },
    ],
  },
  {
    name: 'payment-asks-for-its-order',
    sentence: 'An attempt belongs to an order, bears its number, and asks for exactly its price.',
    conditions: [
      {
        table: 'payments',
        mustHold: `p.out_trade_no = CONCAT(p.order_no, '-', p.attempt_no) AND EXISTS (SELECT 1 FROM orders o
          WHERE o.order_no = p.order_no AND o.payable_fen = p.amount_fen)`,
      },
    ],
  },
  {
    name: 'payment-fits-its-state',
    sentence: 'A paid attempt has its transaction and time, a closed one its end, and only a paid one has money.',
    conditions: [
      {
        table: 'payments',
        mustHold: `p.status ${sqlIn('CREATED', 'PREPAID', 'PAID', 'CLOSED')} AND p.amount_fen > 0
          AND (p.status <> 'CLOSED' OR p.closed_at IS NOT NULL) AND (p.status <> 'PREPAID' OR p.prepay_id IS NOT NULL)
          AND CASE p.status WHEN 'PAID' THEN p.transaction_id IS NOT NULL AND p.paid_at IS NOT NULL
              ELSE p.transaction_id IS NULL AND p.paid_at IS NULL AND p.owed_back_fen = 0 END`,
      },
    ],
  },
  {
    name: 'transaction-counts-once',
    sentence: "No two payments share one of WeChat's transactions.",
    conditions: [
      {
        table: 'payments',
        filter: 'p.transaction_id IS NOT NULL',
        mustHold: `(SELECT COUNT(*) FROM payments twin WHERE twin.transaction_id = p.transaction_id) = 1`,
      },
    ],
  },
  {
    name: 'one-success-for-an-order',
    sentence: 'A paid order keeps exactly one payment, any other order none; all further money is owed back, whole.',
    conditions: [
      {
        table: 'orders',
        mustHold: `(SELECT COUNT(*) FROM payments p WHERE p.order_no = o.order_no AND p.status = 'PAID' AND p.owed_back_fen = 0)
            = CASE o.status WHEN 'PAID' THEN 1 ELSE 0 END
          AND NOT EXISTS (SELECT 1 FROM payments p WHERE p.order_no = o.order_no AND p.status = 'PAID'
            AND (o.status = 'PENDING' OR p.owed_back_fen NOT IN (0, p.amount_fen)))`,
      },
    ],
  },
  {
    // A refund that failed for good counts: staff see it, and only they can find another way to the payer.
    name: 'owed-money-goes-back',
    sentence: 'Money that came too late or twice is waiting for its turn, or refunds have been opened for all of it.',
    conditions: [
      {
        table: 'payments',
        filter: 'p.owed_back_fen <> 0',
        mustHold: `p.next_check_at IS NOT NULL OR p.owed_back_fen <= ${aggregateRefunds(
          'COALESCE(SUM(r.amount_fen), 0)',
          sqlIn('PROCESSING', 'ABNORMAL', 'SUCCEEDED', 'FAILED'),
        )}`,
      },
    ],
  },
  {
    name: 'one-open-attempt',
    sentence: 'An order has at most one attempt that can be paid; a closed one, whose goods are gone, has none.',
    conditions: [
      {
        table: 'orders',
        mustHold: `(SELECT COUNT(*) FROM payments p WHERE p.order_no = o.order_no AND p.status ${OPEN_STATES})
          <= CASE o.status WHEN 'CLOSED' THEN 0 ELSE 1 END`,
      },
    ],
  },
  {
    name: 'attempts-are-counted',
    sentence: 'An order knows how many attempts were begun to pay it.',
    conditions: [
      {
        table: 'orders',
        mustHold: `o.attempt_count = (SELECT COUNT(*) FROM payments p WHERE p.order_no = o.order_no)
          AND o.attempt_count = (SELECT COALESCE(MAX(p.attempt_no), 0) FROM payments p WHERE p.order_no = o.order_no)`,
      },
    ],
  },
];
