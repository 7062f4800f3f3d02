import { describe, expect, it } from '@jest/globals';
import type { RefundStatus } from '../../refund/refund.entity.js';
import { refundDueOf } from '../orders/order-payment.view.js';

const late = { outTradeNo: 'A-1', refundDueFen: 500 };
const refund = (status: RefundStatus, amountFen = 500, outTradeNo = 'A-1') => ({ status, amountFen, outTradeNo });

describe('refund state of a late or duplicate payment', () => {
  it.each([
    ['is NONE for a payment that is neither late nor a duplicate', { ...late, refundDueFen: 0 }, [], 'NONE', 0],
    ['is IN_PROGRESS with the full amount left while there is no refund yet', late, [], 'IN_PROGRESS', 500],
    ['is IN_PROGRESS while its refund is PROCESSING', late, [refund('PROCESSING')], 'IN_PROGRESS', 0],
    ['is REFUNDED once a succeeded refund covers it', late, [refund('SUCCEEDED')], 'REFUNDED', 0],
    [
      'is REFUNDED once several succeeded refunds cover it together',
      late,
      [refund('SUCCEEDED', 200), refund('SUCCEEDED', 300)],
      'REFUNDED',
      0,
    ],
    ['is NEEDS_ATTENTION when its refund failed', late, [refund('FAILED')], 'NEEDS_ATTENTION', 500],
    ['is NEEDS_ATTENTION when its refund is ABNORMAL', late, [refund('ABNORMAL')], 'NEEDS_ATTENTION', 500],
    [
      'is NEEDS_ATTENTION when a partial refund waits for a decision',
      late,
      [refund('REQUESTED', 100)],
      'NEEDS_ATTENTION',
      500,
    ],
    [
      'is REFUNDED when another refund succeeds after a failed one',
      late,
      [refund('FAILED'), refund('SUCCEEDED')],
      'REFUNDED',
      0,
    ],
    [
      'is IN_PROGRESS when another refund is PROCESSING after a failed one',
      late,
      [refund('FAILED'), refund('PROCESSING')],
      'IN_PROGRESS',
      0,
    ],
    ['ignores a refund of another payment', late, [refund('SUCCEEDED', 500, 'A-2')], 'IN_PROGRESS', 500],
  ] as const)('late payment: %s', (_title, payment, refunds, refundDueState, refundDueLeftFen) => {
    expect(refundDueOf(payment, refunds)).toEqual({ refundDueState, refundDueLeftFen });
  });
});
