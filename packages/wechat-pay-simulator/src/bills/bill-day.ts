import { beijingTime, readBeijingStamp } from '../beijing-time.js';

const DAY_MS = 86_400_000;
const MONTHS_KEPT = 3;

/** The Beijing day of a time: `yyyy-MM-dd`. */
export function billDayOf(moment: Date): string {
  return beijingTime(moment).slice(0, 10);
}

/** Midnight in Beijing at the start of a day; undefined for a date that does not exist. */
export function startOfDay(day: string): Date | undefined {
  return /^\d{4}-\d{2}-\d{2}$/.test(day) ? readBeijingStamp(`${day.replaceAll('-', '')}000000`) : undefined;
}

/** @throws RangeError for a date that does not exist */
export function endOfDay(day: string): Date {
  const start = startOfDay(day);
  if (start === undefined) throw new RangeError(`${day} is not a day`);
  return new Date(start.getTime() + DAY_MS);
}

/** The first day whose bills can still be downloaded: three months back. Months without this day use their last day. */
export function oldestBillDay(now: Date): string {
  const [year = 0, month = 0, day = 0] = billDayOf(now).split('-').map(Number);
  const lastOfMonth = new Date(Date.UTC(year, month - MONTHS_KEPT, 0)).getUTCDate();
  const oldest = new Date(Date.UTC(year, month - 1 - MONTHS_KEPT, Math.min(day, lastOfMonth)));
  return oldest.toISOString().slice(0, 10);
}
