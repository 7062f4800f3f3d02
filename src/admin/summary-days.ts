import type { SummaryDay } from './summary.dto.js';

/** Beijing is eight hours ahead of UTC, always. */
const OFFSET_MS = 8 * 3600 * 1000;
const DAY_MS = 86_400_000;

/** One kind of money on one day of Beijing. */
export interface DaySums {
  date: string;
  count: number;
  fen: number;
}

type Moved = Omit<SummaryDay, 'date'>;

/** When the day of `instant` began in Beijing, or the day so many after it. */
export function beijingMidnight(instant: Date, daysLater = 0): Date {
  const day = Math.floor((instant.getTime() + OFFSET_MS) / DAY_MS) + daysLater;
  return new Date(day * DAY_MS - OFFSET_MS);
}

/** The days on which money moved, in order. */
export function daysOf(paid: DaySums[], refunded: DaySums[]): SummaryDay[] {
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
export function sumOf(days: SummaryDay[]): Moved {
  const total: Moved = { paidFen: 0, paidCount: 0, refundedFen: 0, refundedCount: 0, netFen: 0 };
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
