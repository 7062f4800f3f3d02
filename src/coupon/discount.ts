/** The fields of an order item that a discount depends on. */
export interface DiscountedLine {
  productId: string;
  unitFen: number;
  quantity: number;
}

/** Amount of an item before the discount, in fen. */
export const lineFen = ({ unitFen, quantity }: Pick<DiscountedLine, 'unitFen' | 'quantity'>): number =>
  unitFen * quantity;

/**
 * Spreads a discount over the items in proportion to their amounts. Each item gets its share rounded down; the largest
 * remainders get one more fen, so that the sum is exact. The order of the items does not matter.
 * @param discountFen less than the sum of all items.
 * @returns the discount of each item in fen, in the order of `lines`: at least 0, at most the item's amount.
 */
export function spreadDiscount(lines: readonly DiscountedLine[], discountFen: number): number[] {
  const totalFen = BigInt(lines.reduce((sum, line) => sum + lineFen(line), 0));
  if (totalFen === 0n) return lines.map(() => 0);
  // The product of two amounts exceeds the safe integers.
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
