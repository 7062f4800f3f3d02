import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { maxRefundableFen } from './refundable-payment.js';

const NOW = new Date('2026-11-21T03:04:05Z');
const PAID = {
  status: 'PAID' as const,
  ...{ amountFen: 10_000, refundHeldFen: 0, refundCount: 0 },
  paidAt: new Date('2026-11-20T03:04:05Z'),
};

describe('refund: maxRefundableFen', () => {
  it('is the part of the payment that is neither refunded nor reserved', () => {
    expect(maxRefundableFen([{ ...PAID, refundHeldFen: 2_550 }], NOW)).toBe(7_450);
    expect(maxRefundableFen([{ ...PAID, refundHeldFen: 10_000 }], NOW)).toBe(0);
  });

  it('is 0 without a payment, after fifty refunds, and after a year', () => {
    expect(maxRefundableFen([], NOW)).toBe(0);
    expect(maxRefundableFen([{ ...PAID, status: 'CLOSED' }], NOW)).toBe(0);
    expect(maxRefundableFen([{ ...PAID, refundCount: 50 }], NOW)).toBe(0);
    expect(maxRefundableFen([{ ...PAID, paidAt: new Date('2025-11-20T03:04:05Z') }], NOW)).toBe(0);
  });

  it('is the maximum of one payment, not a sum over payments', () => {
    const held = fc.nat({ max: 10_000 });
    fc.assert(
      fc.property(fc.array(held, { minLength: 1, maxLength: 5 }), (amounts) => {
        const most = maxRefundableFen(
          amounts.map((refundHeldFen) => ({ ...PAID, refundHeldFen })),
          NOW,
        );
        expect(most).toBe(10_000 - Math.min(...amounts));
      }),
    );
  });
});
