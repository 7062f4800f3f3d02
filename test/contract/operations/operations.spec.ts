import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestBuyer, OrderJson } from '../../support/clients/test-buyer.js';
import { eventually } from '../../support/eventually.js';
import { sendRequest, type HttpResponse } from '../../../tools/client/http.js';
import { LIVE_ENVIRONMENT, MERCHANT_ENVIRONMENT } from '../../support/fixtures/merchant-environment.js';
import { ServiceProcess } from '../../support/service-process.js';
import { findFreeUrl, openTestShop, type TestShop } from '../../support/test-shop.js';
import { LoginFlood } from '../support/login-flood.js';
import { expectProblem } from '../support/expect-problem.js';

/** Routes of features that this shop has not configured: they respond with NOT_FOUND. */
const NOT_CONFIGURED = new Set([
  ...['/wechat/notify/app-v1', '/wechat/notify/message'],
  ...['/wechat/notify/v3/payment', '/wechat/notify/v3/refund'],
]);

/** The routes of the contract, with the error codes that it names for them. */
const ROUTES: Record<string, string[]> = {
  'post /api/auth/login': [
    ...['VALIDATION_FAILED', 'WECHAT_CODE_INVALID', 'WECHAT_USER_BLOCKED'],
    ...['WECHAT_RATE_LIMITED', 'TOO_MANY_REQUESTS', 'WECHAT_UNAVAILABLE'],
  ],
  'get /api/auth/me': ['UNAUTHENTICATED'],
  'post /api/auth/logout': ['UNAUTHENTICATED'],
  'get /api/products': ['VALIDATION_FAILED'],
  'get /api/products/{id}': ['PRODUCT_NOT_FOUND'],
  'get /api/coupons': ['VALIDATION_FAILED', 'UNAUTHENTICATED'],
  'post /api/orders': [
    ...['VALIDATION_FAILED', 'UNAUTHENTICATED', 'PRODUCT_NOT_FOUND', 'OUT_OF_STOCK', 'COUPON_NOT_USABLE'],
    'IDEMPOTENCY_KEY_REUSED',
  ],
  'get /api/orders': ['VALIDATION_FAILED', 'UNAUTHENTICATED'],
  'get /api/orders/{orderNo}': ['UNAUTHENTICATED', 'ORDER_NOT_FOUND'],
  'post /api/orders/{orderNo}/cancel': ['UNAUTHENTICATED', 'ORDER_NOT_FOUND', 'ORDER_NOT_CANCELLABLE'],
  'post /api/orders/{orderNo}/pay': [
    ...['VALIDATION_FAILED', 'UNAUTHENTICATED', 'ORDER_NOT_FOUND', 'ORDER_NOT_PAYABLE'],
    ...['WECHAT_UNAVAILABLE', 'WECHAT_REJECTED'],
  ],
  'post /api/orders/{orderNo}/sync': ['UNAUTHENTICATED', 'ORDER_NOT_FOUND', 'WECHAT_UNAVAILABLE'],
  'post /wechat/notify/payment': [],
  'post /admin/api/auth/login': ['VALIDATION_FAILED', 'BAD_CREDENTIALS', 'TOO_MANY_ATTEMPTS'],
  'post /admin/api/auth/logout': ['UNAUTHENTICATED'],
  'get /admin/api/auth/me': ['UNAUTHENTICATED'],
  'post /admin/api/auth/password': ['VALIDATION_FAILED', 'UNAUTHENTICATED', 'BAD_CREDENTIALS'],
  'get /admin/api/orders': ['VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN'],
  'get /admin/api/orders/{orderNo}': ['UNAUTHENTICATED', 'FORBIDDEN', 'ORDER_NOT_FOUND'],
  'post /admin/api/orders/{orderNo}/query': ['UNAUTHENTICATED', 'FORBIDDEN', 'ORDER_NOT_FOUND', 'WECHAT_UNAVAILABLE'],
  'get /admin/api/coupons': ['VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN'],
  'post /admin/api/coupons': ['VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN'],
  'patch /admin/api/coupons/{id}': ['VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'COUPON_NOT_FOUND'],
  'post /admin/api/coupons/{id}/grant': [
    ...['VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'COUPON_NOT_FOUND', 'USER_NOT_FOUND'],
    'IDEMPOTENCY_KEY_REUSED',
  ],
  'get /healthz': [],
  'get /readyz': [],
  'get /metrics': ['UNAUTHENTICATED'],
};

interface Operation {
  summary?: string;
  security?: unknown[];
  responses: Record<string, { description?: string; content?: Record<string, unknown> }>;
}

interface OpenApi {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
}

/** The process exits after this time even if a call hangs. An earlier exit means that it was idle. */
const MAX_SHUTDOWN_MS = 9_000;
/** The shortest time for which clients may keep a connection open. */
const KEPT_ALIVE_MS = 5_000;
/** Tolerance for a busy machine. */
const BUSY_MS = 3_000;

let shop: TestShop;

beforeAll(async () => {
  shop = await openTestShop({ environment: LIVE_ENVIRONMENT });
});
afterAll(() => shop.close());

describe('health, documentation and headers', () => {
  const request = (path: string, headers: Record<string, string> = {}): Promise<HttpResponse> =>
    sendRequest(shop.url + path, { headers });

  it('is up and ready', async () => {
    expect(await request('/healthz')).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await request('/readyz')).toMatchObject({ status: 200, body: { status: 'ok' } });
  });

  it('seeds the demo products once when several instances start at the same time', async () => {
    const instances = await Promise.all([1, 2, 3].map(() => shop.startInstance({ SEED_DEMO_DATA: 'true' })));
    const lists = await Promise.all(
      instances.map(({ url }) => sendRequest<{ items: { name: string }[] }>(`${url}/api/products`)),
    );
    for (const { body } of lists) expect(new Set(body.items.map(({ name }) => name)).size).toBe(body.items.length);
    expect(lists[0]?.body.items.length).toBeGreaterThan(2);
  });

  it('serves the API documentation', async () => {
    const page = await request('/docs');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toContain('text/html');
    const scripts = [...String(page.body).matchAll(/src="(\.?\/?[^"]+\.js)"/g)].map(([, path]) => path ?? '');
    expect(scripts.length).toBeGreaterThan(0);
    for (const path of scripts)
      expect((await sendRequest(new URL(path, `${shop.url}/docs`).toString())).status).toBe(200);
  });

  it('documents every route of the contract with its error codes', async () => {
    const { paths, openapi } = (await request('/docs/openapi.json')).body as OpenApi;
    expect(openapi).toMatch(/^3\./);
    const missing = Object.entries(ROUTES).flatMap(([route, codes]) => {
      const [method = '', path = ''] = route.split(' ');
      const operation = paths[path]?.[method];
      if (!operation?.summary) return [`${route} itself`];
      const said = Object.values(operation.responses).map(({ description = '' }) => description);
      return codes.filter((code) => !said.some((words) => words.includes(code))).map((code) => `${route}: ${code}`);
    });
    expect(missing).toEqual([]);
  });

  it('documents error responses as application/problem+json', async () => {
    const { paths } = (await request('/docs/openapi.json')).body as OpenApi;
    // Notice routes respond in WeChat's format.
    const ours = Object.entries(paths).filter(([path]) => !path.startsWith('/wechat/'));
    const responses = ours.flatMap(([, methods]) =>
      Object.values(methods).flatMap(({ responses: each }) => Object.entries(each)),
    );
    const problems = responses.filter(([status]) => Number(status) >= 400);
    expect(problems.length).toBeGreaterThan(20);
    for (const [, { content = {} }] of problems) expect(Object.keys(content)).toEqual(['application/problem+json']);
  });

  it('responds at every documented path, and never with a 5xx of its own', async () => {
    const { paths } = (await request('/docs/openapi.json')).body as OpenApi;
    for (const [path, methods] of Object.entries(paths)) {
      for (const method of Object.keys(methods)) {
        const { status, body } = await sendRequest(shop.url + path.replaceAll(/\{\w+\}/g, 'X'), {
          method: method.toUpperCase() as 'GET',
        });
        const isMissing = (body as { code?: string }).code === 'NOT_FOUND';
        expect({ path, method, isMissing }).toEqual({ path, method, isMissing: NOT_CONFIGURED.has(path) });
        expect({ path, method, isOurs: status >= 500 }).toEqual({ path, method, isOurs: false });
      }
    }
  });

  it.each(['/healthz', '/api/products', '/api/orders', '/nothing', '/docs', '/'])(
    'sends security headers: %s',
    async (path) => {
      const { headers } = await request(path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("default-src 'self'");
      expect(headers.get('x-frame-options')).toMatch(/DENY|SAMEORIGIN/);
      expect(headers.get('strict-transport-security')).toMatch(/max-age=\d+/);
      for (const chatty of ['x-powered-by', 'server']) expect(headers.get(chatty)).toBeNull();
    },
  );

  it('allows cross-origin reads only for configured origins', async () => {
    const origin = 'https://console.example.com';
    for (const path of ['/api/products', '/nothing']) {
      expect((await request(path, { origin })).headers.get('access-control-allow-origin')).toBeNull();
    }
    const open = await shop.startInstance({ CORS_ORIGINS: `${origin},https://other.example.com` });
    const answer = await sendRequest(`${open.url}/api/products`, { headers: { origin } });
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
    expect(answer.headers.get('access-control-expose-headers')?.toLowerCase()).toContain('x-request-id');
    const refused = await sendRequest(`${open.url}/api/orders`, { headers: { origin } });
    expect(refused.headers.get('access-control-allow-origin')).toBe(origin);
    const foreign = await sendRequest(`${open.url}/api/products`, { headers: { origin: 'https://evil.example.com' } });
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
    for (const method of ['POST', 'PATCH']) {
      const preflight = await fetch(`${open.url}/api/orders`, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': method,
          'access-control-request-headers': 'authorization,content-type,idempotency-key,x-request-id',
        },
      });
      expect(preflight.status).toBe(204);
      expect(preflight.headers.get('access-control-allow-methods')).toContain(method);
      expect(preflight.headers.get('access-control-allow-headers')).toMatch(/authorization.*idempotency-key/i);
    }
  });
});

