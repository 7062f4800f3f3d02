import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { ChildProcess } from 'node:child_process';
import { ManagedProcess, serviceFlags } from '../../tools/process/managed-process.ts';

/** Long enough for a machine that is busy with other work. */
const START_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 10_000;

interface ServerOptions {
  /** The service starts with the Node flags of `npm run start:prod`, other scripts without flags. */
  script: string;
  environment: Record<string, string>;
  readyUrl: string;
  /** The working directory: not the repository, because the service would read its `.env`. */
  directory: string;
  /** Additional Node flags. */
  flags?: string[];
}

/** Starts a server in its own process. @returns it, and the time from the spawn to the first 200 of `readyUrl` */
export async function startServer({ script, environment, readyUrl, directory, flags = [] }: ServerOptions) {
  const startedAt = performance.now();
  const ownFlags = script.endsWith('dist/server/main.js') ? serviceFlags() : [];
  const child = new ManagedProcess({ args: [...ownFlags, ...flags, script], environment, directory });
  await child.waitUntilReady(START_TIMEOUT_MS, readyUrl);
  return { child, readyAfterMs: performance.now() - startedAt };
}

export async function stopServer(child: ManagedProcess): Promise<void> {
  await child.stop(STOP_TIMEOUT_MS);
}

/** Sends a message to a forked process and returns its next message. @throws if the process ends instead. */
export async function askChild<Answer>(child: ChildProcess, question: object, failureText: string): Promise<Answer> {
  const isDone = new AbortController();
  const death = once(child, 'exit', { signal: isDone.signal }).then(() => {
    throw new Error(failureText);
  });
  child.send(question);
  const [answer] = (await Promise.race([once(child, 'message'), death])) as [Answer];
  death.catch(() => undefined);
  isDone.abort();
  return answer;
}

/** @returns resident bytes, as Linux counts them */
export function residentBytes(child: ManagedProcess): number {
  return memoryBytes(child, 'VmRSS');
}

/** @returns the most resident bytes since the process started */
export function peakResidentBytes(child: ManagedProcess): number {
  return memoryBytes(child, 'VmHWM');
}

function memoryBytes(child: ManagedProcess, name: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  const [, kilobytes] = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status) ?? [];
  return Number(kilobytes) * 1024;
}

/** Linux's clock ticks for process times, on every machine that Node supports. */
const TICKS_PER_SECOND = 100;

/** @returns CPU seconds used so far: unlike wall time, they do not grow on a busy machine */
export function cpuSeconds(child: { pid?: number | undefined }): number {
  const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8');
  const [user = 0, system = 0] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number);
  return (user + system) / TICKS_PER_SECOND;
}
