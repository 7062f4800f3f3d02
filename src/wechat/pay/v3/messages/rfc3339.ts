/** WeChat's times are UTC+8, without daylight saving time. */
const OFFSET_MS = 8 * 3600 * 1000;
const FORM = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

/** `yyyy-MM-ddTHH:mm:ss+08:00`, the form that WeChat documents for `time_expire`. Fractions of a second are cut off. */
export function toRfc3339(instant: Date): string {
  return `${new Date(instant.getTime() + OFFSET_MS).toISOString().slice(0, 19)}+08:00`;
}

/** Parses RFC 3339 with any offset, with or without a fraction. Null for another form or a day that does not exist. */
export function fromRfc3339(value: unknown): Date | null {
  if (typeof value !== 'string') return null;
  const parts = FORM.exec(value);
  if (!parts) return null;
  const instant = new Date(value);
  // `Date` reads 30 February as 2 March.
  const [, year, month, day] = parts.map(Number);
  const exists = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day)).getUTCDate() === day;
  return exists && !Number.isNaN(instant.getTime()) ? instant : null;
}
