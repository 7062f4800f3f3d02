import { type Invariant, oneOf } from '../invariant.js';

const isOpenPayment = `p.status ${oneOf('CREATED', 'PREPAID')}`;
const isOpenRefund = `r.status ${oneOf('PROCESSING', 'ABNORMAL')}`;

/**
 * What must hold of waiting. `next_check_at` is the one date of a row: when a job is to look at it, and while one does, the
 * end of its lease. So a date that is long past means that nobody came, or that whoever came is dead and nobody took over.
 * @param overdue the UTC time, as the database writes it, before which no date may lie.
 */
export function deadlineInvariants(overdue: string): readonly Invariant[] {
  return [
    {
      name: 'what-waits-has-a-date',
      sentence: 'An order, payment or refund that is not over has a date on which a job will look at it.',
      conditions: [
        { over: 'orders', concerns: "o.status = 'PENDING'", holds: 'o.next_check_at IS NOT NULL' },
        { over: 'payments', concerns: isOpenPayment, holds: 'p.next_check_at IS NOT NULL' },
        { over: 'refunds', concerns: isOpenRefund, holds: 'r.next_check_at IS NOT NULL' },
      ],
    },
    {
      name: 'nothing-is-overdue',
      sentence: 'No date of an order, payment or refund is long past: the jobs run, and take over from the dead.',
      conditions: [
        { over: 'orders', concerns: 'o.next_check_at IS NOT NULL', holds: `o.next_check_at >= '${overdue}'` },
        { over: 'payments', concerns: 'p.next_check_at IS NOT NULL', holds: `p.next_check_at >= '${overdue}'` },
        { over: 'refunds', concerns: 'r.next_check_at IS NOT NULL', holds: `r.next_check_at >= '${overdue}'` },
      ],
    },
    {
      name: 'what-is-over-waits-for-nothing',
      sentence:
        'An order, payment or refund that is over has no date; only a payment that owes money back, or that its time alone has closed, has one.',
      conditions: [
        { over: 'orders', concerns: "o.status <> 'PENDING'", holds: 'o.next_check_at IS NULL' },
        {
          over: 'payments',
          concerns: `NOT (${isOpenPayment})`,
          holds: `p.next_check_at IS NULL OR (p.status = 'PAID' AND p.owed_back_fen > 0)
            OR (p.status = 'CLOSED' AND p.request LIKE '{"protocol":"app-v1"%')`,
        },
        { over: 'refunds', concerns: `NOT (${isOpenRefund})`, holds: 'r.next_check_at IS NULL' },
      ],
    },
  ];
}
