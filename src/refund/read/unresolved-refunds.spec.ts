import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { filterUnresolved } from './unresolved-refunds.js';

type ComparedRefund = Parameters<typeof filterUnresolved>[0][number];

/** A refund that was requested at a minute, and failed at another one. */
const refund = (id: number, amountFen: number, requested: number, failed = requested, outTradeNo = 'A-1') => ({
  id,
  amountFen,
  outTradeNo,
  refundNo: `R${id}`,
  requestedAt: new Date(requested * 60_000),
  completedAt: new Date(failed * 60_000),
});
const unresolved = (...[failed, others]: Parameters<typeof filterUnresolved>): number[] =>
  filterUnresolved(failed, others).map(({ id }) => id);

describe('unresolved refunds: filterUnresolved', () => {
  it('keeps a failed refund until later refunds of its payment cover its amount', () => {
    expect(unresolved([refund(1, 500, 1)], [])).toEqual([1]);
    expect(unresolved([refund(1, 500, 1)], [refund(2, 300, 2)])).toEqual([1]);
    expect(unresolved([refund(1, 500, 1)], [refund(2, 300, 2), refund(3, 200, 3)])).toEqual([]);
  });

  it('counts only refunds that were requested after the failure, or with it', () => {
    expect(unresolved([refund(1, 500, 1, 9)], [refund(2, 500, 8)])).toEqual([1]);
    expect(unresolved([refund(1, 500, 1, 9)], [refund(2, 500, 9)])).toEqual([]);
  });

  it('does not count refunds of other payments', () => {
    expect(unresolved([refund(1, 500, 1, 1, 'A-2')], [refund(2, 500, 2, 2, 'A-1')])).toEqual([1]);
  });

  it('counts the amount of a later refund only once, for the newest failure first', () => {
    expect(unresolved([refund(1, 500, 1, 6), refund(2, 500, 2, 5)], [refund(3, 500, 7)])).toEqual([2]);
    expect(unresolved([refund(1, 500, 1, 2), refund(3, 500, 3, 5)], [refund(2, 500, 4), refund(4, 500, 6)])).toEqual(
      [],
    );
  });

  it('a refund of another payment or before the failures changes nothing', () => {
    const minute = fc.nat({ max: 20 });
    const anyRefund = fc.record({
      amountFen: fc.integer({ min: 1, max: 5 }),
      requested: minute,
      lasted: minute,
      outTradeNo: fc.constantFrom('A-1', 'A-2'),
    });
    const numbered = (
      rows: { amountFen: number; requested: number; lasted: number; outTradeNo: string }[],
      from: number,
    ) =>
      rows.map((row, at): ComparedRefund =>
        refund(from + at, row.amountFen, row.requested, row.requested + row.lasted, row.outTradeNo),
      );
    fc.assert(
      fc.property(fc.array(anyRefund, { maxLength: 6 }), fc.array(anyRefund, { maxLength: 6 }), (failures, rest) => {
        const failed = numbered(failures, 1);
        const others = numbered(rest, 101);
        const first = Math.min(...failed.map(({ completedAt }) => completedAt?.getTime() ?? 0));
        const unrelated = [refund(201, 100, first / 60_000 - 1), refund(202, 100, 50, 50, 'B-1')];
        expect(unresolved(failed, [...unrelated.slice(failed.length > 0 ? 0 : 1), ...others])).toEqual(
          unresolved(failed, others),
        );
      }),
    );
  });
});
