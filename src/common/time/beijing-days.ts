import { toBeijingTime } from './beijing-time.js';

const DAY_MS = 86_400_000;

/** `yyyy-MM-dd` in Beijing, the day of WeChat's bills. */
export function beijingDateOf(instant: Date): string {
  const text = toBeijingTime(instant);
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`;
}

/** Midnight at the beginning of a Beijing day. @throws RangeError for a text that is no day. */
export function startOfBeijingDate(date: string): Date {
  const start = new Date(`${date}T00:00:00+08:00`);
  if (date.length !== 10 || Number.isNaN(start.getTime())) throw new RangeError('The text is not a day.');
  return start;
}

/** The day `days` later, or earlier for a negative number. */
export function addDays(date: string, days: number): string {
  return beijingDateOf(new Date(startOfBeijingDate(date).getTime() + days * DAY_MS));
}

/** All days from the first to the last one, in order; empty if the last one is earlier. */
export function daysBetween(first: string, last: string): string[] {
  const days: string[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day);
  return days;
}
