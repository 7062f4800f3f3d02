import { setTimeout as pause } from 'node:timers/promises';
import type { SharedClock } from '../environment/fleet.ts';
import type { DatabaseReader } from './database-reader.ts';

const POLL_MS = 300;
/** Without progress for this long, the deliveries wait for a retry, a pause or a lease. */
const STILL_MS = 1500;
/** Longer than the longest pause of an endpoint and than a lease. */
const MIN_STEP_SECONDS = 301;
/** Longer than the longest delay between two attempts. */
const MAX_STEP_SECONDS = 27 * 3600;

interface DrainOptions {
  reader: DatabaseReader;
  time: SharedClock;
  /** Endpoints whose receivers work. */
  endpointIds: readonly string[];
  timeoutMs: number;
}

/**
 * Waits until every event has a position and was delivered to the endpoints, and moves the time forward to the next attempts.
 * @returns the deliveries that still wait after the time limit, and those that failed after all attempts
 */
export async function drainDeliveries({ reader, time, endpointIds, timeoutMs }: DrainOptions): Promise<string[]> {
  const deadline = performance.now() + timeoutMs;
  let [left, since] = [Infinity, performance.now()];
  for (;;) {
    const open = await readOpen(reader, endpointIds);
    if (open.waiting === 0 && open.unnumbered === 0) return describe(open.failed, 'failed after all attempts');
    if (performance.now() > deadline)
      return [
        ...describe(open.waiting, 'still wait'),
        ...describe(open.unnumbered, 'have no position, so are not delivered'),
      ];
    const now = open.waiting + open.unnumbered;
    if (now < left) [left, since] = [now, performance.now()];
    if (performance.now() - since > STILL_MS) {
      const untilNext = (open.nextAt - time.now()) / 1000 + 1;
      await time.advance(Math.ceil(Math.min(MAX_STEP_SECONDS, Math.max(MIN_STEP_SECONDS, untilNext))));
      [left, since] = [now, performance.now()];
    }
    await pause(POLL_MS);
  }
}

const describe = (count: number, what: string): string[] =>
  count === 0 ? [] : [`${count} deliveries of events to working receivers ${what}`];

async function readOpen(reader: DatabaseReader, endpointIds: readonly string[]) {
  const ids = endpointIds.map((id) => `'${id}'`).join(', ');
  const rows = await reader.read<{ status: string; count: number; nextAt: string | null }>(
    `SELECT d.status AS status, COUNT(*) AS count, CAST(MIN(d.next_attempt_at) AS CHAR) AS nextAt
     FROM event_deliveries d JOIN event_endpoints p ON p.id = d.endpoint_row_id
     WHERE d.status <> 'DELIVERED' AND p.endpoint_id IN (${ids}) GROUP BY d.status`,
  );
  const of = (status: string) => rows.find((row) => row.status === status);
  const [unnumbered] = await reader.read<{ count: number }>(
    'SELECT COUNT(*) AS count FROM events WHERE position IS NULL',
  );
  return {
    waiting: of('WAITING')?.count ?? 0,
    failed: of('FAILED')?.count ?? 0,
    unnumbered: unnumbered?.count ?? 0,
    nextAt: Date.parse(`${of('WAITING')?.nextAt?.replace(' ', 'T') ?? ''}Z`) || 0,
  };
}
