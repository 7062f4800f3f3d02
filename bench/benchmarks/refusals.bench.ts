import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../tools/process/local-server.ts';
import { cpuSeconds, startServer, stopServer } from '../support/processes.ts';
import { liveEnvironment, ROOT } from '../support/settings.ts';
import { median, type Figure } from '../support/figures.ts';

const WARM_UP_ROUNDS = 2;
const ROUNDS = 7;
/** Linux counts CPU in hundredths of a second: a round must take many of them. */
const REQUESTS_PER_ROUND = 300;
/** The number of short fields that fit into 64 kB. */
const UNKNOWN_FIELDS = 8341;

/** Bodies that anyone can send without login. */
const BODIES = {
  small: JSON.stringify({ code: 'x', unknown: 1 }),
  wide: JSON.stringify(Object.fromEntries(Array.from({ length: UNKNOWN_FIELDS }, (_, at) => [at.toString(36), 1]))),
};

/**
 * Measures the CPU of a rejected request: a login with thousands of unknown fields against one with a single unknown
 * field, in alternating rounds.
 */
export async function benchRefusals(): Promise<Figure[]> {
  const directory = await mkdtemp(join(tmpdir(), 'wxc-bench-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { child } = await startServer({
    script: `${ROOT}dist/server/main.js`,
    environment: liveEnvironment({
      LOGIN_LIMIT_PER_MINUTE: '1000000',
      PORT: String(port),
      DATABASE_URL: `sqlite:${join(directory, 'shop.sqlite')}`,
    }),
    readyUrl: `${url}/readyz`,
    directory,
  });

  const milliseconds: Record<keyof typeof BODIES, number[]> = { small: [], wide: [] };
  let answerBytes = 0;
  try {
    for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
      for (const kind of ['small', 'wide'] as const) {
        const before = cpuSeconds(child);
        answerBytes = await sendInvalidLogins(url, BODIES[kind]);
        if (round < WARM_UP_ROUNDS) continue;
        milliseconds[kind].push(((cpuSeconds(child) - before) * 1000) / REQUESTS_PER_ROUND);
      }
    }
  } finally {
    await stopServer(child);
    await rm(directory, { recursive: true });
  }
  const { small, wide } = milliseconds;
  const ratio = median(wide.map((cost, round) => cost / (small[round] ?? NaN)));
  return [
    { name: 'A rejection, 8,341 unknown fields ÷ one', value: ratio, unit: '', atMost: 3 },
    { name: '  CPU with one unknown field', value: median(small), unit: 'ms' },
    { name: '  CPU with 8,341', value: median(wide), unit: 'ms' },
    { name: '  size of its response', value: answerBytes, unit: 'B', atMost: 4096 },
  ];
}

/**
 * Sends the requests one after the other, on one connection.
 * @returns bytes of the last response
 */
async function sendInvalidLogins(url: string, body: string): Promise<number> {
  let length = 0;
  for (let count = 0; count < REQUESTS_PER_ROUND; count++) {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${url}/api/auth/login`, { method: 'POST', headers, body });
    length = (await response.arrayBuffer()).byteLength;
    if (response.status !== 400) throw new Error(`A login with unknown fields got the response ${response.status}.`);
  }
  return length;
}
