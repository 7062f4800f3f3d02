import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DomainError } from '../../common/problem/domain-error.js';
import { choosePaymentForAmount, maxRefundableFen } from './refundable-amount.js';

const NOW = new Date('2026-11-21T03:04:05Z');
const PAID = {
  status: 'PAID' as const,
  amountFen: 10_000,
  refundReservedFen: 0,
  refundCount: 0,
  paidAt: new Date('2026-11-20T03:04:05Z'),
};

describe('refund: maxRefundableFen', () => {
  it('is the part of the payment that is neither refunded nor reserved', () => {
    expect(maxRefundableFen([{ ...PAID, refundReservedFen: 2_550 }], NOW)).toBe(7_450);
    expect(maxRefundableFen([{ ...PAID, refundReservedFen: 10_000 }], NOW)).toBe(0);
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
          amounts.map((refundReservedFen) => ({ ...PAID, refundReservedFen })),
          NOW,
        );
        expect(most).toBe(10_000 - Math.min(...amounts));
      }),
    );
  });
});

describe('refund: choosePaymentForAmount', () => {
  const ORDER = { orderNo: 'A', status: 'PAID', transactionId: 'T-own' } as const;
  const NOT_DUE = { refundDueFen: 0, nextCheckAt: null as Date | null };
  const OWN = { ...PAID, ...NOT_DUE, outTradeNo: 'A-1', transactionId: 'T-own' };
  const OTHER = { ...OWN, outTradeNo: 'A-2', transactionId: 'T-other', refundDueFen: 10_000 };
  const wants = (amountFen: number) => ({ amountFen, namesReturns: false });
  const OLD = { paidAt: new Date('2025-11-20T03:04:05Z') };

  it.each([
    ['had 50 refunds', { refundCount: 50 }, 'TOO_MANY_REFUNDS'],
    ['is older than a year', OLD, 'OVER_A_YEAR_OLD'],
  ])('skips a payment that %s, and rejects the refund if there is no other', (_why, closed, state) => {
    const skipped = { ...OWN, ...closed };
    expect(choosePaymentForAmount(ORDER, [skipped, { ...OTHER, ...NOT_DUE }], wants(100), NOW)).toMatchObject({
      outTradeNo: 'A-2',
    });
    expect(() => choosePaymentForAmount(ORDER, [skipped], wants(100), NOW)).toThrow(
      expect.objectContaining({ code: 'ORDER_NOT_REFUNDABLE', context: { params: { orderNo: 'A', state } } }),
    );
  });

  it('prefers a payment with this amount due, unless the refund names returns or the job is about to refund it', () => {
    const paid = [OWN, OTHER];
    const choose = (wanted: object, rows = paid): string =>
      choosePaymentForAmount(ORDER, rows, { ...wants(6_000), ...wanted }, NOW).outTradeNo;
    expect(choose({})).toBe('A-2');
    expect(choose({ namesReturns: true })).toBe('A-1');
    expect(choose({}, [OWN, { ...OTHER, refundReservedFen: 4_001 }])).toBe('A-1');
    expect(choose({}, [OWN, { ...OTHER, nextCheckAt: NOW }])).toBe('A-1');
    expect(
      choose({}, [
        { ...OWN, refundReservedFen: 4_001 },
        { ...OTHER, nextCheckAt: NOW },
      ]),
    ).toBe('A-2');
  });

  it('takes the selected payment, and no other instead', () => {
    const choose = (outTradeNo: string, rows = [OWN, OTHER]): string =>
      choosePaymentForAmount(ORDER, rows, { ...wants(100), outTradeNo }, NOW).outTradeNo;
    expect([choose('A-1'), choose('A-2')]).toEqual(['A-1', 'A-2']);
    expect(() => choose('B-1')).toThrow(/^VALIDATION_FAILED/);
    expect(() => choose('A-1', [{ ...OWN, refundReservedFen: 10_000 }, OTHER])).toThrow(/^REFUND_EXCEEDS_PAYMENT/);
  });

  it('of a closed order takes the oldest payment that covers the amount', () => {
    const closed = { orderNo: 'A', status: 'CLOSED', transactionId: null } as const;
    const late = { ...OTHER, outTradeNo: 'A-1', nextCheckAt: NOW };
    expect(choosePaymentForAmount(closed, [late, OTHER], wants(100), NOW)).toBe(late);
  });

  it('accepts exactly the amounts up to maxRefundableFen, and names this maximum', () => {
    const payment = fc.record({
      refundReservedFen: fc.nat({ max: 10_000 }),
      refundDueFen: fc.constantFrom(0, 10_000),
      nextCheckAt: fc.constantFrom(null, NOW),
      refundCount: fc.constantFrom(0, 49, 50),
      paidAt: fc.constantFrom(PAID.paidAt, OLD.paidAt),
      transactionId: fc.constantFrom('T-own', 'T-1', 'T-2'),
    });
    const payments = fc.uniqueArray(payment, { minLength: 1, maxLength: 3, selector: (row) => row.transactionId });
    fc.assert(
      fc.property(payments, fc.integer({ min: 1, max: 10_000 }), (rows, amountFen) => {
        const paid = rows.map((row) => ({ ...OTHER, ...row }));
        const leftFen = maxRefundableFen(paid, NOW);
        if (amountFen <= leftFen) {
          const chosen = choosePaymentForAmount(ORDER, paid, wants(amountFen), NOW);
          expect(maxRefundableFen([chosen], NOW)).toBeGreaterThanOrEqual(amountFen);
          return;
        }
        try {
          choosePaymentForAmount(ORDER, paid, wants(amountFen), NOW);
          throw new Error('The amount was accepted');
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
          if (error.code === 'REFUND_EXCEEDS_PAYMENT') expect(error.context.params).toEqual({ amountFen, leftFen });
          else expect([error.code, leftFen]).toEqual(['ORDER_NOT_REFUNDABLE', 0]);
        }
      }),
    );
  });
});
