import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findSecrets } from '../../chaos/find-secrets.js';
import { eventually } from '../support/eventually.js';
import { MERCHANT_ENVIRONMENT } from '../support/merchant-environment.js';
import { ServiceProcess } from '../support/service-process.js';
import { FullShopScenario } from './full-shop-scenario.js';

/** Some end, some wait for what they cannot reach, some begin without it: by then each has said so. */
const START_TIMEOUT_MS = 60_000;

describe('a whole day of a shop', () => {
  let day: FullShopScenario;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wx-checkout-day-'));
    day = await FullShopScenario.run();
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('had in it what a day has, or there would be nothing to find', () => {
    const statusOf = (id: string): string[] =>
      day.answers.filter((answer) => answer.id === id).map(({ text }) => text.slice(0, 3));
    const expected = {
      ...{ login: '200', 'login-again': '401', order: '201', pay: '200', 'pay-in-vain': '502', wish: '201' },
      ...{ approval: '200', 'time-line': '200', audit: '200', 'dead-token': '401', 'user-as-staff': '401' },
      ...{ 'bad-password': '401', 'bad-json': '400', 'too-much': '409', nowhere: '404', 'login-reset': '502' },
      ...{ key: '201', 'key-me': '200', 'key-refund': '201', 'key-in-address': '401', 'key-dead': '401' },
      ...{ 'login-truncated': '502', 'pay-doctype': '502', 'sync-reset': '502', cancel: '200', bye: '204' },
    };
    for (const [id, status] of Object.entries(expected))
      expect({ id, statuses: statusOf(id) }).toEqual({ id, statuses: [status] });
    expect(day.log).toMatch(/not believed: BAD_SIGNATURE/);
    expect(day.log).toMatch(/not believed: UNDECRYPTABLE/);
    expect(Object.keys(day.secrets).length).toBeGreaterThan(15);
  });

  it('leaves no secret in its log', async () => {
    await writeFile(join(folder, 'service.log'), day.log);
    expect((await findSecrets(folder, day.secrets)).filter(({ file }) => file === 'service.log')).toEqual([]);
  });

  it('tells no secret in any answer but to whom it belongs', async () => {
    await writeFile(join(folder, 'answers.txt'), day.answers.map(({ id, text }) => `${id}: ${text}`).join('\n'));
    expect((await findSecrets(folder, day.secrets)).filter(({ file }) => file === 'answers.txt')).toEqual([]);
    for (const { text } of day.answers)
      expect(text).not.toMatch(/node_modules|\bat \w+.*\.js:\d|SQLITE|SELECT |openid/);
  });

  it.each([
    ['an unreachable database', { DATABASE_URL: 'mysql://shop:database-secret-5519@127.0.0.1:1/shop' }],
    ['an unreachable session store', { SESSION_STORE_URL: 'redis://:database-secret-5519@127.0.0.1:1' }],
    ['a database that is none', { DATABASE_URL: 'postgres://shop:database-secret-5519@127.0.0.1/shop' }],
    ['a key of the wrong length', { WECHAT_API_KEY: 'database-secret-5519' }],
    ['a certificate that is none', { WECHAT_MCH_KEY_BASE64: 'database-secret-5519' }],
  ])('begins, or does not, with %s, and never says the secret', async (_what, environment) => {
    const broken = ServiceProcess.launch({
      ...{ NODE_ENV: 'development', LOG_LEVEL: 'debug', PORT: '0', WECHAT_MODE: 'live', SEED_DEMO_DATA: 'false' },
      ...MERCHANT_ENVIRONMENT,
      ...{ DATABASE_URL: 'sqlite::memory:' },
      ...environment,
    });
    await eventually(() => expect(broken.output).toMatch(/is ready|unreachable|ECONNREFUSED|must/), START_TIMEOUT_MS);
    broken.sendSignal('SIGTERM');
    await broken.waitForExit();
    await writeFile(join(folder, 'start.log'), broken.output);
    const secrets = { 'a password': 'database-secret-5519', 'the AppSecret': MERCHANT_ENVIRONMENT.WECHAT_APP_SECRET };
    expect((await findSecrets(folder, secrets)).filter(({ file }) => file === 'start.log')).toEqual([]);
  });
});
