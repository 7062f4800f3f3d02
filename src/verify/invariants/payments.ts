import { fact } from '../facts/aggregates.js';
import { type Invariant, sqlIn } from '../invariant.js';

/** Invariants of payment attempts and of the money received by them. */
export const paymentInvariants: readonly Invariant[] = [
  {
    name: 'refunds-within-payment',
    sentence: 'The refunded and reserved amount of a payment never exceeds the paid amount.',
    conditions: [
      {
        table: 'payments',
        mustHold: `${fact('refunding.reserved_fen')} <= CASE p.status WHEN 'PAID' THEN p.amount_fen ELSE 0 END`,
      },
    ],
  },
  {
    name: 'held-is-what-refunds-hold',
    sentence: "A payment's reserved amount and number of refunds match its refunds.",
    conditions: [
      {
        table: 'payments',
        mustHold: `p.refund_held_fen = ${fact('refunding.reserved_fen')} AND p.refund_count = ${fact('refunding.reserved')}`,
      },
    ],
  },
  {
    name: 'payment-asks-for-its-order',
    sentence: 'A payment attempt belongs to an order, contains its number, and has exactly its amount.',
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
    sentence:
      'A paid attempt has a transaction and a time, a closed one has a close time, and only a paid one has money.',
    conditions: [
      {
        table: 'payments',
        mustHold: `p.status ${sqlIn('CREATED', 'PREPAID', 'PAID', 'CLOSED')} AND p.amount_fen > 0
          AND (p.status <> 'CLOSED' OR p.closed_at IS NOT NULL) AND (p.status <> 'PREPAID' OR p.prepay_id IS NOT NULL)
          AND CASE p.status WHEN 'PAID' THEN p.transaction_id IS NOT NULL AND p.paid_at IS NOT NULL
              ELSE p.transaction_id IS NULL AND p.paid_at IS NULL AND p.refund_due_fen = 0 END`,
      },
    ],
  },
  {
    name: 'payment-has-an-account',
    sentence: 'A payment and a refund that was sent have a channel, an app and a merchant number.',
    conditions: [
      { table: 'payments', mustHold: "p.channel <> '' AND p.app_id <> '' AND p.mch_id <> ''" },
      {
        table: 'refunds',
        filter: `r.status ${sqlIn('PROCESSING', 'SUCCEEDED', 'ABNORMAL', 'FAILED')}`,
        mustHold: "COALESCE(r.channel, '') <> '' AND COALESCE(r.app_id, '') <> '' AND COALESCE(r.mch_id, '') <> ''",
      },
    ],
  },
  {
    name: 'transaction-counts-once',
    sentence: 'No two payments have the same WeChat transaction.',
    conditions: [
      {
        table: 'payments',
        filter: 'p.transaction_id IS NOT NULL',
        mustHold: `(SELECT COUNT(*) FROM payments other WHERE other.transaction_id = p.transaction_id) = 1`,
      },
    ],
  },
  {
    name: 'one-success-for-an-order',
    sentence: 'A paid order keeps exactly one payment, any other order none; all other payments are fully refundable.',
    conditions: [
      {
        table: 'orders',
        mustHold: `${fact('paying.kept')} = CASE o.status WHEN 'PAID' THEN 1 ELSE 0 END
          AND ${fact('paying.kept_wrongly')} = 0`,
      },
    ],
  },
  {
    // A finally failed refund counts, because staff see it and must refund in another way.
    name: 'late-payment-is-refunded',
    sentence: 'A late or duplicate payment is scheduled for a refund, or refunds exist for its whole amount.',
    conditions: [
      {
        table: 'payments',
        filter: 'p.refund_due_fen <> 0',
        mustHold: `p.next_check_at IS NOT NULL OR p.refund_due_fen <= ${fact('refunding.decided_fen')}`,
      },
    ],
  },
  {
    name: 'one-open-attempt',
    sentence: 'An order has at most one attempt that can be paid; a closed order has none.',
    conditions: [
      {
        table: 'orders',
        mustHold: `${fact('paying.open_attempts')} <= CASE o.status WHEN 'CLOSED' THEN 0 ELSE 1 END`,
      },
    ],
  },
  {
    name: 'attempts-are-counted',
    sentence: "An order's attempt counter equals the number of its payment attempts.",
    conditions: [
      {
        table: 'orders',
        mustHold: `o.attempt_count = ${fact('paying.attempts')} AND o.attempt_count = ${fact('paying.last_attempt')}`,
      },
    ],
  },
];
