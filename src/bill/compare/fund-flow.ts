import type { FoundDifference } from './found-difference.js';

/** What is known of the merchant account on a day. Amounts in fen. */
export interface FundMovements {
  /** The closing balance of the day before if that is known, so that no movement between two bills is missed. */
  openingFen: number | null;
  closingFen: number | null;
  /** Movements that are neither payments, refunds nor their fees, such as withdrawals (negative). */
  otherMovementsFen: number;
}

/**
 * Checks: opening + received − refunded − fees ± other movements = closing. Null when it holds, or a balance is not known.
 * @param settledFen received − refunded − fees by the trade bills, in fen.
 */
export function checkFundFlow(
  date: string,
  { openingFen, closingFen, otherMovementsFen }: FundMovements,
  settledFen: number,
): FoundDifference | null {
  if (openingFen === null || closingFen === null) return null;
  const expectedFen = openingFen + settledFen + otherMovementsFen;
  return expectedFen === closingFen ? null : fundFlowDifference(date, expectedFen, closingFen);
}

/** @param oursFen the balance that follows, or what should have moved on a day without a fund-flow bill. */
export function fundFlowDifference(date: string, oursFen: number, theirsFen: number): FoundDifference {
  return {
    kind: 'FUND_FLOW',
    entryType: 'DAY',
    number: date,
    outTradeNo: null,
    outRefundNo: null,
    transactionId: null,
    orderNo: null,
    oursFen,
    theirsFen,
    effectFen: 0,
    ourState: null,
    theirState: null,
    entryAt: null,
    status: 'OPEN',
  };
}
