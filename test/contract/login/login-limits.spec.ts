import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditEntry } from '../../../src/audit/audit-entry.entity.js';
import { KnownNetwork } from '../../../src/auth/known-network.entity.js';
import { LoginCounter } from '../../../src/auth/login-counter.entity.js';
import { sha256 } from '../../../src/common/ids.js';
import { HousekeepingJob } from '../../../src/reconciliation/housekeeping.job.js';
import { sendRequest, type HttpResponse } from '../../../tools/client/http.js';
import { MetricsScrape } from '../../support/clients/metrics-scrape.js';
import { openTestShop, type TestShop } from '../../support/test-shop.js';
import { createStaff, PASSWORD } from '../support/test-staff.js';
import { expectProblem } from '../support/expect-problem.js';

const MOST_OF_NETWORK = 6;
const MOST_OF_NAME = 8;
const SPACING_SECONDS = 20;

describe('limits of failed staff logins by network and by username', () => {
  let shop: TestShop;

  beforeAll(async () => {
    shop = await openTestShop({
      instances: 2,
      environment: {
        TRUSTED_PROXIES: '127.0.0.1',
        STAFF_LOGIN_FAILURES: '3',
        STAFF_LOGIN_FAILURES_PER_NETWORK: String(MOST_OF_NETWORK),
        STAFF_LOGIN_FAILURES_PER_KNOWN_NETWORK: '9',
        STAFF_LOGIN_FAILURES_PER_NAME: String(MOST_OF_NAME),
        STAFF_LOGIN_SPACING_SECONDS: String(SPACING_SECONDS),
      },
    });
    await shop.wechat.stopClock();
  });
  afterAll(() => shop.close());

  const login = (at: number, from: string, username: string, password = 'wrong'): Promise<HttpResponse> =>
    sendRequest(`${shop.instances[at]?.url ?? ''}/admin/api/auth/login`, {
      method: 'POST',
      body: { username, password },
      headers: { 'x-forwarded-for': from },
    });
  const linesAbout = async (...subjects: string[]): Promise<(string | undefined)[][]> =>
    (await shop.firstInstance.findAll(AuditEntry))
      .filter(({ action, subject }) => action !== 'auth.login' && subjects.includes(subject))
      .map(({ action, actorUsername, ip }) => [action, actorUsername, ip]);
  const countOf = async (key: string): Promise<number | undefined> =>
    (await shop.firstInstance.findAll(LoginCounter)).find(({ counterKeyHash: counted }) => counted === sha256(key))
      ?.failures;

  it('login: guesses that alternate between two instances share the limit of their network', async () => {
    for (let guess = 1; guess <= MOST_OF_NETWORK; guess++)
      expectProblem(await login(guess % 2, '203.0.113.1', `name-${guess}`), 401, 'BAD_CREDENTIALS');
    for (const at of [0, 1]) {
      const refused = await login(at, '203.0.113.1', 'another-name');
      expectProblem(refused, 429, 'TOO_MANY_ATTEMPTS');
      expect(refused.headers.get('retry-after')).toBe('900');
    }
    expectProblem(await login(1, '203.0.113.2', 'another-name'), 401, 'BAD_CREDENTIALS');
    await shop.wechat.advanceTime({ minutes: 15 });
    for (const at of [0, 1]) expectProblem(await login(at, '203.0.113.1', `late-${at}`), 401, 'BAD_CREDENTIALS');
  });

  it('login: concurrent guesses on two instances do not exceed the limit of their network', async () => {
    const guesses = Array.from({ length: 14 }, (_, guess) => login(guess % 2, '203.0.113.3', `crowd-${guess}`));
    const statuses = (await Promise.all(guesses)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(MOST_OF_NETWORK);
    expect(statuses.filter((status) => status === 429)).toHaveLength(14 - MOST_OF_NETWORK);
  });

  it('login: the first logins of a network that arrive at the same time are all counted and none is rejected', async () => {
    for (let network = 1; network <= 15; network++) {
      const from = `198.18.${network}.1`;
      const guesses = Array.from({ length: 4 }, (_, guess) => login(guess % 2, from, `first-${network}-${guess}`));
      expect((await Promise.all(guesses)).map(({ status }) => status)).toEqual([401, 401, 401, 401]);
      expect(await countOf(`network ${from}`)).toBe(4);
    }
  });

  it('login: guesses at one username from many networks are delayed across all instances', async () => {
    const { username } = await createStaff(shop, 'VIEWER');
    for (const name of [username, 'no-account']) {
      for (let guess = 1; guess <= MOST_OF_NAME; guess++)
        expectProblem(await login(guess % 2, `198.51.${guess}.1`, name), 401, 'BAD_CREDENTIALS');
      for (const at of [0, 1]) {
        const spaced = await login(at, `198.51.10${at}.1`, name);
        expectProblem(spaced, 429, 'TOO_MANY_ATTEMPTS');
        expect(spaced.headers.get('retry-after')).toBe(String(SPACING_SECONDS));
      }
      await shop.wechat.advanceTime({ seconds: SPACING_SECONDS });
      expectProblem(await login(0, '198.51.102.1', name), 401, 'BAD_CREDENTIALS');
      expectProblem(await login(1, '198.51.103.1', name), 429, 'TOO_MANY_ATTEMPTS');
    }
  });

  it('login: a known network is known on every instance, also on one that starts later', async () => {
    const { username } = await createStaff(shop, 'VIEWER');
    expect((await login(0, '192.0.2.1', username, PASSWORD)).status).toBe(200);
    await shop.wechat.advanceTime({ seconds: 11 });
    const third = shop.instances.indexOf(await shop.startInstance());
    for (let guess = 1; guess <= 9; guess++) {
      const at = guess % 2 === 0 ? 1 : third;
      expectProblem(await login(at, '192.0.2.1', `forgetful-${guess}`), 401, 'BAD_CREDENTIALS');
    }
    for (const at of [0, 1, third]) expectProblem(await login(at, '192.0.2.1', 'forgetful'), 429, 'TOO_MANY_ATTEMPTS');
  });

  it('login: a right password counts neither for the network nor for the username', async () => {
    const { username } = await createStaff(shop, 'VIEWER');
    expectProblem(await login(0, '192.0.2.2', username), 401, 'BAD_CREDENTIALS');
    for (const at of [0, 1, 0, 1]) expect((await login(at, '192.0.2.2', username, PASSWORD)).status).toBe(200);
    expect(await countOf('network 192.0.2.2')).toBe(1);
    expect(await countOf(`name ${username}`)).toBe(1);
  });

  it('audit: records once per window that a username is locked or delayed, and that a network is rejected', async () => {
    const { username, id } = await createStaff(shop, 'VIEWER');
    for (const name of [username, 'typed-by-mistake']) {
      for (let network = 1; network <= 3; network++) {
        for (let guess = 1; guess <= 4; guess++) await login(guess % 2, `2001:db8:${network}:${name.length}::1`, name);
      }
    }
    expect(await linesAbout(id)).toEqual([
      ['auth.locked', username, `2001:db8:1:${username.length}::1`],
      ['auth.locked', username, `2001:db8:2:${username.length}::1`],
      ['auth.slowed', username, `2001:db8:3:${username.length}::1`],
    ]);
    const unknown = (await linesAbout('-')).filter(([, , ip]) => ip?.startsWith('2001:db8:'));
    expect(unknown.map(([action, actor]) => [action, actor])).toEqual([
      ['auth.locked', '-'],
      ['auth.locked', '-'],
      ['auth.slowed', '-'],
    ]);
    expect(JSON.stringify(await shop.firstInstance.findAll(AuditEntry))).not.toContain('typed-by-mistake');
    for (let guess = 1; guess <= MOST_OF_NETWORK + 4; guess++) await login(guess % 2, '203.0.113.7', `many-${guess}`);
    expect(await linesAbout('203.0.113.7')).toEqual([['network.refuse', '-', '203.0.113.7']]);
  });

  it('metrics: count each login that fails with 401', async () => {
    const failures = async (): Promise<number> =>
      (await MetricsScrape.fetch(shop.url)).getValue('staff_login_failures_total') ?? NaN;
    const before = await failures();
    for (let guess = 1; guess <= 4; guess++) await login(0, '203.0.113.8', 'counted-name'); // the fourth is rejected
    expect(await failures()).toBe(before + 3);
  });

  it('login: counts and known networks are deleted when they expire', async () => {
    const keepsHouse = (): Promise<void> => shop.firstInstance.app.get(HousekeepingJob).run();
    await keepsHouse();
    expect((await shop.firstInstance.findAll(LoginCounter)).length).toBeGreaterThan(0);
    await shop.rawUpdate('UPDATE login_counts SET last_at = 0', 'UPDATE known_networks SET known_until = 0');
    await keepsHouse();
    expect(await shop.firstInstance.findAll(LoginCounter)).toEqual([]);
    expect(await shop.firstInstance.findAll(KnownNetwork)).toEqual([]);
  });
});
