import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePort } from '../tools/process/local-server.ts';
import { SimulatorProcess } from '../tools/process/simulator-process.ts';
import type { CompatClient } from './client.ts';
import { PROXY_CLIENTS } from './proxy-process.ts';
import type { Operation } from './run-client.ts';

const TIMEOUT_MS = 120_000;

/**
 * Starts a simulator with a proxy, and a process that has only the settings of docs/simulator.md, "With WeChat's own
 * addresses". The clients in it call WeChat at its own address.
 * @param app the folder that contains the built project
 */
export async function runByProxy(app: string): Promise<[CompatClient, Record<Operation, string>][]> {
  const folder = await mkdtemp(join(tmpdir(), 'wx-checkout-compat-'));
  const proxyPort = String(await freePort());
  const environment = { SIMULATOR_SEED: '1', SIMULATOR_PROXY_PORT: proxyPort, SIMULATOR_CERTIFICATE_DIR: folder };
  const wechat = await SimulatorProcess.start({ app, environment });
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [fileURLToPath(new URL('proxy-process.ts', import.meta.url)), wechat.url],
      {
        env: {
          PATH: process.env['PATH'] ?? '',
          HTTPS_PROXY: `http://127.0.0.1:${proxyPort}`,
          NODE_USE_ENV_PROXY: '1',
          NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
        },
        timeout: TIMEOUT_MS,
      },
    );
    const results = JSON.parse(stdout) as Record<Operation, string>[];
    return PROXY_CLIENTS.map((client, index) => {
      const result = results[index];
      if (result === undefined) throw new Error(`no result of ${client.name}, ${client.api}`);
      return [client, result];
    });
  } finally {
    await wechat.stop();
    await rm(folder, { recursive: true });
  }
}
