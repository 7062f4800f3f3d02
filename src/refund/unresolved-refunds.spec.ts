import { describe, expect, it } from '@jest/globals';
import { filterUnresolved } from './unresolved-refunds.js';

const refund = (id: number, amountFen: number, orderNo = 'A') => ({ id, amountFen, orderNo, refundNo: `R${id}` });
const unresolved = (...[failed, later]: Parameters<typeof filterUnresolved>): number[] =>
  filterUnresolved(failed, later).map(({ id }) => id);

describe('failed refunds that wait for a person', () => {
  it('a failed refund waits until later refunds of its order cover it', () => {
    expect(unresolved([refund(1, 500)], [])).toEqual([1]);
    expect(unresolved([refund(1, 500)], [refund(2, 300)])).toEqual([1]);
    expect(unresolved([refund(1, 500)], [refund(2, 300), refund(3, 200)])).toEqual([]);
  });

  it('an earlier refund, or one of another order, does not cover it', () => {
    expect(unresolved([refund(2, 500)], [refund(1, 500), refund(3, 500, 'B')])).toEqual([2]);
  });

  it('one later refund covers only as much as it comes to', () => {
    expect(unresolved([refund(1, 500), refund(2, 500)], [refund(3, 500)])).toEqual([1]);
    expect(unresolved([refund(1, 500), refund(3, 500)], [refund(2, 500), refund(4, 500)])).toEqual([]);
  });
});
