import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { BenchDatabases } from './support/databases.ts';
import { ROOT } from './support/settings.ts';
import { isMet, lineFor, type Figure } from './support/figures.ts';

/**
 * `npm run bench`, or `npm run bench -- messages notices` for some of the benchmarks. Exits with 1 when a target is missed,
 * and with 2 when a benchmark could not run. docs/benchmarks.md explains the figures.
 */
const BENCHMARKS: Record<string, (databases: BenchDatabases) => Promise<Figure[]>> = {
  // Each imports only what it needs.
  messages: async () => (await import('./benchmarks/messages.bench.ts')).benchMessages(),
  'v3-messages': async () => (await import('./benchmarks/v3-messages.bench.ts')).benchV3Messages(),
  start: async () => (await import('./benchmarks/start.bench.ts')).benchStart(),
  refusals: async () => (await import('./benchmarks/refusals.bench.ts')).benchRefusals(),
  tick: async (databases) => (await import('./benchmarks/tick.bench.ts')).benchTick(databases),
  notices: async (databases) => (await import('./benchmarks/notices.bench.ts')).benchNotices(databases, 'v2'),
  'v3-notices': async (databases) => (await import('./benchmarks/notices.bench.ts')).benchNotices(databases, 'v3'),
  flow: async (databases) => (await import('./benchmarks/flow.bench.ts')).benchFlow(databases),
  'payment-orders': async (databases) =>
    (await import('./benchmarks/payment-orders.bench.ts')).benchPaymentOrders(databases),
  events: async (databases) => (await import('./benchmarks/events.bench.ts')).benchEvents(databases),
  'event-poll': async (databases) => (await import('./benchmarks/event-poll.bench.ts')).benchEventPoll(databases),
  verify: async (databases) => (await import('./benchmarks/verify.bench.ts')).benchVerify(databases),
  bill: async (databases) => (await import('./benchmarks/bill.bench.ts')).benchBill(databases),
  soak: async (databases) => (await import('./benchmarks/soak.bench.ts')).benchSoak(databases),
};

async function main() {
  const selected = process.argv.slice(2);
  const unknown = selected.filter((name) => !(name in BENCHMARKS));
  if (unknown.length > 0)
    throw new Error(`Unknown benchmark: ${unknown.join(', ')}. Use one of ${Object.keys(BENCHMARKS).join(', ')}.`);
  if (selected.length === 0 || selected.some((name) => name.endsWith('messages'))) installComparedLibraries();
  const databases = new BenchDatabases();
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => void databases.dropAll().finally(() => process.exit(130)));
  }
  let areAllMet = true;
  try {
    for (const [name, run] of Object.entries(BENCHMARKS)) {
      if (selected.length > 0 && !selected.includes(name)) continue;
      const figures = await run(databases);
      for (const figure of figures) process.stdout.write(`${lineFor(figure)}\n`);
      areAllMet &&= figures.every(isMet);
    }
  } finally {
    await databases.dropAll();
  }
  process.exit(areAllMet ? 0 : 1);
}

/** The compared libraries are clients of compat/, not dependencies of the service. They are installed on the first run. */
function installComparedLibraries() {
  if (existsSync(`${ROOT}compat/node_modules/tenpay`)) return;
  process.stdout.write('Installing the compared libraries …\n');
  const { status } = spawnSync('npm', ['ci', '--silent'], { cwd: `${ROOT}compat`, stdio: 'inherit' });
  if (status !== 0) throw new Error('npm ci in compat/ failed.');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(2);
});
