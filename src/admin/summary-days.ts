import type { SummaryDay } from './summary.dto.js';

/** Payments or refunds of one Beijing day. */
export interface DaySums {
  date: string;
  count: number;
  fen: number;
}

type MoneySums = Omit<SummaryDay, 'date'>;

/** Returns the days with payments or refunds, in order. */
export function mergeDays(paid: DaySums[], refunded: DaySums[]): SummaryDay[] {
  const [paidOn, refundedOn] = [byDate(paid), byDate(refunded)];
  const dates = [...new Set([...paidOn.keys(), ...refundedOn.keys()])].sort();
  return dates.map((date) => {
    const [paidSums, refundedSums] = [paidOn.get(date), refundedOn.get(date)];
    const [paidFen, refundedFen] = [paidSums?.fen ?? 0, refundedSums?.fen ?? 0];
    const counts = { paidCount: paidSums?.count ?? 0, refundedCount: refundedSums?.count ?? 0 };
    return { date, paidFen, refundedFen, ...counts, netFen: paidFen - refundedFen };
  });
}

export function sumDays(days: SummaryDay[]): MoneySums {
  const total: MoneySums = { paidFen: 0, paidCount: 0, refundedFen: 0, refundedCount: 0, netFen: 0 };
  for (const day of days) {
    total.paidFen += day.paidFen;
    total.paidCount += day.paidCount;
    total.refundedFen += day.refundedFen;
    total.refundedCount += day.refundedCount;
    total.netFen += day.netFen;
  }
  return total;
}

/** The lower median; null for an empty list. */
export function medianOf(numbers: number[]): number | null {
  return numbers.toSorted((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)] ?? null;
}

function byDate(sums: DaySums[]): Map<string, DaySums> {
  return new Map(sums.map((sum) => [sum.date, sum]));
}
