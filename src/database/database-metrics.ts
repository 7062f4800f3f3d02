import { defineCounter } from '../common/metrics/metric-definitions.js';

/** Causes of a failed transaction that is worth a retry: a lock conflict or a lost connection. */
const TEMPORARY_FAILURES = ['conflict', 'connection'] as const;
/** Also the disk, or a connection that broke during the commit. */
const DATABASE_FAILURES = [...TEMPORARY_FAILURES, 'storage', 'commit'] as const;

export type DatabaseFailure = (typeof DATABASE_FAILURES)[number];

export const DATABASE_RETRIES = defineCounter({
  name: 'database_retries_total',
  help: 'Database transactions that were retried, by cause: conflict, connection',
  labelNames: ['cause'],
  series: TEMPORARY_FAILURES.map((cause) => ({ cause })),
});

export const DATABASE_FAILED = defineCounter({
  name: 'database_failures_total',
  help: 'Database transactions that failed, so that the caller got 503 or WeChat got FAIL: conflict, connection, storage, commit',
  labelNames: ['cause'],
  series: DATABASE_FAILURES.map((cause) => ({ cause })),
});
