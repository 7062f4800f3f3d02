import type { SummaryDay } from './summary.dto.js';

/** One kind of money on one day of Beijing. */
export interface DaySums {
  date: string;
  count: number;
  fen: number;
}

type MoneySums = Omit<SummaryDay, 'date'>;

/** The days on which money moved, in order. */
export function mergeDays(paid: DaySums[], refunded: DaySums[]): SummaryDay[] {
  const [paidOn, refundedOn] = [byDate(paid), byDate(refunded)];
  const dates = [...new Set([...paidOn.keys(), ...refundedOn.keys()])].sort();
  return dates.map((date) => {
    const [more, less] = [paidOn.get(date), refundedOn.get(date)];
    const [paidFen, refundedFen] = [more?.fen ?? 0, less?.fen ?? 0];
    const counts = { paidCount: more?.count ?? 0, refundedCount: less?.count ?? 0 };
    return { date, paidFen, refundedFen, ...counts, netFen: paidFen - refundedFen };
  });
}

/** All days together. */
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

/** The middle one, the lower of two; null of none. */
export function medianOf(numbers: number[]): number | null {
  return numbers.toSorted((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)] ?? null;
}

function byDate(sums: DaySums[]): Map<string, DaySums> {
  return new Map(sums.map((sum) => [sum.date, sum]));
}
