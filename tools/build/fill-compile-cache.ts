import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../process/local-server.ts';
import { ManagedProcess, serviceFlags } from '../process/managed-process.ts';

const START_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 30_000;
const ATTEMPTS = 5;

/**
 * Starts the bundled programs once with the flags of `start:prod`, on which the cache depends: Node writes what V8 has compiled when a
 * program ends. It also shows that the bundle starts.
 */
export async function fillCompileCache(output: string): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'wx-checkout-build-'));
  const { PATH = '' } = process.env;
  try {
    const shop = { PATH, LOG_LEVEL: 'error', DATABASE_URL: `sqlite:${join(directory, 'shop.sqlite')}` };
    const service = await startService(output, shop, directory);
    assertSuccess('The bundled service', await service.stop(STOP_TIMEOUT_MS));
    const verify = new ManagedProcess({
      args: [join(output, 'verify.js'), '--json'],
      environment: shop,
      directory,
      log: join(directory, 'log'),
    });
    assertSuccess('The bundled verify', await verify.exited);
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** @throws after some attempts: another process may take a port meanwhile, and the simulator also takes the one after its own. */
async function startService(output: string, shop: Record<string, string>, directory: string): Promise<ManagedProcess> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const ports = { PORT: String(port), SIMULATOR_PORT: String(await freePort()) };
    const log = join(directory, `service-${attempt}.log`);
    const service = new ManagedProcess({
      args: [...serviceFlags(), join(output, 'main.js')],
      environment: { ...shop, WECHAT_MODE: 'simulator', ...ports },
      directory,
      log,
    });
    try {
      await service.waitUntilReady(START_TIMEOUT_MS, `http://127.0.0.1:${port}/readyz`);
      return service;
    } catch (error) {
      if (attempt === ATTEMPTS) throw new Error(await readFile(log, 'utf8'), { cause: error });
    }
  }
}

function assertSuccess(what: string, end: number | string): void {
  if (end !== 0) throw new Error(`${what} ended with ${end}.`);
}
