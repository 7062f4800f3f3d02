/** One line of an order, as far as a discount is concerned: what it comes to, in fen, and what tells it from the others. */
export interface DiscountedLine {
  productId: string;
  unitFen: number;
  quantity: number;
}

/** What a line comes to before the discount, in fen. */
export const lineFen = ({ unitFen, quantity }: DiscountedLine): number => unitFen * quantity;

/**
 * Spreads a discount over the lines in proportion to what they come to, to the fen: first each line's whole fen, then one
 * more for the largest remainders, so that the sum is exact. Which line is written first makes no difference.
 * @param discountFen less than all lines together.
 * @returns the fen of each line, in their order: never below 0, never more than the line.
 */
export function spreadDiscount(lines: readonly DiscountedLine[], discountFen: number): number[] {
  const totalFen = BigInt(lines.reduce((sum, line) => sum + lineFen(line), 0));
  if (totalFen === 0n) return lines.map(() => 0);
  // The product of two amounts does not fit a number.
  const shares = lines.map((line, place) => {
    const exact = BigInt(discountFen) * BigInt(lineFen(line));
    return { place, productId: line.productId, fen: Number(exact / totalFen), rest: exact % totalFen };
  });
  const byRest = shares.toSorted((a, b) =>
    a.rest === b.rest ? (a.productId < b.productId ? -1 : 1) : a.rest > b.rest ? -1 : 1,
  );
  const missing = discountFen - shares.reduce((sum, { fen }) => sum + fen, 0);
  const rounded = new Set(byRest.slice(0, missing).map(({ place }) => place));
  return shares.map(({ fen, place }) => (rounded.has(place) ? fen + 1 : fen));
}
