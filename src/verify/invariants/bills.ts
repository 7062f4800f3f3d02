import { type Invariant, sqlIn } from '../invariant.js';

/** Days on which no instance works, and whose bill was compared. */
const COMPARED = `b.status ${sqlIn('BALANCED', 'DIFFERENCES')} AND b.lease_until IS NULL`;

const countOf = (status: string): string =>
  `(SELECT COUNT(*) FROM bill_differences x WHERE x.bill_id = b.id AND x.status = '${status}')`;
const sumOf = (type: string): string =>
  `COALESCE((SELECT SUM(y.amount_fen) FROM bill_entries y WHERE y.file_id = b.trade_file_id AND y.type = '${type}'), 0)`;

/** Invariants of WeChat's bills: what the console shows of a day follows from what is stored of it. */
export const billInvariants: readonly Invariant[] = [
  {
    name: 'bill-adds-up',
    sentence:
      'Our payments minus refunds of a reconciled day, its differences and the entries of other days add up to the bill of WeChat.',
    conditions: [
      {
        table: 'bills',
        filter: COMPARED,
        mustHold: `b.our_payment_fen - b.our_refund_fen + b.other_days_fen
          + COALESCE((SELECT SUM(x.effect_fen) FROM bill_differences x WHERE x.bill_id = b.id AND x.seen_run = b.compared_run_no), 0)
          = b.payment_fen - b.refund_fen`,
      },
    ],
  },
  {
    name: 'bill-counts-its-differences',
    sentence:
      'A reconciled day counts its open differences and waiting entries, and is balanced exactly without open ones.',
    conditions: [
      {
        table: 'bills',
        filter: COMPARED,
        mustHold: `b.open_differences = ${countOf('OPEN')} AND b.waiting_entries = ${countOf('WAITING')}
          AND (b.status = 'BALANCED') = (b.open_differences = 0)`,
      },
    ],
  },
  {
    name: 'bill-has-its-entries',
    sentence: 'The stored entries of a reconciled bill have its sums of payments and refunds.',
    conditions: [
      {
        table: 'bills',
        filter: `${COMPARED} AND b.trade_state = 'AVAILABLE'`,
        mustHold: `${sumOf('PAYMENT')} = b.payment_fen AND ${sumOf('REFUND')} = b.refund_fen`,
      },
    ],
  },
];
