import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../../support/eventually.js';
import { sendRequest } from '../../../tools/client/http.js';
import { ServiceProcess } from '../../support/service-process.js';
import { findFreeUrl } from '../../support/test-shop.js';

/** The service as `npm start` starts it, on a new SQLite database. */
describe('first administrator in test mode', () => {
  let folder: string;
  let note: string;
  let environment: Record<string, string>;
  let service: ServiceProcess;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wx-checkout-'));
    note = join(folder, 'shop.sqlite.first-admin.json');
    const [port, simulator] = await Promise.all([findFreeUrl(), findFreeUrl()]);
    environment = {
      DATABASE_URL: `sqlite:${join(folder, 'shop.sqlite')}`,
      PORT: new URL(port).port,
      SIMULATOR_PORT: new URL(simulator).port,
      LOG_LEVEL: 'warn',
    };
  });
  afterEach(async () => {
    await service.kill();
    await rm(folder, { recursive: true, force: true });
  });

  const logsIn = async (known: unknown): Promise<number> =>
    (await sendRequest(`${service.url}/admin/api/auth/login`, { method: 'POST', body: known })).status;
  const isThere = (): Promise<boolean> =>
    stat(note).then(
      () => true,
      () => false,
    );

  it('has a generated password that is printed once and stored in a file that only its owner can read', async () => {
    service = await ServiceProcess.start(environment);
    const known = JSON.parse(await readFile(note, 'utf8')) as { username: string; password: string };
    await eventually(() => expect(service.stdout).toContain(known.password));
    expect((await stat(note)).mode & 0o777).toBe(0o600);
    expect(await logsIn(known)).toBe(200);

    await service.stop();
    service = await ServiceProcess.start(environment);
    expect(service.stdout).not.toContain(known.password);
    expect(JSON.parse(await readFile(note, 'utf8'))).toEqual(known);
    expect(await logsIn(known)).toBe(200);
  });

  it('has a configured password that is printed nowhere', async () => {
    const password = 'chosen by a person';
    service = await ServiceProcess.start({ ...environment, ADMIN_BOOTSTRAP_PASSWORD: password });
    expect(await logsIn({ username: 'admin', password })).toBe(200);
    expect(service.output).not.toContain(password);
    expect(await isThere()).toBe(false);
  });

  it('writes no credentials file when NODE_ENV is test', async () => {
    service = await ServiceProcess.start({ ...environment, NODE_ENV: 'test' });
    expect(await isThere()).toBe(false);
  });
});
