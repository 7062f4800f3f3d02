import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { BenchDatabases } from './databases.js';
import { ROOT } from './settings.js';

/**
 * `npm run bench`, or `npm run bench -- messages notices` for some of the benchmarks. Exits with 1 when a target is missed,
 * and with 2 when a benchmark could not run. docs/benchmarks.md explains the figures.
 *
 * @typedef {{ name: string, value: number, unit: string, atLeast?: number, atMost?: number, below?: number }} Figure
 * a figure without a target is only reported
 */

const BENCHMARKS = ['messages', 'start', 'refusals', 'tick', 'notices', 'flow', 'soak'];

async function main() {
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => !BENCHMARKS.includes(name));
  if (unknown.length > 0)
    throw new Error(`Unknown benchmark: ${unknown.join(', ')}. Use one of ${BENCHMARKS.join(', ')}.`);
  if (wanted.length === 0 || wanted.includes('messages')) installComparedLibraries();
  const databases = new BenchDatabases();
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => void databases.dropAll().finally(() => process.exit(130)));
  }
  let areAllMet = true;
  try {
    for (const part of BENCHMARKS.filter((name) => wanted.length === 0 || wanted.includes(name))) {
      const figures = await run(part, databases);
      for (const figure of figures) process.stdout.write(`${lineFor(figure)}\n`);
      areAllMet &&= figures.every(isMet);
    }
  } finally {
    await databases.dropAll();
  }
  process.exit(areAllMet ? 0 : 1);
}

/**
 * Imports only what the benchmark needs.
 * @param {string} part
 * @param {BenchDatabases} databases
 * @returns {Promise<Figure[]>}
 */
async function run(part, databases) {
  switch (part) {
    case 'messages':
      return (await import('./messages.bench.js')).benchMessages();
    case 'start':
      return (await import('./start.bench.js')).benchStart();
    case 'refusals':
      return (await import('./refusals.bench.js')).benchRefusals();
    case 'tick':
      return (await import('./tick.bench.js')).benchTick(databases);
    case 'flow':
      return (await import('./flow.bench.js')).benchFlow(databases);
    case 'soak':
      return (await import('./soak.bench.js')).benchSoak(databases);
    default:
      return (await import('./notices.bench.js')).benchNotices(databases);
  }
}

/** The compared libraries are not dependencies of the service: they are installed here on the first run. */
function installComparedLibraries() {
  if (existsSync(`${ROOT}bench/node_modules/tenpay`)) return;
  process.stdout.write('Installing the compared libraries …\n');
  const { status } = spawnSync('npm', ['ci', '--silent'], { cwd: `${ROOT}bench`, stdio: 'inherit' });
  if (status !== 0) throw new Error('npm ci in bench/ failed.');
}

/** @param {Figure} figure */
function isMet({ value, atLeast = -Infinity, atMost = Infinity, below = Infinity }) {
  return value >= atLeast && value <= atMost && value < below;
}

/** @param {Figure} figure */
function lineFor(figure) {
  const { name, value, unit, atLeast, atMost, below } = figure;
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  const goals = [
    [atLeast, '≥'],
    [atMost, '≤'],
    [below, '<'],
  ];
  const [goal, sign] = goals.find(([limit]) => limit !== undefined) ?? [];
  const target = goal === undefined ? '' : `${sign} ${goal} ${unit}`.trim();
  const verdict = goal === undefined ? '' : isMet(figure) ? 'ok' : 'MISSED';
  return `${name.padEnd(44)}${`${value.toFixed(digits)} ${unit.padEnd(2)}`.padStart(12)}   ${target.padEnd(10)}${verdict}`.trimEnd();
}

main().catch((error) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exit(2);
});
