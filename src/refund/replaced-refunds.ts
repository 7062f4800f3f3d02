/** A refund that holds money and was never accepted by WeChat. Amounts in fen. */
export interface ReplaceableRefund {
  amountFen: number;
}

/**
 * Chooses the refunds that one made by hand in WeChat's platform stands for: its money is theirs, and must not be reserved
 * twice. One of the same amount is meant first. Otherwise only as many as are needed for the amount to fit: the smallest
 * that is enough, or else one after the other.
 * @param candidates oldest first.
 * @param leftFen what no refund has reserved.
 * @returns none when it fits as it is; null when it does not fit even without all of them.
 */
export function chooseReplaced<T extends ReplaceableRefund>(
  candidates: readonly T[],
  amountFen: number,
  leftFen: number,
): T[] | null {
  const same = candidates.find((each) => each.amountFen === amountFen);
  if (same) return [same];
  const missingFen = amountFen - leftFen;
  if (missingFen <= 0) return [];
  const bySize = [...candidates].sort((one, other) => one.amountFen - other.amountFen);
  const enough = bySize.find((each) => each.amountFen >= missingFen);
  if (enough) return [enough];
  const chosen: T[] = [];
  let freedFen = 0;
  for (const each of candidates) {
    if (freedFen >= missingFen) break;
    chosen.push(each);
    freedFen += each.amountFen;
  }
  return freedFen >= missingFen ? chosen : null;
}
