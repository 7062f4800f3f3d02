import { sqlIn } from '../invariant.js';
import { countWhere, sumWhere } from './aggregates.js';
import type { Facts } from './facts.js';

/** Refund states that reserve the amount: from the request until WeChat's success, unless it is rejected or fails. */
const RESERVES = `r.status ${sqlIn('REQUESTED', 'PROCESSING', 'ABNORMAL', 'SUCCEEDED')}`;

/** A log line about a payment: a result of WeChat that was applied. */
export const APPLIED_RESULT = `e.type ${sqlIn('NOTICE', 'QUERY')} AND e.result ${sqlIn('APPLIED', 'LATE_OR_DUPLICATE')}`;

/** Facts of the payment `p`. `refund-fits-its-payment` checks that its refunds have the same order. */
export const PAYMENT_FACTS: Readonly<Record<string, Facts>> = {
  refunding: {
    join: () => 'refunds r ON r.order_no = p.order_no AND r.out_trade_no = p.out_trade_no',
    columns: {
      reserved_fen: sumWhere('r.amount_fen', RESERVES),
      reserved: countWhere(RESERVES),
      decided_fen: sumWhere('r.amount_fen', `r.status ${sqlIn('PROCESSING', 'ABNORMAL', 'SUCCEEDED', 'FAILED')}`),
    },
  },
  logged: {
    join: () => 'order_events e ON e.out_trade_no = p.out_trade_no',
    columns: {
      applied: countWhere(APPLIED_RESULT),
      closed: countWhere(
        "(e.type = 'QUERY' AND e.result = 'CLOSED') OR (e.type = 'CLOSE' AND e.result = 'CLOSED_LOCALLY')",
      ),
    },
  },
};
