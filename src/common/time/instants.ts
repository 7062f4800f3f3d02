import { isISO8601 } from 'class-validator';

const DAY_PATTERN = /^\d{4}-\d\d-\d\d$/;
const INSTANT_PATTERN = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

/** The range that both databases and all clients can store, in any time zone. */
const EARLIEST_MS = Date.UTC(2000, 0, 1);
const LATEST_MS = Date.UTC(2100, 0, 1);
const BEIJING_OFFSET_MS = 8 * 3600 * 1000;

/**
 * Parses an instant of a body or a filter: RFC 3339 with a zone, or a bare day, which means midnight in Beijing. The result
 * does not depend on the machine's time zone.
 * @returns null for any other text, for an instant outside the years 2000 to 2099 (UTC), or a day outside them (Beijing).
 */
export function parseInstant(text: string): Date | null {
  const isDay = DAY_PATTERN.test(text);
  if (!isDay && !INSTANT_PATTERN.test(text)) return null;
  if (!isISO8601(text, { strict: true })) return null;
  const instant = new Date(isDay ? `${text}T00:00:00+08:00` : text);
  const at = instant.getTime();
  const earliest = isDay ? EARLIEST_MS - BEIJING_OFFSET_MS : EARLIEST_MS;
  return at >= earliest && at < LATEST_MS ? instant : null;
}

/**
 * Parses a text that `IsInstant` has accepted.
 * @throws RangeError for any other text.
 */
export function toInstant(text: string): Date {
  const instant = parseInstant(text);
  if (instant === null) throw new RangeError('The text is not an instant.');
  return instant;
}
