/** WeChat's clock has no zone and no daylight saving: UTC+8, always. */
const OFFSET_MS = 8 * 3600 * 1000;
const DAY_MS = 86_400_000;

/** `yyyyMMddHHmmss` in Beijing time, as WeChat writes instants. Fractions of a second are cut off. */
export function toBeijingTime(instant: Date): string {
  return new Date(instant.getTime() + OFFSET_MS).toISOString().slice(0, 19).replaceAll(/[-T:]/g, '');
}

/** The instant that a `yyyyMMddHHmmss` of WeChat's means, or null when it is no such text or no such day. */
export function fromBeijingTime(text: string): Date | null {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text);
  if (!parts) return null;
  const [, year, month, day, hour, minute, second] = parts.map(Number);
  const instant = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day, hour, minute, second) - OFFSET_MS);
  return toBeijingTime(instant) === text ? instant : null;
}

/** The instant that a `yyyy-MM-dd HH:mm:ss` of WeChat's means: what it writes of refunds. Null as for `fromBeijingTime`. */
export function fromBeijingDateTime(text: string): Date | null {
  return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text) ? fromBeijingTime(text.replaceAll(/[- :]/g, '')) : null;
}

/** An instant as RFC 3339 with Beijing's offset, to the millisecond, as the platform's newer calls want it. */
export function toBeijingRfc3339(instant: Date): string {
  return `${new Date(instant.getTime() + OFFSET_MS).toISOString().slice(0, 23)}+08:00`;
}

/** When the day of `instant` began in Beijing, or the day so many after it. */
export function beijingMidnight(instant: Date, daysLater = 0): Date {
  const day = Math.floor((instant.getTime() + OFFSET_MS) / DAY_MS) + daysLater;
  return new Date(day * DAY_MS - OFFSET_MS);
}
