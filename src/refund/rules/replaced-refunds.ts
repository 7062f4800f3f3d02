/** An abnormal refund that has reserved its amount and that WeChat is not known to have accepted. Amounts in fen. */
export interface ReplaceableRefund {
  amountFen: number;
}

/**
 * Chooses the refunds that a refund from WeChat's merchant platform replaces, so that the amount is not reserved twice. A
 * refund of the same amount is replaced in any case. Otherwise refunds are replaced only if the amount does not fit: the
 * smallest refund that is enough, or else several, the oldest first.
 * @param candidates oldest first.
 * @param leftFen the amount that no refund has reserved.
 * @returns an empty list when there is nothing to replace; null when the amount does not fit even if all are replaced.
 */
export function chooseReplacedRefunds<T extends ReplaceableRefund>(
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
