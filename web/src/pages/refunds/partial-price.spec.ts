import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { partialPriceFen } from './partial-price.js';

describe('partialPriceFen', () => {
  it.each([
    [{ payableFen: 799, quantity: 3 }, 0, 1, 266],
    [{ payableFen: 799, quantity: 3 }, 1, 1, 266],
    [{ payableFen: 799, quantity: 3 }, 2, 1, 267],
    [{ payableFen: 799, quantity: 3 }, 0, 3, 799],
    [{ payableFen: 0, quantity: 2 }, 0, 1, 0],
    [{ payableFen: 100, quantity: 1 }, 1, 1, 0],
  ])('%j, %i refunded before: %i cost %i fen', (line, before, count, fen) => {
    expect(partialPriceFen(line, before, count)).toBe(fen);
  });

  it('adds up to the whole price for any split of the quantity', () => {
    const line = fc.record({
      payableFen: fc.integer({ min: 0, max: 1_000_000_000 }),
      quantity: fc.integer({ min: 1, max: 999 }),
    });
    fc.assert(
      fc.property(line, fc.array(fc.integer({ min: 1, max: 999 }), { maxLength: 30 }), (of, portions) => {
        let [before, sumFen] = [0, 0];
        for (const portion of [...portions, of.quantity]) {
          const count = Math.min(portion, of.quantity - before);
          const fen = partialPriceFen(of, before, count);
          expect(fen).toBeGreaterThanOrEqual(0);
          sumFen += fen;
          before += count;
        }
        expect(sumFen).toBe(of.payableFen);
      }),
    );
  });
});
