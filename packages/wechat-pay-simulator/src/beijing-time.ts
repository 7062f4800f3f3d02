const BEIJING_AHEAD_MS = 8 * 3_600_000;
const STAMP = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/;

/** `yyyyMMddHHmmss` in Beijing time (UTC+8, no summer time), independent of the machine's time zone. */
export function beijingStamp(moment: Date): string {
  const shifted = new Date(moment.getTime() + BEIJING_AHEAD_MS);
  return shifted.toISOString().replace(/\D/g, '').slice(0, 14);
}

/** `yyyy-MM-dd HH:mm:ss` in Beijing time, the format that refunds use. */
export function beijingTime(moment: Date): string {
  return beijingStamp(moment).replace(STAMP, '$1-$2-$3 $4:$5:$6');
}

/** Parses a `yyyyMMddHHmmss` in Beijing time. Undefined for a date that does not exist (month 13, 30 February). */
export function readBeijingStamp(stamp: string): Date | undefined {
  if (!STAMP.test(stamp)) return undefined;
  const iso = stamp.replace(STAMP, '$1-$2-$3T$4:$5:$6Z');
  const moment = new Date(Date.parse(iso) - BEIJING_AHEAD_MS);
  if (Number.isNaN(moment.getTime())) return undefined;
  return beijingStamp(moment) === stamp ? moment : undefined;
}

/** `yyyy-MM-ddTHH:mm:ss+08:00`, the format of v3. */
export function rfc3339(moment: Date): string {
  return `${beijingTime(moment).replace(' ', 'T')}+08:00`;
}
