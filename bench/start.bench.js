import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startServer, stopServer } from './processes.js';
import { liveEnvironment, ROOT } from './settings.js';
import { median } from './statistics.js';

const ROUNDS = 5;

/**
 * Measures the time from the spawn to the first 200 of `/readyz`, each time with a new SQLite file and all migrations: as a
 * live shop, and with the simulator.
 * @returns {Promise<import('./main.js').Figure[]>}
 */
export async function benchStart() {
  /** @type {number[]} */
  const live = [];
  /** @type {number[]} */
  const simulator = [];
  for (let round = 0; round < ROUNDS; round++) {
    live.push(await startOnce(() => liveEnvironment({})));
    simulator.push(await startOnce(simulatorEnvironment));
  }
  return [
    { name: 'Start to ready, live', value: median(live) / 1000, unit: 's', below: 3 },
    { name: 'Start to ready, with the simulator', value: median(simulator) / 1000, unit: 's', below: 3 },
  ];
}

/** @param {() => Record<string, string> | Promise<Record<string, string>>} environmentOf */
async function startOnce(environmentOf) {
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
