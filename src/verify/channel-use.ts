import type { ReadOnlyDatabase } from './read-only-database.js';

/** What still needs the keys of one protocol, so that an operator knows when they can be removed. */
export interface ChannelUse {
  channel: string;
  /** Payments that may still be paid. */
  openPayments: number;
  /** Refunds that were composed and have not ended. */
  openRefunds: number;
  /** Time of the newest payment, RFC 3339 in UTC; null when none was paid. */
  lastPaidAt: string | null;
}

interface Counts {
  channel: string;
  open_count: number | string;
  last_paid_at: string | Date | null;
}

const PAYMENTS = `
  SELECT channel, SUM(CASE WHEN status IN ('CREATED', 'PREPAID') THEN 1 ELSE 0 END) AS open_count, MAX(paid_at) AS last_paid_at
  FROM payments GROUP BY channel`;
const REFUNDS = `
  SELECT channel, SUM(CASE WHEN status IN ('PROCESSING', 'ABNORMAL') THEN 1 ELSE 0 END) AS open_count, NULL AS last_paid_at
  FROM refunds WHERE channel IS NOT NULL GROUP BY channel`;

/** @throws CannotVerifyError if the database becomes unreachable. */
export async function readChannelUse(database: ReadOnlyDatabase): Promise<ChannelUse[]> {
  const payments = await database.query<Counts>(PAYMENTS);
  const refunds = await database.query<Counts>(REFUNDS);
  const channels = [...new Set([...payments, ...refunds].map(({ channel }) => channel))].sort();
  return channels.map((channel) => {
    const ofPayments = payments.find((counts) => counts.channel === channel);
    const ofRefunds = refunds.find((counts) => counts.channel === channel);
    return {
      channel,
      openPayments: Number(ofPayments?.open_count ?? 0),
      openRefunds: Number(ofRefunds?.open_count ?? 0),
      lastPaidAt: toRfc3339(ofPayments?.last_paid_at ?? null),
    };
  });
}

/** SQLite stores `yyyy-MM-dd HH:mm:ss.SSS` in UTC; MySQL's driver returns the same as a Date. */
function toRfc3339(stored: string | Date | null): string | null {
  if (stored === null) return null;
  return stored instanceof Date ? stored.toISOString() : `${stored.replace(' ', 'T')}Z`;
}
