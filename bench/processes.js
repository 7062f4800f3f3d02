import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 10_000;
const POLL_MS = 10;

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/** Kills all started processes when the benchmark ends for any reason. */
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/**
 * The service starts with the Node flags of `npm run start:prod`, other scripts without flags.
 * @param {string} script
 * @returns {string[]}
 */
function flagsOf(script) {
  if (!script.endsWith('dist/src/main.js')) return [];
  const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const command = /^node (.*) ?dist\/src\/main\.js$/.exec(scripts['start:prod']);
  if (!command) throw new Error('start:prod no longer starts dist/src/main.js.');
  return (command[1] ?? '').split(' ').filter((flag) => flag !== '');
}

/**
 * Starts a server in its own process.
 * @param {{ script: string, environment: Record<string, string>, readyUrl: string, directory: string, flags?: string[] }}
 * options
 * `directory` is its working directory: not the repository, because it would read its `.env`. `flags`: additional Node
 * flags.
 * @returns {Promise<{ child: import('node:child_process').ChildProcess, readyAfterMs: number }>} from the spawn to the first
 * 200 of `readyUrl`
 */
export async function startServer({ script, environment, readyUrl, directory, flags = [] }) {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...flagsOf(script), ...flags, script], {
    cwd: directory,
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  while (!(await isReady(readyUrl))) {
    if (child.exitCode !== null) throw new Error(`${script} ended with ${child.exitCode} before it was ready.`);
    if (performance.now() - startedAt > START_TIMEOUT_MS)
      throw new Error(`${script} was not ready within the time limit.`);
    await pause(POLL_MS);
  }
  return { child, readyAfterMs: performance.now() - startedAt };
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<void>}
 */
export async function stopServer(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const hasEnded = once(child, 'exit');
  child.kill('SIGTERM');
  const killTimer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await hasEnded;
  clearTimeout(killTimer);
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {number} resident bytes, as Linux counts them
 */
export function residentBytes(child) {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}

/** Linux's clock ticks for process times, on every machine that Node supports. */
const TICKS_PER_SECOND = 100;

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {number} CPU seconds used so far: unlike wall time, they do not grow on a busy machine
 */
export function cpuSeconds(child) {
  const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8');
  const [user = 0, system = 0] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number);
  return (user + system) / TICKS_PER_SECOND;
}

/** @returns {Promise<number>} a port that was free a moment ago */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}

/** @param {string} url */
async function isReady(url) {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2000), headers: { connection: 'close' } })).status === 200;
  } catch {
    return false;
  }
}
