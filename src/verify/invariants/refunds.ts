import { type Invariant, sqlIn } from '../invariant.js';

/** What must hold of refunds, one by one. Their sums are looked at from the payment and from the order. */
export const refundInvariants: readonly Invariant[] = [
  {
    name: 'refund-fits-its-payment',
    sentence: 'A refund belongs to a paid payment, with its order, transaction and amount, and asks for a part of it.',
    conditions: [
      {
        table: 'refunds',
        mustHold: `r.amount_fen BETWEEN 1 AND r.requested_fen AND r.requested_fen <= r.paid_fen
          AND EXISTS (SELECT 1 FROM payments p WHERE p.out_trade_no = r.out_trade_no AND p.order_no = r.order_no
            AND p.transaction_id = r.transaction_id AND p.amount_fen = r.paid_fen AND p.status = 'PAID')
          AND EXISTS (SELECT 1 FROM orders o WHERE o.order_no = r.order_no AND o.user_id = r.user_id)`,
      },
    ],
  },
  {
    name: 'refund-fits-its-state',
    sentence:
      "A refund has what its state needs: a decision, a request, WeChat's number, an end; and nothing before its time.",
    conditions: [
      {
        table: 'refunds',
        filter: `r.status ${sqlIn('REQUESTED', 'REJECTED', 'CANCELLED')}`,
        mustHold: `r.send_count = 0 AND r.wechat_refund_id IS NULL AND r.completed_at IS NULL AND r.wait_reason IS NULL
          AND CASE r.status WHEN 'REQUESTED' THEN r.decided_at IS NULL ELSE r.decided_at IS NOT NULL END`,
      },
      {
        table: 'refunds',
        filter: `r.status NOT ${sqlIn('REQUESTED', 'REJECTED', 'CANCELLED')}`,
        // Only one that was made by hand in WeChat's platform has no request of ours.
        mustHold: `r.decided_at IS NOT NULL AND (r.request IS NOT NULL OR r.kind = 'MERCHANT')
          AND CASE r.status WHEN 'SUCCEEDED' THEN r.completed_at IS NOT NULL AND r.wechat_refund_id IS NOT NULL AND r.wait_reason IS NULL
            WHEN 'FAILED' THEN r.completed_at IS NOT NULL AND r.wait_reason IS NULL
            WHEN 'ABNORMAL' THEN r.completed_at IS NULL AND r.wait_reason IS NULL
            WHEN 'PROCESSING' THEN r.completed_at IS NULL ELSE 0 END`,
      },
    ],
  },
  {
    name: 'wechat-refund-counts-once',
    sentence: "No two refunds share one of WeChat's refund numbers.",
    conditions: [
      {
        table: 'refunds',
        filter: 'r.wechat_refund_id IS NOT NULL',
        mustHold: '(SELECT COUNT(*) FROM refunds twin WHERE twin.wechat_refund_id = r.wechat_refund_id) = 1',
      },
    ],
  },
];
