import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { discountOf } from './coupon-reservation.js';
import { type DiscountedLine, lineFen, spreadDiscount } from './discount.js';

const line = (productId: string, unitFen: number, quantity = 1): DiscountedLine => ({ productId, unitFen, quantity });
const sum = (numbers: number[]): number => numbers.reduce((total, each) => total + each, 0);

const lines = fc
  .uniqueArray(
    fc.record({
      productId: fc.stringMatching(/^[A-Z]{1,4}$/),
      unitFen: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 1_000_000 })),
      quantity: fc.integer({ min: 1, max: 999 }),
    }),
    { minLength: 1, maxLength: 50, selector: ({ productId }) => productId },
  )
  .filter((all) => sum(all.map(lineFen)) > 1);
const linesWithDiscount = lines.chain((all) =>
  fc.tuple(fc.constant(all), fc.integer({ min: 0, max: sum(all.map(lineFen)) - 1 })),
);

describe('discount: spreadDiscount', () => {
  it.each<[DiscountedLine[], number, number[]]>([
    [[line('A', 100)], 30, [30]],
    [[line('A', 100), line('B', 100)], 30, [15, 15]],
    [[line('A', 100), line('B', 200)], 100, [33, 67]],
    [[line('A', 1, 3), line('B', 1, 3), line('C', 1, 3)], 1, [1, 0, 0]],
    [[line('C', 1, 3), line('A', 1, 3), line('B', 1, 3)], 2, [0, 1, 1]],
    [[line('A', 1), line('B', 1)], 1, [1, 0]],
    [[line('A', 999_999_999), line('B', 1)], 999_999_999, [999_999_998, 1]],
  ])('spreads over the items %j a discount of %i fen', (all, discountFen, expected) => {
    expect(spreadDiscount(all, discountFen)).toEqual(expected);
  });

  it('spreads the exact discount and reduces no item below 0 fen', () => {
    fc.assert(
      fc.property(linesWithDiscount, ([all, discountFen]) => {
        const spread = spreadDiscount(all, discountFen);
        expect(sum(spread)).toBe(discountFen);
        for (const [at, fen] of spread.entries()) {
          const whole = lineFen(all[at] ?? line('', 0));
          expect(fen).toBeGreaterThanOrEqual(0);
          expect(fen).toBeLessThanOrEqual(whole);
        }
      }),
    );
  });

  it("differs by less than one fen from each item's exact share", () => {
    fc.assert(
      fc.property(linesWithDiscount, ([all, discountFen]) => {
        const totalFen = sum(all.map(lineFen));
        for (const [at, fen] of spreadDiscount(all, discountFen).entries()) {
          const exact = BigInt(discountFen) * BigInt(lineFen(all[at] ?? line('', 0)));
          const difference = BigInt(fen) * BigInt(totalFen) - exact;
          expect(difference < 0n ? -difference : difference).toBeLessThan(BigInt(totalFen));
        }
      }),
    );
  });

  it('gives the same result for any order of the items', () => {
    const shuffled = linesWithDiscount.chain(([all, discountFen]) =>
      fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
        fc.constant(discountFen),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([all, other, discountFen]) => {
        const byProduct = (of: DiscountedLine[]): unknown =>
          Object.fromEntries(spreadDiscount(of, discountFen).map((fen, at) => [of[at]?.productId, fen]));
        expect(byProduct(other)).toEqual(byProduct(all));
      }),
    );
  });

  it('leaves at least one fen to pay', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000_000 }),
        fc.integer({ min: 1, max: 1_000_000_000 }),
        (off, total) => {
          const discountFen = discountOf({ discountFen: off }, total);
          expect(discountFen).toBe(off < total ? off : total - 1);
          expect(total - discountFen).toBeGreaterThanOrEqual(1);
        },
      ),
    );
  });
});
