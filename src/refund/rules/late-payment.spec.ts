import { describe, expect, it } from '@jest/globals';
import { automaticRefundOf, mayReopenOrder } from './late-payment.js';

const PAYMENT = { amountFen: 100, refundDueFen: 100, refundReservedFen: 0 };
const ORDER = { status: 'CLOSED', refundStatus: 'NONE', refundedFen: 0 } as const;

describe('refund rules: late payments', () => {
  it('refund the part that staff have not refunded yet', () => {
    expect(automaticRefundOf(ORDER, { ...PAYMENT, refundReservedFen: 30 }).amountFen).toBe(70);
    expect(automaticRefundOf(ORDER, { ...PAYMENT, refundReservedFen: 100 }).amountFen).toBe(0);
  });

  it('are an overpayment when the order was paid by another payment', () => {
    expect(automaticRefundOf({ status: 'PAID' }, PAYMENT)).toMatchObject({ isOverpayment: true, cause: 'PAID_TWICE' });
    expect(automaticRefundOf(ORDER, PAYMENT)).toMatchObject({ isOverpayment: false, cause: 'PAID_AFTER_CLOSE' });
  });

  it.each([
    ['reopen a closed order', true, ORDER, PAYMENT],
    ['do not reopen a paid order', false, { ...ORDER, status: 'PAID' }, PAYMENT],
    ['do not reopen an order with a refund', false, { ...ORDER, refundStatus: 'PROCESSING' }, PAYMENT],
    ['do not reopen an order with refunded money', false, { ...ORDER, refundedFen: 1 }, PAYMENT],
    ['do not reopen an order after a refund of the payment', false, ORDER, { ...PAYMENT, refundReservedFen: 1 }],
    ['do not reopen an order when only a part is due', false, ORDER, { ...PAYMENT, refundDueFen: 99 }],
  ] as const)('%s', (_what, expected, order, payment) => {
    expect(mayReopenOrder(order, payment)).toBe(expected);
  });
});
