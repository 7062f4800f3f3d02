/** An order item as needed for a partial refund. `payableFen` is the price of the whole quantity. */
export interface PaidLine {
  payableFen: number;
  quantity: number;
}

/**
 * The price in fen of some pieces of an item, after `before` pieces were refunded. The price is not always divisible by the
 * quantity. Piece n costs the rounded-down price of n pieces less that of n − 1, so that all pieces add up to the whole price.
 */
export function piecesFen({ payableFen, quantity }: PaidLine, before: number, pieces: number): number {
  const upTo = (count: number): number => Math.floor((payableFen * Math.min(count, quantity)) / quantity);
  return upTo(before + pieces) - upTo(before);
}
