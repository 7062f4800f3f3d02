import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { REFUND_STATUSES } from '../refund.entity.js';
import {
  hasReservedAmount,
  refundTotalsOf,
  releasesAmount,
  reservesAmountAgain,
  type RefundMove,
  subtractTotals,
} from './refund-transitions.js';

const status = fc.constantFrom(...REFUND_STATUSES);

describe('refund rules: transitions', () => {
  it('release the amount of rejected, cancelled and failed refunds only', () => {
    expect(REFUND_STATUSES.filter((each) => !hasReservedAmount(each))).toEqual(['REJECTED', 'CANCELLED', 'FAILED']);
  });

  it.each<[RefundMove['from'], RefundMove['to'], 'released' | 'reserved again' | 'kept']>([
    ['REQUESTED', 'CANCELLED', 'released'],
    ['REQUESTED', 'REJECTED', 'released'],
    ['REQUESTED', 'PROCESSING', 'kept'],
    ['PROCESSING', 'ABNORMAL', 'kept'],
    ['PROCESSING', 'FAILED', 'released'],
    ['ABNORMAL', 'PROCESSING', 'kept'],
    ['ABNORMAL', 'FAILED', 'released'],
    ['ABNORMAL', 'SUCCEEDED', 'kept'],
    ['FAILED', 'SUCCEEDED', 'reserved again'],
  ])('from %s to %s: the amount is %s', (from, to, expected) => {
    const move = { from, to };
    expect(releasesAmount(move) ? 'released' : reservesAmountAgain(move) ? 'reserved again' : 'kept').toBe(expected);
  });

  it('a change of totals leads from the totals before to the totals after', () => {
    const fen = fc.nat(10_000);
    fc.assert(
      fc.property(status, fen, status, fen, (from, fromFen, to, toFen) => {
        const before = refundTotalsOf(from, fromFen);
        const after = refundTotalsOf(to, toFen);
        const change = subtractTotals(after, before);
        expect({
          requested: before.requested + change.requested,
          processing: before.processing + change.processing,
          refundedFen: before.refundedFen + change.refundedFen,
        }).toEqual(after);
      }),
    );
  });
});
