const DAYS_OF_WEEK = 7;
const DAY_MS = 86_400_000;

/** Whether a text is a month, such as `2026-11`. */
export function isMonth(text: string): boolean {
  return /^20\d\d-(0[1-9]|1[0-2])$/.test(text);
}

/** `2026-11` of a day. */
export function monthOf(day: string): string {
  return day.slice(0, 7);
}

/** The month that is `count` months later, or earlier if negative. */
export function addMonths(month: string, count: number): string {
  const { year, month: number } = partsOf(month);
  return new Date(Date.UTC(year, number - 1 + count)).toISOString().slice(0, 7);
}

/** The day that is `count` days later, or earlier if negative. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);
}

export function partsOf(month: string): { year: number; month: number } {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return { year, month: number };
}

/** The days of a month in weeks from Monday to Sunday; null for days of the neighbouring months. */
export function weeksOf(month: string): (string | null)[][] {
  const { year, month: number } = partsOf(month);
  const first = new Date(Date.UTC(year, number - 1));
  const length = new Date(Date.UTC(year, number, 0)).getUTCDate();
  const before = (first.getUTCDay() + DAYS_OF_WEEK - 1) % DAYS_OF_WEEK;
  const weekCount = Math.ceil((before + length) / DAYS_OF_WEEK);
  const dayAt = (index: number): string | null => {
    const date = index - before + 1;
    return date >= 1 && date <= length ? `${month}-${String(date).padStart(2, '0')}` : null;
  };
  return Array.from({ length: weekCount }, (_week, week) =>
    Array.from({ length: DAYS_OF_WEEK }, (_day, day) => dayAt(week * DAYS_OF_WEEK + day)),
  );
}
