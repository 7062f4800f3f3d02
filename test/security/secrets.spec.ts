import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findSecrets } from '../../chaos/checks/find-secrets.js';
import { eventually } from '../support/eventually.js';
import { MERCHANT_ENVIRONMENT } from '../support/fixtures/merchant-environment.js';
import { ServiceProcess } from '../support/service-process.js';
import { FullShopScenario } from './full-shop-scenario.js';

/** Some processes exit, some retry a connection, some start without it. Within this time each of them has logged so. */
const START_TIMEOUT_MS = 60_000;

describe('secrets: a full run of a shop', () => {
  let scenario: FullShopScenario;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wx-checkout-day-'));
    scenario = await FullShopScenario.run();
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('the run contains the expected calls, so that the search is meaningful', () => {
    const statusOf = (id: string): string[] =>
      scenario.answers.filter((answer) => answer.id === id).map(({ text }) => text.slice(0, 3));
    const expected = {
      login: '200',
      'login-again': '401',
      order: '201',
      pay: '200',
      'pay-rejected': '502',
      'refund-request': '201',
      approval: '200',
      'time-line': '200',
      audit: '200',
      'invalid-token': '401',
      'user-as-staff': '401',
      'bad-password': '401',
      'bad-json': '400',
      'excess-refund': '409',
      'unknown-path': '404',
      'login-reset': '502',
      key: '201',
      'key-me': '200',
      'key-refund': '201',
      'key-in-address': '401',
      'key-revoked': '401',
      'login-truncated': '502',
      'pay-doctype': '502',
      'sync-reset': '502',
      cancel: '200',
      logout: '204',
    };
    for (const [id, status] of Object.entries(expected))
      expect({ id, statuses: statusOf(id) }).toEqual({ id, statuses: [status] });
    expect(scenario.log).toMatch(/Rejected \d+ \w+ notices: BAD_SIGNATURE/);
    expect(scenario.log).toMatch(/Rejected \d+ \w+ notices: UNDECRYPTABLE/);
    expect(Object.keys(scenario.secrets).length).toBeGreaterThan(15);
  });

  it('the log contains no secret', async () => {
    await writeFile(join(folder, 'service.log'), scenario.log);
    expect((await findSecrets(folder, scenario.secrets)).filter(({ file }) => file === 'service.log')).toEqual([]);
  });

  it('no response contains a secret of another caller', async () => {
    await writeFile(join(folder, 'answers.txt'), scenario.answers.map(({ id, text }) => `${id}: ${text}`).join('\n'));
    expect((await findSecrets(folder, scenario.secrets)).filter(({ file }) => file === 'answers.txt')).toEqual([]);
    for (const { text } of scenario.answers)
      expect(text).not.toMatch(/node_modules|\bat \w+.*\.js:\d|SQLITE|SELECT |openid/);
  });

  it.each([
    ['an unreachable database', { DATABASE_URL: 'mysql://shop:database-secret-5519@127.0.0.1:1/shop' }],
    ['an unreachable session store', { SESSION_STORE_URL: 'redis://:database-secret-5519@127.0.0.1:1' }],
    ['an unsupported database URL', { DATABASE_URL: 'postgres://shop:database-secret-5519@127.0.0.1/shop' }],
    ['a key of the wrong length', { WECHAT_API_KEY: 'database-secret-5519' }],
    ['an invalid certificate', { WECHAT_MCH_KEY_BASE64: 'database-secret-5519' }],
  ])('with %s, the service logs no secret whether it starts or not', async (_what, environment) => {
    const broken = ServiceProcess.launch({
      NODE_ENV: 'development',
      LOG_LEVEL: 'debug',
      PORT: '0',
      WECHAT_MODE: 'live',
      SEED_DEMO_DATA: 'false',
      ...MERCHANT_ENVIRONMENT,
      DATABASE_URL: 'sqlite::memory:',
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
