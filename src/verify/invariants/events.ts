import { fact } from '../facts/aggregates.js';
import { APPLIED_RESULT } from '../facts/payment-facts.js';
import { type Invariant, sqlIn } from '../invariant.js';

/**
 * Events of a refund have its order number and contain the refund number: in `facts`, or at the beginning of `detail`
 * in older rows. Quotation marks in JSON texts are escaped, so no text can look like a field of it.
 */
const refundEventCount = (which: string, state?: string): string => {
  const says = state === undefined ? '' : ` AND INSTR(e.facts, '"state":"${state}"') > 0`;
  const then = state === undefined ? ': ' : `: ${state},`;
  return `(SELECT COUNT(*) FROM order_events e WHERE e.order_no = r.order_no AND ${which}
    AND ((INSTR(e.facts, CONCAT('"refundNo":"', r.refund_no, '"')) > 0${says})
      OR INSTR(e.detail, CONCAT(r.refund_no, '${then}')) = 1))`;
};

const appliedResultCount = (state: string): string =>
  refundEventCount(`e.type ${sqlIn('REFUND_NOTICE', 'REFUND_QUERY')} AND e.result = 'APPLIED'`, state);
const eventCount = (type: string, ...results: string[]): string =>
  refundEventCount(`e.type = '${type}' AND e.result ${sqlIn(...results)}`);

/** Invariants of the event log: it has the events that explain every state, and the rows that it refers to exist. */
export const eventInvariants: readonly Invariant[] = [
  {
    name: 'payment-has-its-event',
    sentence: 'A paid payment has exactly one applied WeChat result, and a closed one has an event that closed it.',
    conditions: [
      {
        table: 'payments',
        mustHold: `${fact('logged.applied')} = CASE p.status WHEN 'PAID' THEN 1 ELSE 0 END
          AND (p.closed_at IS NULL OR ${fact('logged.closed')} > 0)`,
      },
    ],
  },
  {
    name: 'close-has-its-event',
    sentence: 'A closed order has exactly one close event, and a reopened order has one close event per reopening.',
    conditions: [
      {
        table: 'orders',
        mustHold: `${fact('logged.closed')} = ${fact('logged.reopened')} + CASE o.status WHEN 'CLOSED' THEN 1 ELSE 0 END
          AND ${fact('logged.reopened_late')} <= CASE o.status WHEN 'PAID' THEN 1 ELSE 0 END`,
      },
    ],
  },
  {
    name: 'refund-has-its-events',
    sentence:
      'A refund has exactly one event that created it and one that ended it; a successful one has exactly one success event.',
    conditions: [
      {
        table: 'refunds',
        mustHold: `${eventCount('REFUND_REQUEST', 'REQUESTED', 'AUTOMATIC', 'MERCHANT_PLATFORM')} + ${eventCount('REFUND_DECISION', 'CREATED')} = 1
          AND ${appliedResultCount('SUCCEEDED')} = CASE r.status WHEN 'SUCCEEDED' THEN 1 ELSE 0 END
          AND CASE r.status WHEN 'REJECTED' THEN ${eventCount('REFUND_DECISION', 'REJECTED')} = 1
            WHEN 'CANCELLED' THEN ${eventCount('REFUND_REQUEST', 'CANCELLED')} = 1
            WHEN 'FAILED' THEN ${appliedResultCount('CLOSED')} + ${eventCount('REFUND_CALL', 'REFUSED')} > 0
            WHEN 'ABNORMAL' THEN ${appliedResultCount('ABNORMAL')} + ${eventCount('REFUND_CALL', 'REFUSED')} > 0
            ELSE 1 = 1 END`,
      },
    ],
  },
  {
    name: 'decision-is-audited',
    sentence: 'Every staff decision about a refund is in the audit log.',
    conditions: [
      {
        table: 'refunds',
        filter: 'r.decided_by IS NOT NULL',
        mustHold: `EXISTS (SELECT 1 FROM audit_log a WHERE a.subject = r.refund_no AND a.actor_id = r.decided_by
          AND a.action ${sqlIn('refund.approve', 'refund.reject', 'refund.create')})`,
      },
    ],
  },
  {
    name: 'nothing-is-forgotten',
    sentence: 'Every payment and order in the event log exists.',
    conditions: [
      {
        table: 'order_events',
        filter: APPLIED_RESULT,
        mustHold: 'EXISTS (SELECT 1 FROM payments p WHERE p.out_trade_no = e.out_trade_no)',
      },
      {
        table: 'order_events',
        filter: 'e.order_no IS NOT NULL',
        mustHold: 'EXISTS (SELECT 1 FROM orders o WHERE o.order_no = e.order_no)',
      },
    ],
  },
];
