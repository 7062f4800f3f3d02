/** A line of an order, as far as giving a part of it back is concerned. Fen for all pieces together. */
export interface PaidLine {
  payableFen: number;
  quantity: number;
}

/**
 * The fen of some pieces of a line, after others have been given back before. A line does not always divide by its pieces:
 * counted so, every piece is worth what the line is up to it less what it is before it, and all of them make the whole.
 */
export function piecesFen({ payableFen, quantity }: PaidLine, before: number, pieces: number): number {
  const upTo = (count: number): number => Math.floor((payableFen * Math.min(count, quantity)) / quantity);
  return upTo(before + pieces) - upTo(before);
}
