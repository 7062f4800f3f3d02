/** A refund that has reserved its amount and was never accepted by WeChat. Amounts in fen. */
export interface ReplaceableRefund {
  amountFen: number;
}

/**
 * Chooses the refunds that a refund from WeChat's merchant platform replaces, so that the amount is not reserved twice. A
 * refund of the same amount comes first. Otherwise it chooses as few as the amount needs: the smallest refund that is
 * enough, or else one after the other.
 * @param candidates oldest first.
 * @param leftFen the amount that no refund has reserved.
 * @returns an empty list when the amount fits; null when it does not fit even if all candidates are replaced.
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
