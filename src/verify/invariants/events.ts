import { type Invariant, oneOf } from '../invariant.js';

const BELIEVED = `e.type ${oneOf('NOTICE', 'QUERY')} AND e.result ${oneOf('APPLIED', 'OWED_BACK')}`;

const paymentEvents = (which: string): string =>
  `(SELECT COUNT(*) FROM payment_events e WHERE e.out_trade_no = p.out_trade_no AND ${which})`;
const orderEvents = (which: string): string =>
  `(SELECT COUNT(*) FROM payment_events e WHERE e.order_no = o.order_no AND ${which})`;
/**
 * Events of refunds stand under the order and name the refund: in their facts, or, in rows from before there were facts,
 * at the beginning of the sentence. Quotation marks within a text are escaped in JSON, so no text can look like a fact.
 */
const refundEvents = (which: string, state?: string): string => {
  const says = state === undefined ? '' : ` AND INSTR(e.facts, '"state":"${state}"') > 0`;
  const then = state === undefined ? ': ' : `: ${state},`;
  return `(SELECT COUNT(*) FROM payment_events e WHERE e.order_no = r.order_no AND ${which}
    AND ((INSTR(e.facts, CONCAT('"refundNo":"', r.refund_no, '"')) > 0${says})
      OR INSTR(e.detail, CONCAT(r.refund_no, '${then}')) = 1))`;
};

const said = (state: string): string =>
  refundEvents(`e.type ${oneOf('REFUND_NOTICE', 'REFUND_QUERY')} AND e.result = 'APPLIED'`, state);
const noted = (type: string, ...results: string[]): string =>
  refundEvents(`e.type = '${type}' AND e.result ${oneOf(...results)}`);

/** What must hold of the journal: it tells how everything came about, and nothing that it tells of is gone. */
export const eventInvariants: readonly Invariant[] = [
  {
    name: 'payment-has-its-event',
    sentence:
      "A payment was paid by exactly one word of WeChat's that was believed, and closed by one that stands in the journal.",
    conditions: [
      {
        over: 'payments',
        holds: `${paymentEvents(BELIEVED)} = CASE p.status WHEN 'PAID' THEN 1 ELSE 0 END
          AND (p.closed_at IS NULL OR ${paymentEvents(
            `((e.type = 'QUERY' AND e.result = 'CLOSED') OR (e.type = 'CLOSE' AND e.result = 'WRITTEN_OFF'))`,
          )} > 0)`,
      },
    ],
  },
  {
    name: 'close-has-its-event',
    sentence: 'A closed order was closed by exactly one event, and a revived one has exactly one more.',
    conditions: [
      {
        over: 'orders',
        holds: `${orderEvents("e.type = 'ORDER_CLOSED'")} = ${orderEvents("e.type = 'ORDER_REVIVED'")}
            + CASE o.status WHEN 'CLOSED' THEN 1 ELSE 0 END
          AND ${orderEvents("e.type = 'ORDER_REVIVED'")} <= CASE o.status WHEN 'PAID' THEN 1 ELSE 0 END`,
      },
    ],
  },
  {
    name: 'refund-has-its-events',
    sentence: 'A refund was opened by exactly one event and ended by one, and succeeded by exactly one.',
    conditions: [
      {
        over: 'refunds',
        holds: `${noted('REFUND_REQUEST', 'REQUESTED', 'AUTOMATIC', 'VENDOR_PLATFORM')} + ${noted('REFUND_DECISION', 'GIVEN')} = 1
          AND ${said('SUCCEEDED')} = CASE r.status WHEN 'SUCCEEDED' THEN 1 ELSE 0 END
          AND CASE r.status WHEN 'REJECTED' THEN ${noted('REFUND_DECISION', 'REJECTED')} = 1
            WHEN 'CANCELLED' THEN ${noted('REFUND_REQUEST', 'CANCELLED')} = 1
            WHEN 'FAILED' THEN ${said('CLOSED')} + ${noted('REFUND_CALL', 'REFUSED')} > 0
            WHEN 'ABNORMAL' THEN ${said('ABNORMAL')} + ${noted('REFUND_CALL', 'REFUSED')} > 0
            ELSE 1 = 1 END`,
      },
    ],
  },
  {
    name: 'decision-is-audited',
    sentence: 'What staff decided about a refund has its line in the audit log.',
    conditions: [
      {
        over: 'refunds',
        concerns: 'r.decided_by IS NOT NULL',
        holds: `EXISTS (SELECT 1 FROM audit_log a WHERE a.subject = r.refund_no AND a.actor_id = r.decided_by
          AND a.action ${oneOf('refund.approve', 'refund.reject', 'refund.give')})`,
      },
    ],
  },
  {
    name: 'nothing-is-forgotten',
    sentence: 'Every payment and order that the journal tells of is there.',
    conditions: [
      {
        over: 'payment_events',
        concerns: BELIEVED,
        holds: 'EXISTS (SELECT 1 FROM payments p WHERE p.out_trade_no = e.out_trade_no)',
      },
      {
        over: 'payment_events',
        concerns: 'e.order_no IS NOT NULL',
        holds: 'EXISTS (SELECT 1 FROM orders o WHERE o.order_no = e.order_no)',
      },
    ],
  },
];
