import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PayJson } from '../../support/clients/test-buyer.js';
import { eventually } from '../../support/eventually.js';
import { sendRequest, type HttpResponse } from '../../../tools/client/http.js';
import { LIVE_ENVIRONMENT, MERCHANT_ENVIRONMENT } from '../../support/fixtures/merchant-environment.js';
import { ServiceProcess } from '../../support/service-process.js';
import { findFreeUrl, openTestShop, type TestShop } from '../../support/test-shop.js';

const { WECHAT_APP_SECRET: SECRET, WECHAT_API_KEY: API_KEY } = MERCHANT_ENVIRONMENT;
const STAFF_PASSWORD = 'correct horse battery';
const KEY_PREFIX = 'wxk_live_0123456789ABCDEF';
const KEY_SECRET = 'an-invented-secret-of-an-API-key-43-letters';

const percentEncoded = (text: string): string =>
  Array.from(text, (letter) => `%${letter.charCodeAt(0).toString(16)}`).join('');

interface Line {
  level: number;
  time: number | string;
  msg?: string;
  req?: { id?: string; method?: string; url?: string; address?: string };
  user?: string;
  res?: { statusCode?: number };
  err?: { message?: string };
}

/** Typical calls of a live shop, logged with LOG_LEVEL=trace, and all secrets that occurred in them. */
describe('the log of a live shop', () => {
  let shop: TestShop;
  let service: ServiceProcess;
  let lines: Line[];
  const secrets = new Map<string, string>();

  beforeAll(async () => {
    shop = await openTestShop({ environment: LIVE_ENVIRONMENT });
    const url = await findFreeUrl();
    service = await ServiceProcess.start({
      ...shop.environment,
      ...MERCHANT_ENVIRONMENT,
      NODE_ENV: 'production',
      LOG_LEVEL: 'trace',
      PORT: new URL(url).port,
      PUBLIC_BASE_URL: url,
      RECONCILE_INTERVAL_SECONDS: '1',
      QUERY_BACKOFF_SECONDS: '1',
    });
    await liveThroughADay();
    expect(await service.stop()).toBe(0);
    lines = service.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
  });
  afterAll(() => shop.close());

  const request = <T>(
    path: string,
    id: string,
    { body, token }: { body?: unknown; token?: string } = {},
  ): Promise<HttpResponse<T>> =>
    sendRequest<T>(service.url + path, {
      method: body === undefined && !/pay|sync|logout/.test(path) ? 'GET' : 'POST',
      headers: {
        'x-request-id': id,
        cookie: 'sid=cookie-secret-7341',
        ...(token && { authorization: `Bearer ${token}` }),
      },
      ...(body !== undefined && { body }),
    });

  async function liveThroughADay(): Promise<void> {
    const { code } = await shop.wechat.createLoginCode('oLogs00000000000000000000001');
    const login = await request<{ token: string }>('/api/auth/login', 'the-login', { body: { code } });
    const { token } = login.body;
    const tea = await shop.createProduct();
    const order = await request<{ orderNo: string }>('/api/orders', 'the-order', {
      token,
      body: { items: [{ productId: tea, quantity: 1 }] },
    });
    const path = `/api/orders/${order.body.orderNo}`;
    const pay = await request<PayJson>(`${path}/pay`, 'the-pay', { token });
    const { paySign = '' } = pay.body.requestPayment;
    await shop.wechat.sendPaymentNotice(pay.body.outTradeNo, { forge: 'wrong-sign' }).catch(() => undefined);
    await shop.wechat.control('POST', 'cashier/pay', {
      openid: 'oLogs00000000000000000000001',
      requestPayment: pay.body.requestPayment,
    });
    await eventually(async () =>
      expect((await request(path, 'the-look', { token })).body).toMatchObject({ status: 'PAID' }),
    );
    await shop.wechat.failNext({ endpoint: 'jscode2session', kind: 'garbage', when: 'after' });
    const { code: lost } = await shop.wechat.createLoginCode('oLogs00000000000000000000001');
    expect((await request('/api/auth/login', 'the-failure', { body: { code: lost } })).status).toBe(502);
    const staff = await request<{ token: string }>('/admin/api/auth/login', 'the-staff', {
      body: { username: 'boss', password: STAFF_PASSWORD },
    });
    await request('/admin/api/orders', 'the-list', { token: staff.body.token });
    await askWithSecretsInTheAddress(token, staff.body.token);
    await request('/api/auth/logout', 'the-logout', { token });
    expect((await request('/api/auth/me', 'unauthenticated-call', { token })).status).toBe(401);

    const said = {
      'a secret of an API key': KEY_SECRET,
      'a user’s token': token,
      'a staff token': staff.body.token,
      paySign,
      'a password': STAFF_PASSWORD,
    };
    for (const [name, secret] of Object.entries({
      ...said,
      AppSecret: SECRET,
      'API key': API_KEY,
      cookie: 'cookie-secret-7341',
    }))
      secrets.set(name, secret);
    for (const name of ['a user’s token', 'a staff token'])
      secrets.set(
        `the hash of ${name}`,
        createHash('sha256')
          .update(secrets.get(name) ?? '')
          .digest('hex'),
      );
    for (const [name, each] of [
      ['a login code', code],
      ['a lost login code', lost],
    ] as const)
      secrets.set(name, each);
  }

  async function askWithSecretsInTheAddress(user: string, staff: string): Promise<void> {
    for (const secret of [user, staff, `${KEY_PREFIX}_${KEY_SECRET}`]) {
      const once = percentEncoded(secret);
      for (const form of [secret, once, encodeURIComponent(once), once.slice(0, -9)]) {
        for (const address of [form, `?${form}`, `?token=${form}`, `?status=${form}`, `?q=${form}&limit=2`]) {
          await request(`/admin/api/orders${address.startsWith('?') ? '' : '/'}${address}`, 'a-secret');
        }
      }
    }
    await request('/admin/api/orders?status=PAID&limit=5&utm_source=moments&q=oAlice', 'the-filter');
  }

  it('is one JSON object per line, on standard output only', () => {
    expect(service.stderr).toBe('');
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines) expect(line).toMatchObject({ level: expect.any(Number) });
  });

  it('has a line for every call, with its id, method, path and status', () => {
    const ended = new Map(
      lines.filter(({ res }) => res).map(({ req, res }) => [req?.id, { url: req?.url, status: res?.statusCode }]),
    );
    for (const [id, status] of [
      ['the-login', 200],
      ['the-order', 201],
      ['the-pay', 200],
      ['the-staff', 200],
      ['the-failure', 502],
      ['unauthenticated-call', 401],
    ] as const) {
      expect({ id, ...ended.get(id) }).toMatchObject({ id, status, url: expect.stringMatching(/^\/(admin\/)?api\//) });
    }
  });

  it('has the request id in every line that belongs to a call', () => {
    const own = lines.filter(
      ({ msg, req }) => req?.id === undefined && /\b(GET|POST) \/|WeChat refuses|jscode2session/.test(msg ?? ''),
    );
    expect(own).toEqual([]);
    expect(lines.some(({ req, res }) => req?.id === 'the-failure' && res === undefined)).toBe(true);
  });

  it('names the client address and the authenticated user in the line of a call', () => {
    const callers = new Map(lines.filter(({ res }) => res).map(({ req, user }) => [req?.id, [req?.address, user]]));
    expect(callers.get('the-login')).toEqual(['127.0.0.1', undefined]);
    expect(callers.get('the-pay')).toEqual(['127.0.0.1', expect.stringMatching(/^user:\w+$/)]);
    expect(callers.get('the-list')).toEqual(['127.0.0.1', expect.stringMatching(/^staff:\w+$/)]);
    expect(callers.get('unauthenticated-call')).toEqual(['127.0.0.1', undefined]);
  });

  it('log: contains values of known query parameters, and only the names of others', () => {
    const shown = lines.find(({ req, res }) => res && req?.id === 'the-filter');
    expect(shown?.req?.url).toBe('/admin/api/orders?status=PAID&limit=5&utm_source&q');
    expect(shown?.msg).toContain('/admin/api/orders?status=PAID&limit=5&utm_source&q');
  });

  it('log: contains no token and no API key from a URL in any encoding', () => {
    const urls = lines.filter(({ req, res }) => res && req?.id === 'a-secret').map(({ req }) => req?.url ?? '');
    expect(urls).toHaveLength(60);
    for (const url of urls) expect(url).not.toMatch(/%|[\w-]{33,}|_live_\w+_\w/);
  });

  it('contains the reason why a call failed', () => {
    const failures = lines.filter(({ err }) => err !== undefined);
    expect(failures.length).toBeGreaterThan(0);
    for (const { err } of failures) expect(err?.message).toMatch(/^(?!\[object).*\w/);
  });

  it('contains the accepted notice and the rejected notice', () => {
    const said = lines.map(({ msg }) => msg ?? '').join('\n');
    expect(said).toMatch(/is paid \(notice\)/);
    expect(said).toMatch(/Rejected \d+ \w+ notices: BAD_SIGNATURE/);
  });

  it('contains no token, key, secret, password, cookie or code', () => {
    expect([...secrets.values()].every((secret) => secret.length > 10)).toBe(true);
    const leaked = [...secrets].filter(([, secret]) => service.output.includes(secret)).map(([name]) => name);
    expect(leaked).toEqual([]);
    expect(service.output).not.toMatch(/session_key|bearer|"authorization"|"cookie"/i);
  });
});
