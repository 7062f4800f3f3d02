/** The browser's time zone, such as `GMT+8 (Asia/Shanghai)`. All times on the pages are in it. */
export function zoneName(): string {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const parts = new Intl.DateTimeFormat('en', { timeZoneName: 'shortOffset' }).formatToParts();
  const offset = parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'UTC';
  return `${offset} (${timeZone})`;
}

/** `2026-11-21 18:04:05` in the browser's time zone. */
export function fullTime(instant: string): string {
  const at = new Date(instant);
  return `${dayOf(at)} ${clockOf(at)}`;
}

/** `10:00:41`. */
function clockOf(at: Date): string {
  return [at.getHours(), at.getMinutes(), at.getSeconds()].map(twoDigits).join(':');
}

/** `2026-11-21`. */
export function dayOf(at: Date): string {
  return `${String(at.getFullYear()).padStart(4, '0')}-${twoDigits(at.getMonth() + 1)}-${twoDigits(at.getDate())}`;
}

/** `2026-11-21T18:04` in the browser's time zone, the value of a `datetime-local` input. */
export function minuteOf(instant: string): string {
  const at = new Date(instant);
  return `${dayOf(at)}T${clockOf(at).slice(0, 5)}`;
}

/** The instant of a `datetime-local` value. */
export function instantOfMinute(minute: string): string {
  return new Date(minute).toISOString(); // a value without a zone is read in the browser's zone
}

/** The start of a day in the browser's time zone, or of a later day, for filters by day. */
export function instantOfDay(day: string, daysLater = 0): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + daysLater).toISOString();
}

/** Whether a text is a valid date, such as `2026-11-21`. */
export function isDay(text: string): boolean {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** Beijing has no daylight saving. */
const BEIJING_MS = 8 * 3_600_000;

/** The day of an instant in Beijing time, such as `2026-11-21`. The service groups by these days. */
export function beijingDay(instant: string): string {
  return new Date(Date.parse(instant) + BEIJING_MS).toISOString().slice(0, 10);
}

/** The start of a day in Beijing time. */
export function beijingMidnight(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - BEIJING_MS).toISOString();
}

const twoDigits = (number: number): string => String(number).padStart(2, '0');
