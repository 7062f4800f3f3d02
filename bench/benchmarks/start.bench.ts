import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../tools/process/local-server.ts';
import { ratioOf } from '../support/contestants.ts';
import { median, type Figure } from '../support/figures.ts';
import { OLDER_FLAGS, olderCommit } from '../support/older-commit.ts';
import { cpuSeconds, residentBytes, startServer, stopServer } from '../support/processes.ts';
import { liveEnvironment, ROOT } from '../support/settings.ts';

const ROUNDS = 5;
const MODES = { live: () => Promise.resolve(liveEnvironment({})), 'with the simulator': simulatorEnvironment };
type Mode = keyof typeof MODES;
/** After the garbage of the start has been collected as far as V8 does so by itself. */
const IDLE_MS = 10_000;

/** One start: milliseconds to the first 200 of `/readyz`, and CPU of the process until then. */
interface Start {
  wallMs: number;
  cpuMs: number;
}

/**
 * Measures the time from the spawn to the first 200 of `/readyz`, each time with a new SQLite file: as a live shop and with the
 * simulator, in turns with an older commit. Then the memory of the service while it has nothing to do.
 */
export async function benchStart(): Promise<Figure[]> {
  const current = `${ROOT}dist/server/main.js`;
  const older = await olderCommit();
  const figures: Figure[] = [];
  for (const mode of Object.keys(MODES) as Mode[]) {
    const now: Start[] = [];
    const before: Start[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      if (older !== null) before.push(await startOnce(`${older}/dist/src/main.js`, mode, OLDER_FLAGS));
      now.push(await startOnce(current, mode));
    }
    figures.push({ name: `Start to ready, ${mode}`, value: median(now.map(({ wallMs }) => wallMs)) / 1000, unit: 's' });
    if (before.length > 0) figures.push(...compared(mode, now, before));
  }
  figures.push({ name: 'Resident memory when idle', value: await idleMegabytes(current), unit: 'MB', atMost: 130 });
  return figures;
}

function compared(mode: Mode, now: Start[], before: Start[]): Figure[] {
  const ratio = (of: (start: Start) => number) => ratioOf(now.map(of), before.map(of));
  return [
    { name: `Start to ready, ${mode}, ÷ 97ff270`, value: ratio(({ wallMs }) => wallMs), unit: '', atMost: 0.5 },
    { name: `  CPU until then, ÷ 97ff270`, value: ratio(({ cpuMs }) => cpuMs), unit: '' },
  ];
}

function startOnce(script: string, mode: Mode, flags: string[] = []): Promise<Start> {
  return withService({ script, mode, flags }, (child, wallMs) =>
    Promise.resolve({ wallMs, cpuMs: cpuSeconds(child) * 1000 }),
  );
}

function idleMegabytes(script: string): Promise<number> {
  return withService({ script, mode: 'live', flags: [] }, async (child) => {
    await pause(IDLE_MS);
    return residentBytes(child) / 1e6;
  });
}

type Service = Awaited<ReturnType<typeof startServer>>['child'];

interface ServiceToStart {
  script: string;
  mode: Mode;
  flags: string[];
}

async function withService<T>(
  { script, mode, flags }: ServiceToStart,
  measure: (child: Service, readyAfterMs: number) => Promise<T>,
): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'wxc-bench-'));
  try {
    const port = await freePort();
    const environment = await MODES[mode]();
    const { child, readyAfterMs } = await startServer({
      script,
      environment: { ...environment, PORT: String(port), DATABASE_URL: `sqlite:${join(directory, 'shop.sqlite')}` },
      readyUrl: `http://127.0.0.1:${port}/readyz`,
      directory,
      flags,
    });
    try {
      return await measure(child, readyAfterMs);
    } finally {
      await stopServer(child);
    }
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function simulatorEnvironment() {
  const { PATH = '' } = process.env;
  return { PATH, WECHAT_MODE: 'simulator', SIMULATOR_PORT: String(await freePort()), LOG_LEVEL: 'warn' };
}
