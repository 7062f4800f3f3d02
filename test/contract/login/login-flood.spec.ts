import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LoginFailure } from '../../../src/auth/login-failure.entity.js';
import { eventually } from '../../support/eventually.js';
import { sendRequest, type HttpResponse } from '../../../tools/client/http.js';
import { MetricsScrape } from '../../support/clients/metrics-scrape.js';
import { openTestShop, type TestShop } from '../../support/test-shop.js';
import { createStaff, PASSWORD } from '../support/test-staff.js';
import { expectProblem } from '../support/expect-problem.js';

describe('many staff logins at once', () => {
  let shop: TestShop;

  beforeAll(async () => {
    shop = await openTestShop({ environment: { TRUSTED_PROXIES: '127.0.0.1' } });
  });
  afterAll(() => shop.close());

  const login = (from: string, username: string, password = 'wrong'): Promise<HttpResponse> =>
    sendRequest(`${shop.url}/admin/api/auth/login`, {
      method: 'POST',
      body: { username, password },
      headers: { 'x-forwarded-for': from },
    });
  const refusals = async (): Promise<number> =>
    (await MetricsScrape.fetch(shop.url)).getValue('limits_reached_total', { limit: 'failed-logins' }) ?? NaN;

  it('login: many random usernames from many addresses do not block a known address', async () => {
    const { username } = await createStaff(shop, 'VIEWER');
    expect((await login('192.0.2.1', username, PASSWORD)).status).toBe(200);
    const flood = Array.from({ length: 120 }, (_, guess) => login(`198.51.100.${guess}`, `random-${guess}`));
    const right: number[] = [];
    for (let time = 1; time <= 4; time++) right.push((await login('192.0.2.1', username, PASSWORD)).status);
    expect(right).toEqual([200, 200, 200, 200]);
    const refused = (await Promise.all(flood)).filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    for (const reply of refused) expectProblem(reply, 429, 'TOO_MANY_ATTEMPTS');
  });

  it('login: during a flood, payment notices get their response and a known network can log in', async () => {
    const [{ username }, alice] = [await createStaff(shop, 'VIEWER'), await shop.createUser('alice')];
    expect((await login('192.0.2.3', username, PASSWORD)).status).toBe(200);
    const order = await alice.createOrder({ productId: await shop.createProduct() });
    const payment = await alice.startPayment(order);
    const statuses = new Set<number>();
    let [isOver, guess] = [false, 0];
    const guesses = async (): Promise<void> => {
      while (!isOver) {
        guess += 1;
        const { status } = await login(`198.18.${Math.floor(guess / 250)}.${guess % 250}`, `flood-${guess}`);
        statuses.add(status);
      }
    };
    const flood = Promise.all(Array.from({ length: 30 }, guesses));
    try {
      await eventually(() => {
        expect(statuses).toEqual(new Set([401, 429]));
      });
      await alice.confirmPayment(payment);
      await eventually(async () => {
        expect(await shop.getEvents(payment.outTradeNo)).toContainEqual(
          expect.objectContaining({ type: 'NOTICE', result: 'APPLIED' }),
        );
      });
      expect((await login('192.0.2.3', username, PASSWORD)).status).toBe(200);
    } finally {
      isOver = true;
      await flood;
    }
    expect(statuses).toEqual(new Set([401, 429]));
  });

  it('login: counts the addresses of one IPv6 /64 as one', async () => {
    const { username } = await createStaff(shop, 'VIEWER');
    const guesses: number[] = [];
    for (let host = 1; host <= 7; host++) guesses.push((await login(`2001:db8:0:1::${host}`, username)).status);
    expect(guesses).toEqual([401, 401, 401, 401, 401, 429, 429]);
    expectProblem(await login('2001:db8:0:1:ffff::1', username, PASSWORD), 429, 'TOO_MANY_ATTEMPTS');
    expect((await login('2001:db8:0:2::1', username, PASSWORD)).status).toBe(200);
  });

  it('login: rejects a network after 30 failures with any usernames, without a database query', async () => {
    for (let guess = 1; guess <= 30; guess++)
      expectProblem(await login('203.0.113.5', `name-${guess}`), 401, 'BAD_CREDENTIALS');
    const [rows, before] = [(await shop.firstInstance.findAll(LoginFailure)).length, await refusals()];
    for (let guess = 31; guess <= 40; guess++)
      expectProblem(await login('203.0.113.5', `name-${guess}`), 429, 'TOO_MANY_ATTEMPTS');
    expect((await shop.firstInstance.findAll(LoginFailure)).length).toBe(rows);
    expect(await refusals()).toBe(before + 10);
    const { username } = await createStaff(shop, 'VIEWER');
    expectProblem(await login('203.0.113.5', username, PASSWORD), 429, 'TOO_MANY_ATTEMPTS');
    expect((await login('203.0.113.6', username, PASSWORD)).status).toBe(200);
    await shop.wechat.advanceTime({ minutes: 16 });
    expect((await login('203.0.113.5', username, PASSWORD)).status).toBe(200);
  });

  it('login: delays guesses at one username from many networks, and its owner can log in from a known address', async () => {
    const { username } = await createStaff(shop, 'VIEWER');
    for (const name of [username, 'unknown-name']) {
      expect((await login('192.0.2.2', username, PASSWORD)).status).toBe(200);
      await shop.wechat.stopClock();
      for (let guess = 1; guess <= 20; guess++)
        expectProblem(await login(`203.0.${guess}.1`, name), 401, 'BAD_CREDENTIALS');
      const spaced = await login('203.0.21.1', name);
      expectProblem(spaced, 429, 'TOO_MANY_ATTEMPTS');
      expect(Number(spaced.headers.get('retry-after'))).toBeLessThanOrEqual(10);
      expect((await login('192.0.2.2', username, PASSWORD)).status).toBe(200);
      await shop.wechat.advanceTime({ seconds: 11 });
      expectProblem(await login('203.0.22.1', name), 401, 'BAD_CREDENTIALS');
    }
  });
});
