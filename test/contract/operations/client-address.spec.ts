import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditEntry } from '../../../src/audit/audit-entry.entity.js';
import type { TestBuyer, ProblemJson } from '../../support/clients/test-buyer.js';
import { sendRequest, type HttpResponse } from '../../../tools/client/http.js';
import { MetricsScrape } from '../../support/clients/metrics-scrape.js';
import { openTestShop, type TestShop } from '../../support/test-shop.js';
import { createStaff, PASSWORD } from '../support/test-staff.js';
import { expectProblem } from '../support/expect-problem.js';

const FORWARDED = [
  ['203.0.113.7:51234', '203.0.113.7'],
  ['[2001:db8::7]:51234', '2001:db8::7'],
  ['2001:DB8:0::7', '2001:db8::7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['fe80::1%eth0', 'fe80::1'],
  ['198.51.100.1, 203.0.113.7:51234', '203.0.113.7'],
  ['198.51.100.1, 203.0.113.7, 127.0.0.1:4444', '203.0.113.7'],
  ['unknown', '127.0.0.1'],
  ['203.0.113.7:51234:1', '127.0.0.1'],
] as const;

describe('client address behind a trusted proxy', () => {
  let shop: TestShop;
  let customer: TestBuyer;

  beforeAll(async () => {
    shop = await openTestShop({ environment: { TRUSTED_PROXIES: '127.0.0.1', LOGIN_LIMIT_PER_MINUTE: '3' } });
    customer = await shop.createUser('Lin');
  });
  afterAll(() => shop.close());

  const post = (path: string, from: string, body: object, token?: string): Promise<HttpResponse<ProblemJson>> =>
    sendRequest<ProblemJson>(`${shop.url}/${path}`, {
      method: 'POST',
      body,
      headers: { 'x-forwarded-for': from, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    });
  const staffLogin = (from: string, username: string, password: string): Promise<HttpResponse<ProblemJson>> =>
    post('admin/api/auth/login', from, { username, password });

  it.each(FORWARDED)('pay: X-Forwarded-For %j is sent to WeChat as %s', async (forwarded, address) => {
    const order = await customer.createOrder({ productId: await shop.createProduct() });
    const { status } = await post(`api/orders/${order.orderNo}/pay`, forwarded, {}, customer.token);
    expect(status).toBe(200);
    const [payment] = await shop.getPayments(order.orderNo);
    expect(payment?.request).toContain(address);
    expect(payment?.request).not.toContain(':51234');
  });

  it.each(FORWARDED)('audit: X-Forwarded-For %j is recorded as %s', async (forwarded, address) => {
    const { username, id } = await createStaff(shop, 'VIEWER');
    expect((await staffLogin(forwarded, username, PASSWORD)).status).toBe(200);
    const logins = (await shop.firstInstance.findAll(AuditEntry)).filter(
      ({ action, subject }) => action === 'auth.login' && subject === id,
    );
    expect(logins.at(-1)?.ip).toBe(address);
  });

  it('staff login: ignores the port of a client address', async () => {
    const { username } = await createStaff(shop, 'VIEWER');
    for (let failure = 1; failure <= 5; failure++)
      expectProblem(await staffLogin(`203.0.113.9:${50_000 + failure}`, username, 'wrong'), 401, 'BAD_CREDENTIALS');
    expectProblem(await staffLogin('203.0.113.9:60000', username, PASSWORD), 429, 'TOO_MANY_ATTEMPTS');
  });

  it('login: addresses of one IPv6 /64 share one limit, and the next network has its own', async () => {
    const login = (from: string): Promise<HttpResponse<ProblemJson>> =>
      post('api/auth/login', from, { code: 'unknown' });
    for (const host of ['1', '2', '3']) {
      expectProblem(await login(`[2001:db8:0:7::${host}]:4000${host}`), 401, 'WECHAT_CODE_INVALID');
    }
    const refusals = async (): Promise<number | undefined> =>
      (await MetricsScrape.fetch(shop.url)).getValue('limits_reached_total', { limit: 'login-rate' });
    expect(await refusals()).toBe(0);
    expectProblem(await login('2001:db8:0:7:ffff::4'), 429, 'TOO_MANY_REQUESTS');
    expect(await refusals()).toBe(1);
    expectProblem(await login('2001:db8:0:8::1'), 401, 'WECHAT_CODE_INVALID');
  });
});
