import { tmpdir } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { ManagedProcess } from '../../tools/process/managed-process.ts';
import { ratioOf } from '../support/contestants.ts';
import { migrate, type BenchDatabases } from '../support/databases.ts';
import { median, type Figure } from '../support/figures.ts';
import { olderCommit } from '../support/older-commit.ts';
import { residentBytes } from '../support/processes.ts';
import { seedOlderShop } from '../support/seed-older-shop.ts';
import { ROOT } from '../support/settings.ts';

/** The time grows with the number of orders. `BENCH_VERIFY_ORDERS=1000000` takes half an hour. */
const ORDERS = Number(process.env['BENCH_VERIFY_ORDERS'] ?? 30_000);
const WARM_UP_ROUNDS = 1;
const ROUNDS = Number(process.env['BENCH_VERIFY_ROUNDS'] ?? 3);
const MEMORY_POLL_MS = 50;

interface Run {
  seconds: number;
  maxBytes: number;
}

/**
 * Measures `npm run verify` on a shop of paid orders, in turns with an older commit on a database with the same rows, from before the
 * migrations since then. Today's program checks more invariants.
 */
export async function benchVerify(databases: BenchDatabases): Promise<Figure[]> {
  const older = await olderCommit();
  if (older === null) return [];
  const before = await databases.createOlder('verify_older', older);
  const now = await databases.createOlder('verify', older);
  for (const { connection } of [before, now]) {
    await seedOlderShop(connection, ORDERS);
    await connection.end();
  }
  await migrate(now.url);
  const olderSeconds: number[] = [];
  const runs: Run[] = [];
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
    const { seconds } = await verifyOnce(`${older}/dist/src/verify/main.js`, before.url);
    const run = await verifyOnce(`${ROOT}dist/server/verify.js`, now.url);
    if (round < WARM_UP_ROUNDS) continue;
    olderSeconds.push(seconds);
    runs.push(run);
  }
  const ownSeconds = runs.map(({ seconds }) => seconds);
  const orders = ORDERS.toLocaleString('en');
  return [
    { name: `Verify, ${orders} orders, ÷ 97ff270`, value: ratioOf(ownSeconds, olderSeconds), unit: '', atMost: 0.4 },
    { name: '  now', value: median(ownSeconds), unit: 's' },
    { name: '  97ff270', value: median(olderSeconds), unit: 's' },
    {
      name: '  resident memory, at most',
      value: Math.max(...runs.map(({ maxBytes }) => maxBytes)) / 1e6,
      unit: 'MB',
      below: 200,
    },
  ];
}

/** @throws if an invariant is violated: the seed must be a correct shop. */
async function verifyOnce(script: string, url: string): Promise<Run> {
  const startedAt = performance.now();
  const environment = { PATH: process.env['PATH'] ?? '', DATABASE_URL: url };
  const child = new ManagedProcess({ args: [script], environment, directory: tmpdir() });
  let maxBytes = 0;
  while (child.exitStatus === null) {
    const bytes = residentBytesOrZero(child);
    maxBytes = Math.max(maxBytes, bytes);
    await Promise.race([pause(MEMORY_POLL_MS), child.exited]);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  if (child.exitStatus !== 0) throw new Error(`${script} ended with ${child.exitStatus}.`);
  return { seconds, maxBytes };
}

/** The process may end while it is read. */
function residentBytesOrZero(child: ManagedProcess): number {
  try {
    return residentBytes(child) || 0;
  } catch {
    return 0;
  }
}
