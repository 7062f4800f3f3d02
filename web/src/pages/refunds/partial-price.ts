/** An order item as needed for a partial refund. `payableFen` is the price of the whole quantity. */
export interface PaidLine {
  payableFen: number;
  quantity: number;
}

/**
 * The price in fen of a quantity of an item, after the quantity `before` was refunded. The price is not always divisible by the
 * quantity. Piece n costs the rounded-down price of n pieces less that of n − 1, so that all pieces add up to the whole price.
 */
export function partialPriceFen({ payableFen, quantity }: PaidLine, before: number, count: number): number {
  const upTo = (n: number): number => Math.floor((payableFen * Math.min(n, quantity)) / quantity);
  return upTo(before + count) - upTo(before);
}
