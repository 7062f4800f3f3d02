import type { Schemas } from '../../api/client.js';
import { beijingDay, beijingMidnight } from '../../utils/time.js';

const DAY_MS = 86_400_000;

/** One day of the chart, in fen. */
export interface ChartDay {
  date: string;
  paidFen: number;
  refundedFen: number;
}

/** A period of whole days in Beijing time that ends today. */
export function periodOf(now: string, days: number): { from: string; to: string } {
  const to = Date.parse(beijingMidnight(beijingDay(now))) + DAY_MS;
  return { from: new Date(to - days * DAY_MS).toISOString(), to: new Date(to).toISOString() };
}

/** All days of the period, including those without payments and refunds. */
export function fillDays({ from, to, days }: Schemas['SummaryView']): ChartDay[] {
  const known = new Map(days.map((day) => [day.date, day]));
  const all: ChartDay[] = [];
  for (let at = Date.parse(from); at < Date.parse(to); at += DAY_MS) {
    const date = beijingDay(new Date(at).toISOString());
    const { paidFen = 0, refundedFen = 0 } = known.get(date) ?? {};
    all.push({ date, paidFen, refundedFen });
  }
  return all;
}

/** `98.7%`, or a dash if `whole` is 0. */
export function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${Math.round((part * 1000) / whole) / 10}%`;
}

/** A round number of fen, at least `most`, for the top of the chart's axis. */
export function chartMaximum(most: number): number {
  if (most <= 0) return 100;
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [1, 2, 5, 10].find((times) => times * power >= most) ?? 10;
  return step * power;
}
