import { describe, expect, it } from '@jest/globals';
import { filterUnresolved } from './unresolved-refunds.js';

const refund = (id: number, amountFen: number, orderNo = 'A') => ({ id, amountFen, orderNo, refundNo: `R${id}` });
const unresolved = (...[failed, later]: Parameters<typeof filterUnresolved>): number[] =>
  filterUnresolved(failed, later).map(({ id }) => id);

describe('unresolved refunds: filterUnresolved', () => {
  it('keeps a failed refund until later refunds of its order cover its amount', () => {
    expect(unresolved([refund(1, 500)], [])).toEqual([1]);
    expect(unresolved([refund(1, 500)], [refund(2, 300)])).toEqual([1]);
    expect(unresolved([refund(1, 500)], [refund(2, 300), refund(3, 200)])).toEqual([]);
  });

  it('does not count earlier refunds or refunds of other orders', () => {
    expect(unresolved([refund(2, 500)], [refund(1, 500), refund(3, 500, 'B')])).toEqual([2]);
  });

  it('counts the amount of a later refund only once', () => {
    expect(unresolved([refund(1, 500), refund(2, 500)], [refund(3, 500)])).toEqual([1]);
    expect(unresolved([refund(1, 500), refund(3, 500)], [refund(2, 500), refund(4, 500)])).toEqual([]);
  });
});
