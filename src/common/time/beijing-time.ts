/** WeChat's times are always UTC+8, without daylight saving time. */
const OFFSET_MS = 8 * 3600 * 1000;
const DAY_MS = 86_400_000;

/** `yyyyMMddHHmmss` in Beijing time, the format of WeChat's instants. Fractions of a second are cut off. */
export function toBeijingTime(instant: Date): string {
  return new Date(instant.getTime() + OFFSET_MS).toISOString().slice(0, 19).replaceAll(/[-T:]/g, '');
}

/** Parses WeChat's `yyyyMMddHHmmss`. Null if the format is wrong or the day does not exist. */
export function fromBeijingTime(text: string): Date | null {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text);
  if (!parts) return null;
  const [, year, month, day, hour, minute, second] = parts.map(Number);
  const instant = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day, hour, minute, second) - OFFSET_MS);
  return toBeijingTime(instant) === text ? instant : null;
}

/** Parses `yyyy-MM-dd HH:mm:ss`, WeChat's format in refunds. Null as for `fromBeijingTime`. */
export function fromBeijingDateTime(text: string): Date | null {
  return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text) ? fromBeijingTime(text.replaceAll(/[- :]/g, '')) : null;
}

/** An instant in RFC 3339 with the offset +08:00 and milliseconds, as the newer platform calls require it. */
export function toBeijingRfc3339(instant: Date): string {
  return `${new Date(instant.getTime() + OFFSET_MS).toISOString().slice(0, 23)}+08:00`;
}

/** Midnight in Beijing of the day of `instant`, or of the day `daysLater`. */
export function beijingMidnight(instant: Date, daysLater = 0): Date {
  const day = Math.floor((instant.getTime() + OFFSET_MS) / DAY_MS) + daysLater;
  return new Date(day * DAY_MS - OFFSET_MS);
}
