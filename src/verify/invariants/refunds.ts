import { type Invariant, sqlIn } from '../invariant.js';

/** Invariants of single refunds. Their sums are checked with the payments and orders. */
export const refundInvariants: readonly Invariant[] = [
  {
    name: 'refund-fits-its-payment',
    sentence: 'A refund belongs to a paid payment with the same order, transaction and amount, and does not exceed it.',
    conditions: [
      {
        table: 'refunds',
        mustHold: `r.amount_fen BETWEEN 1 AND r.requested_fen AND r.requested_fen <= r.paid_fen
          AND EXISTS (SELECT 1 FROM payments p WHERE p.out_trade_no = r.out_trade_no AND p.order_no = r.order_no
            AND p.transaction_id = r.transaction_id AND p.amount_fen = r.paid_fen AND p.status = 'PAID')
          AND EXISTS (SELECT 1 FROM orders o WHERE o.order_no = r.order_no
            AND COALESCE(o.user_id, '') = COALESCE(r.user_id, ''))`,
      },
    ],
  },
  {
    name: 'refund-fits-its-state',
    sentence: "A refund has exactly the fields of its state: decision, request, WeChat's refund id, completion.",
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
        // Only a refund made in WeChat's merchant platform has no request of ours.
        mustHold: `r.decided_at IS NOT NULL AND (r.request IS NOT NULL OR r.kind = 'MERCHANT')
          AND CASE r.status WHEN 'SUCCEEDED' THEN r.completed_at IS NOT NULL AND r.wechat_refund_id IS NOT NULL AND r.wait_reason IS NULL
            WHEN 'FAILED' THEN r.completed_at IS NOT NULL AND r.wait_reason IS NULL
            WHEN 'ABNORMAL' THEN r.completed_at IS NULL AND r.wait_reason IS NULL
            WHEN 'PROCESSING' THEN r.completed_at IS NULL ELSE 0 END`,
      },
    ],
  },
  {
    name: 'redirect-has-its-call',
    sentence:
      'A refund has a destination exactly while WeChat may have accepted it; only money that came back to the merchant is paid otherwise.',
    conditions: [
      {
        table: 'refunds',
        mustHold: `CASE WHEN r.redirect_to IS NULL THEN r.redirect_call_count = 0 AND r.redirect_bank_type IS NULL
            ELSE r.redirect_call_count > 0 AND r.wechat_refund_id IS NOT NULL END
          AND CASE WHEN r.paid_otherwise_at IS NULL THEN r.paid_otherwise_note IS NULL
            ELSE r.paid_otherwise_note IS NOT NULL AND r.status = 'SUCCEEDED' AND r.redirect_to = 'MERCHANT' END`,
      },
    ],
  },
  {
    name: 'wechat-refund-counts-once',
    sentence: 'No two refunds have the same WeChat refund id.',
    conditions: [
      {
        table: 'refunds',
        filter: 'r.wechat_refund_id IS NOT NULL',
        mustHold: '(SELECT COUNT(*) FROM refunds other WHERE other.wechat_refund_id = r.wechat_refund_id) = 1',
      },
    ],
  },
];
