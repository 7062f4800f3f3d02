import { type Invariant, sqlIn } from '../invariant.js';

const isOpenPayment = `p.status ${sqlIn('CREATED', 'PREPAID')}`;
const isOpenRefund = `r.status ${sqlIn('PROCESSING', 'ABNORMAL')}`;

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
        { table: 'orders', filter: "o.status = 'PENDING'", mustHold: 'o.next_check_at IS NOT NULL' },
        { table: 'payments', filter: isOpenPayment, mustHold: 'p.next_check_at IS NOT NULL' },
        { table: 'refunds', filter: isOpenRefund, mustHold: 'r.next_check_at IS NOT NULL' },
      ],
    },
    {
      name: 'nothing-is-overdue',
      sentence: 'No date of an order, payment or refund is long past: the jobs run, and take over from the dead.',
      conditions: [
        { table: 'orders', filter: 'o.next_check_at IS NOT NULL', mustHold: `o.next_check_at >= '${overdue}'` },
        { table: 'payments', filter: 'p.next_check_at IS NOT NULL', mustHold: `p.next_check_at >= '${overdue}'` },
        { table: 'refunds', filter: 'r.next_check_at IS NOT NULL', mustHold: `r.next_check_at >= '${overdue}'` },
      ],
    },
    {
      name: 'what-is-over-waits-for-nothing',
      sentence:
        'An order, payment or refund that is over has no date; only a payment that owes money back, or that its time alone has closed, has one.',
      conditions: [
        { table: 'orders', filter: "o.status <> 'PENDING'", mustHold: 'o.next_check_at IS NULL' },
        {
          table: 'payments',
          filter: `NOT (${isOpenPayment})`,
          mustHold: `p.next_check_at IS NULL OR (p.status = 'PAID' AND p.owed_back_fen > 0)
            OR (p.status = 'CLOSED' AND p.request LIKE '{"protocol":"app-v1"%')`,
        },
        { table: 'refunds', filter: `NOT (${isOpenRefund})`, mustHold: 'r.next_check_at IS NULL' },
      ],
    },
  ];
}
