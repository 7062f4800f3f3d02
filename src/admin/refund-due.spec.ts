import { describe, expect, it } from '@jest/globals';
import type { RefundState } from '../refund/refund.entity.js';
import { refundDueOf } from './refund-due.js';

const late = { outTradeNo: 'A-1', refundDueFen: 500 };
const refund = (status: RefundState, amountFen = 500, outTradeNo = 'A-1') => ({ status, amountFen, outTradeNo });

describe('money that came too late or twice', () => {
  it.each([
    ['is none of that kind', { ...late, refundDueFen: 0 }, [], 'NONE', 0],
    ['is about to be refunded while there is no refund yet', late, [], 'IN_PROGRESS', 500],
    ['is on its way while its refund is', late, [refund('PROCESSING')], 'IN_PROGRESS', 0],
    ['is refunded once refunds that succeeded cover it', late, [refund('SUCCEEDED')], 'REFUNDED', 0],
    ['is refunded in parts too', late, [refund('SUCCEEDED', 200), refund('SUCCEEDED', 300)], 'REFUNDED', 0],
    ['needs attention when its refund failed', late, [refund('FAILED')], 'NEEDS_ATTENTION', 500],
    ['needs attention when its refund is abnormal', late, [refund('ABNORMAL')], 'NEEDS_ATTENTION', 500],
    ['needs attention when a part waits for a decision', late, [refund('REQUESTED', 100)], 'NEEDS_ATTENTION', 500],
    [
      'is refunded when another refund followed a failed one',
      late,
      [refund('FAILED'), refund('SUCCEEDED')],
      'REFUNDED',
      0,
    ],
    [
      'is on its way when another refund follows a failed one',
      late,
      [refund('FAILED'), refund('PROCESSING')],
      'IN_PROGRESS',
      0,
    ],
    ['is not refunded by a refund of another payment', late, [refund('SUCCEEDED', 500, 'A-2')], 'IN_PROGRESS', 500],
  ] as const)('%s', (_title, payment, refunds, refundDueState, refundDueLeftFen) => {
    expect(refundDueOf(payment, refunds)).toEqual({ refundDueState, refundDueLeftFen });
  });
});
