import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { BillRecord } from '../../../api/client.js';
import { en } from '../../../i18n/en.js';
import type { BridgeLine } from './bridge-table.js';
import { bridgeLines, fundLines } from './bridge.js';

const sums = (fen: number) => ({ count: 1, fen });

/** A compared day. `missingFen` is a payment that is missing here, `lateFen` one of a neighbouring day. */
function billOf({ paidFen = 0, refundedFen = 0, missingFen = 0, lateFen = 0, feesFen = 0, restFen = 0 }): BillRecord {
  const oursFen = paidFen - refundedFen;
  const theirPaidFen = paidFen + missingFen + lateFen;
  const theirsFen = theirPaidFen - refundedFen;
  const settledFen = theirsFen - feesFen;
  return {
    date: '2026-11-21',
    status: 'DIFFERENCES',
    payments: sums(theirPaidFen),
    refunds: sums(refundedFen),
    feesFen,
    ourPayments: sums(paidFen),
    ourRefunds: sums(refundedFen),
    openDifferences: 0,
    waitingEntries: 0,
    hasTradeFile: true,
    hasFundFile: true,
    tradeState: 'AVAILABLE',
    fundState: 'AVAILABLE',
    problem: null,
    downloadedAt: null,
    reconciledAt: null,
    isInProgress: false,
    nextCheckAt: null,
    bridge: {
      oursFen,
      lines: [
        { kind: 'MISSING_HERE', count: 1, fen: missingFen },
        { kind: 'OTHER_DAYS', count: null, fen: lateFen },
      ],
      theirsFen,
    },
    funds: { openingFen: 5000, settledFen, otherMovementsFen: -500, closingFen: 4500 + settledFen + restFen },
  };
}

const fen = fc.integer({ min: 0, max: 1_000_000_000 });
const bill = fc
  .record({ paidFen: fen, refundedFen: fen, missingFen: fen, lateFen: fen, feesFen: fen, restFen: fen })
  .map(billOf);

/** Each total must be the sum of the total before it and the lines between. The parts of a total must add up to it. */
function expectToAddUp(lines: readonly BridgeLine[]): void {
  let sum: number | null = null;
  for (const line of lines) {
    if (line.isTotal === true) {
      if (sum !== null) expect(line.fen).toBe(sum);
      sum = line.fen;
    } else if (line.isPart !== true) sum = (sum ?? 0) + line.fen;
  }
  for (const [at, total] of lines.entries()) {
    const parts = lines
      .slice(at + 1)
      .slice(0, 2)
      .filter(({ isPart }) => isPart === true);
    if (total.isTotal === true && parts.length > 0)
      expect(parts.reduce((before, part) => before + part.fen, 0)).toBe(total.fen);
  }
}

describe('reconciliation: bridges', () => {
  it("lead from our payments and refunds to WeChat's total and the net amount, and add up", () => {
    fc.assert(fc.property(bill, (any) => expectToAddUp(bridgeLines(any, en.bills))));
  });

  it('lead from the opening to the closing balance, and add up also when the balance is wrong', () => {
    fc.assert(fc.property(bill, (any) => expectToAddUp(fundLines(any, en.bills) ?? [])));
  });

  it('name each kind with its number of differences, and the rest of the balance only if there is one', () => {
    const right = billOf({ paidFen: 100, missingFen: 30, feesFen: 1 });
    expect(bridgeLines(right, en.bills).map(({ name }) => name)).toContain('Missing here (1)');
    expect(fundLines(right, en.bills)?.map((line) => line.fen)).toEqual([5000, 130, -1, -500, 4629]);
    const wrong = billOf({ paidFen: 100, restFen: 7 });
    expect(fundLines(wrong, en.bills)).toContainEqual({ name: en.bills.rest, fen: 7 });
  });

  it('have no balance without a fund-flow bill', () => {
    const { funds, ...day } = billOf({ paidFen: 100 });
    expect(fundLines({ ...day, funds: { ...funds, openingFen: null, closingFen: null } }, en.bills)).toBeNull();
  });
});