/** An environment for a separate process on the same database and the same simulator. */
const beside = async (more: Record<string, string> = {}): Promise<Record<string, string>> => {
  const url = await findFreeUrl();
  const mode = { ...MERCHANT_ENVIRONMENT, WECHAT_MODE: 'live', NODE_ENV: 'test' }; // it uses the shop's simulator and starts none
  return { ...shop.environment, ...mode, LOG_LEVEL: 'info', PORT: new URL(url).port, PUBLIC_BASE_URL: url, ...more };
};

describe('the process', () => {
  let alice: TestBuyer;
  let order: OrderJson;
  let service: ServiceProcess | undefined;

  beforeAll(async () => {
    alice = await shop.createUser('alice');
    order = await alice.createOrder({ productId: await shop.createProduct() });
  });
  afterEach(() => service?.kill());

  const request = (path: string): Promise<HttpResponse> =>
    sendRequest(`${service?.url ?? ''}/api/orders/${order.orderNo}/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${alice.token}` },
    });
  const isAsked = (path: string): Promise<void> =>
    eventually(async () => {
      expect(await shop.wechat.countCalls(path)).toBeGreaterThan(0);
    });

  it('stops accepting work on SIGTERM, finishes what is in flight, and exits with 0', async () => {
    service = await ServiceProcess.start(await beside({ WECHAT_TIMEOUT_SECONDS: '10' }));
    await shop.wechat.failNext({ endpoint: 'unifiedorder', kind: 'stall', delayMs: 1500 });
    const paying = request('pay');
    await isAsked('/pay/unifiedorder');
    const stoppedAt = performance.now();
    service.sendSignal('SIGTERM');
    const { url } = service;
    await eventually(() =>
      expect(fetch(`${url}/healthz`, { headers: { connection: 'close' } })).rejects.toThrow('fetch failed'),
    );
    expect(await paying).toMatchObject({ status: 200, body: { orderNo: order.orderNo } });
    expect(await service.waitForExit()).toEqual({ code: 0, signal: null });
    expect(performance.now() - stoppedAt).toBeLessThan(MAX_SHUTDOWN_MS);
    expect(service.stderr).toBe('');
  });

  it('exits with 0 within ten seconds of SIGTERM while a call to WeChat hangs', async () => {
    service = await ServiceProcess.start(
      await beside({ WECHAT_TIMEOUT_SECONDS: '60', RECONCILE_INTERVAL_SECONDS: '1', QUERY_BACKOFF_SECONDS: '1' }),
    );
    await alice.startPayment(order);
    await shop.wechat.failNext({ endpoint: 'orderquery', kind: 'timeout', times: -1 });
    const hanging = request('sync').catch(() => 'no response');
    await isAsked('/pay/orderquery');
    const stoppedAt = performance.now();
    service.sendSignal('SIGTERM');
    expect(await service.waitForExit()).toEqual({ code: 0, signal: null });
    expect(performance.now() - stoppedAt).toBeLessThan(10_000 + BUSY_MS);
    await hanging;
    await shop.wechat.clearFaults();
  });

  it('exits with 0 within ten seconds of SIGTERM while logins arrive over keep-alive connections', async () => {
    service = await ServiceProcess.start(await beside());
    const flood = new LoginFlood(service.url, 20);
    await eventually(() => {
      expect(flood.answerCount).toBeGreaterThan(20); // each connection has been reused
    });
    const stoppedAt = performance.now();
    service.sendSignal('SIGTERM');
    expect(await service.waitForExit()).toEqual({ code: 0, signal: null });
    expect(performance.now() - stoppedAt).toBeLessThan(10_000 + BUSY_MS);
    await flood.stop();
  });

  it.each([
    [
      'a key that is too short',
      { NODE_ENV: 'production', ...MERCHANT_ENVIRONMENT, WECHAT_API_KEY: 'short-secret-7341' },
      ['WECHAT_API_KEY'],
      'short-secret-7341',
    ],
    ['an unsupported database', { DATABASE_URL: 'oracle://u:secret7341@h/d' }, ['DATABASE_URL'], 'secret7341'],
    [
      'production without a merchant',
      { NODE_ENV: 'production' },
      ['WECHAT_APP_ID', 'WECHAT_APP_SECRET', 'WECHAT_MCH_ID', 'WECHAT_API_KEY'],
      MERCHANT_ENVIRONMENT.WECHAT_API_KEY,
    ],
    [
      'production with the simulator',
      { NODE_ENV: 'production', ...MERCHANT_ENVIRONMENT, WECHAT_MODE: 'simulator' },
      ['WECHAT_MODE'],
      MERCHANT_ENVIRONMENT.WECHAT_API_KEY,
    ],
  ])(
    'does not start with %s, and names the wrong variable without its value',
    async (_what, environment, names, secret) => {
      service = ServiceProcess.launch({ DATABASE_URL: 'sqlite::memory:', PORT: '0', ...environment });
      const { code, signal } = await service.waitForExit();
      expect({ code, signal, stdout: service.stdout }).toEqual({ code: 1, signal: null, stdout: '' });
      for (const name of names) expect(service.stderr).toContain(name);
      expect(service.stderr).not.toContain(secret);
      expect(service.stderr).not.toMatch(/^\s+at /m);
      expect(service.stderr.trim().split('\n')).toHaveLength(names.length + 1);
    },
  );
});

