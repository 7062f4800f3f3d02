import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../tools/process/local-server.ts';
import { startServer, stopServer } from '../support/processes.ts';
import { liveEnvironment, ROOT } from '../support/settings.ts';
import { median, type Figure } from '../support/figures.ts';

const ROUNDS = 5;

/**
 * Measures the time from the spawn to the first 200 of `/readyz`, each time with a new SQLite file and all migrations: as a
 * live shop, and with the simulator.
 */
export async function benchStart(): Promise<Figure[]> {
  const live: number[] = [];

  const simulator: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    live.push(await startOnce(() => liveEnvironment({})));
    simulator.push(await startOnce(simulatorEnvironment));
  }
  return [
    { name: 'Start to ready, live', value: median(live) / 1000, unit: 's', below: 3 },
    { name: 'Start to ready, with the simulator', value: median(simulator) / 1000, unit: 's', below: 3 },
  ];
}

async function startOnce(environmentOf: () => Record<string, string> | Promise<Record<string, string>>) {
  const directory = await mkdtemp(join(tmpdir(), 'wxc-bench-'));
  try {
    const port = await freePort();
    const environment = await environmentOf();
    const { child, readyAfterMs } = await startServer({
      script: `${ROOT}dist/src/main.js`,
      environment: { ...environment, PORT: String(port), DATABASE_URL: `sqlite:${join(directory, 'shop.sqlite')}` },
      readyUrl: `http://127.0.0.1:${port}/readyz`,
      directory,
    });
    await stopServer(child);
    return readyAfterMs;
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function simulatorEnvironment() {
  const { PATH = '' } = process.env;
  return { PATH, WECHAT_MODE: 'simulator', SIMULATOR_PORT: String(await freePort()), LOG_LEVEL: 'warn' };
}
