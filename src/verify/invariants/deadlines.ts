import { CHANNELS_WITHOUT_CLOSE } from '../../wechat/pay/payment-channel.js';
import { type Invariant, sqlIn } from '../invariant.js';

const isOpenPayment = `p.status ${sqlIn('CREATED', 'PREPAID')}`;
const isOpenRefund = `r.status ${sqlIn('PROCESSING', 'ABNORMAL')}`;

/**
 * Invariants of due dates. `next_check_at` is the time at which a job must process the row, or the end of the lease while a job
 * does. A date far in the past means that no job processed the row, or that a crashed worker was not replaced.
 * @param overdue no due date may be earlier than this UTC time, in the format of the database.
 */
export function deadlineInvariants(overdue: string): readonly Invariant[] {
  return [
    {
      name: 'what-waits-has-a-date',
      sentence: 'An unfinished order, payment or refund has a date at which a job will process it.',
      conditions: [
        { table: 'orders', filter: "o.status = 'PENDING'", mustHold: 'o.next_check_at IS NOT NULL' },
        { table: 'payments', filter: isOpenPayment, mustHold: 'p.next_check_at IS NOT NULL' },
        { table: 'refunds', filter: isOpenRefund, mustHold: 'r.next_check_at IS NOT NULL' },
      ],
    },
    {
      name: 'nothing-is-overdue',
      sentence:
        'No due date of an order, payment or refund is far in the past: the jobs run and take over expired leases.',
      conditions: [
        { table: 'orders', filter: 'o.next_check_at IS NOT NULL', mustHold: `o.next_check_at >= '${overdue}'` },
        { table: 'payments', filter: 'p.next_check_at IS NOT NULL', mustHold: `p.next_check_at >= '${overdue}'` },
        { table: 'refunds', filter: 'r.next_check_at IS NOT NULL', mustHold: `r.next_check_at >= '${overdue}'` },
      ],
    },
    {
      name: 'what-is-over-waits-for-nothing',
      sentence:
        'A finished order, payment or refund has no due date, except a payment with a pending automatic refund or one whose channel has no close call, which only its time limit closed.',
      conditions: [
        { table: 'orders', filter: "o.status <> 'PENDING'", mustHold: 'o.next_check_at IS NULL' },
        {
          table: 'payments',
          filter: `NOT (${isOpenPayment})`,
          mustHold: `p.next_check_at IS NULL OR (p.status = 'PAID' AND p.refund_due_fen > 0)
            OR (p.status = 'CLOSED' AND p.channel ${sqlIn(...CHANNELS_WITHOUT_CLOSE)})`,
        },
        { table: 'refunds', filter: `NOT (${isOpenRefund})`, mustHold: 'r.next_check_at IS NULL' },
      ],
    },
  ];
}