describe('the process in live mode', () => {
  let service: ServiceProcess;
  let simulator: string;

  beforeAll(async () => {
    simulator = await findFreeUrl();
    const environment = await beside({
      NODE_ENV: 'production',
      ...MERCHANT_ENVIRONMENT,
      SIMULATOR_PORT: new URL(simulator).port,
      SEED_DEMO_DATA: '',
      ADMIN_BOOTSTRAP_PASSWORD: '',
    });
    service = await ServiceProcess.start(environment);
  });
  afterAll(() => service.kill());

  it('starts no simulator, creates no products and no administrator, and serves no home page', async () => {
    await expect(fetch(simulator)).rejects.toThrow('fetch failed');
    expectProblem(await sendRequest(service.url), 404, 'NOT_FOUND');
    expect(service.output).not.toMatch(/password/i);
  });

  it('serves no API documentation, and warns about every missing protection', async () => {
    for (const path of ['/docs', '/docs/', '/docs/openapi.json', '/docs-json']) {
      expectProblem(await sendRequest(service.url + path), 404, 'NOT_FOUND');
    }
    for (const name of ['METRICS_TOKEN', 'TRUSTED_PROXIES', 'DATA_ENCRYPTION_KEY']) {
      await eventually(() => expect(service.output).toContain(`${name} is not set`));
    }
  });

  it('exits at once on SIGTERM when it is idle, although clients keep connections open', async () => {
    await sendRequest(`${service.url}/healthz`);
    const stoppedAt = performance.now();
    expect(await service.stop()).toBe(0);
    expect(performance.now() - stoppedAt).toBeLessThan(KEPT_ALIVE_MS);
    expect(service.output).not.toMatch(/password/i);
  });
});
