import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SCOPES, type Scope } from '../../../src/server-api/api-key.entity.js';
import { sendRequest, type HttpRequest, type HttpResponse } from '../../../tools/client/http.js';
import { ApiKeyClient } from '../../support/clients/api-key-client.js';
import { openTestShop, type TestShop } from '../../support/test-shop.js';
import { type TestStaff, logInStaff } from '../support/test-staff.js';
import { expectProblem } from '../support/expect-problem.js';

interface Route {
  method: NonNullable<HttpRequest['method']>;
  path: string;
  /** Any of these scopes is enough, as the OpenAPI document says; empty means any active key. */
  scopes: Scope[];
}

interface Operation {
  'x-scopes'?: Scope[];
  security?: Record<string, unknown>[];
}

/** The complete list: a route of the server API that is missing here is a mistake. */
const ROUTES: [string, Scope[]][] = [
  ['GET /server/api/me', []],
  ['GET /server/api/orders', ['orders:read']],
  ['GET /server/api/orders/{orderNo}', ['orders:read']],
  ['GET /server/api/orders/{orderNo}/refunds', ['orders:read', 'refunds:write']],
  ['GET /server/api/orders/{orderNo}/shipments', ['orders:read', 'orders:ship']],
  ['POST /server/api/orders/{orderNo}/shipments', ['orders:ship']],
  ['POST /server/api/orders/{orderNo}/refunds', ['refunds:write']],
  ['GET /server/api/events', ['events:read']],
  ['GET /server/api/refunds/{refundNo}', ['orders:read', 'refunds:write', 'payments:read']],
  ['POST /server/api/payment-orders', ['payments:write']],
  ['GET /server/api/payment-orders', ['payments:read']],
  ['GET /server/api/payment-orders/{orderNo}', ['payments:read']],
  ['POST /server/api/payment-orders/{orderNo}/pay', ['payments:write']],
  ['POST /server/api/payment-orders/{orderNo}/close', ['payments:write']],
  ['POST /server/api/payment-orders/{orderNo}/sync', ['payments:write']],
  ['POST /server/api/payment-orders/{orderNo}/reopen', ['payments:write']],
  ['POST /server/api/payment-orders/{orderNo}/refunds', ['refunds:write']],
  ['POST /server/api/events/{id}/redeliver', ['events:manage']],
  ['GET /server/api/event-endpoints', ['events:manage']],
  ['POST /server/api/event-endpoints', ['events:manage']],
  ['PATCH /server/api/event-endpoints/{id}', ['events:manage']],
  ['DELETE /server/api/event-endpoints/{id}', ['events:manage']],
  ['POST /server/api/event-endpoints/{id}/rotate', ['events:manage']],
  ['POST /server/api/event-endpoints/{id}/test', ['events:manage']],
  ['POST /server/api/event-endpoints/{id}/replay', ['events:manage']],
  ['GET /server/api/event-endpoints/{id}/deliveries', ['events:manage']],
];

const pathOf = (path: string): string => path.replaceAll(/\{\w+\}/g, 'NOSUCH');

describe('scopes of /server/api routes', () => {
  let shop: TestShop;
  let boss: TestStaff;
  let routes: Route[];
  let operations: Operation[];

  beforeAll(async () => {
    shop = await openTestShop();
    boss = await logInStaff(shop, 'boss');
    const { body } = await sendRequest<{ paths: Record<string, Record<string, Operation>> }>(
      `${shop.url}/docs/openapi.json`,
    );
    const found = Object.entries(body.paths)
      .filter(([path]) => path.startsWith('/server/'))
      .flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
      );
    operations = found.map(({ operation }) => operation);
    routes = found.map(({ path, method, operation }) => {
      return { path, method: method.toUpperCase() as Route['method'], scopes: operation['x-scopes'] ?? [] };
    });
  });
  afterAll(() => shop.close());

  const callRoute = ({ method, path }: Route, authorization?: string): Promise<HttpResponse> =>
    sendRequest(shop.url + pathOf(path), {
      method,
      ...(authorization !== undefined && { headers: { authorization } }),
    });
  const bearer = ({ key: { key } }: ApiKeyClient): string => `Bearer ${key}`;

  it('match this list, and the OpenAPI document says so', () => {
    const described = routes.map(({ method, path, scopes }) => [`${method} ${path}`, scopes]);
    expect(new Map(described as [string, Scope[]][])).toEqual(new Map(ROUTES));
    for (const { security } of operations) expect(security).toEqual([{ apiKey: [] }]);
  });

  it('reject a call without an active key', async () => {
    const alice = await shop.createUser('alice');
    const revoked = await ApiKeyClient.create(shop, boss);
    await boss.call('POST', `api-keys/${revoked.key.id}/revoke`);
    const { key, prefix } = (await ApiKeyClient.create(shop, boss)).key;
    const wrong = [
      ...[undefined, '', 'Bearer', `Basic ${key}`, key, `Bearer ${key}x`, `Bearer ${key.slice(0, -1)}`],
      ...[
        `Bearer ${prefix}`,
        `Bearer ${prefix}_${'x'.repeat(43)}`,
        `Bearer ${key.replace(prefix, revoked.key.prefix)}`,
      ],
      ...[bearer(revoked), `Bearer ${alice.token}`, `Bearer ${boss.login.token}`],
    ];
    for (const route of routes) {
      for (const authorization of wrong) expectProblem(await callRoute(route, authorization), 401, 'UNAUTHENTICATED');
    }
  });

  it('reject every other scope before the input is validated, and accept their own', async () => {
    const count = { refused: 0, open: 0 };
    for (const scope of SCOPES) {
      const program = await ApiKeyClient.create(shop, boss, { scopes: [scope] });
      for (const route of routes) {
        const isOpen = route.scopes.length === 0 || route.scopes.includes(scope);
        const reply = await callRoute(route, bearer(program));
        if (isOpen) expect([200, 400, 404]).toContain(reply.status);
        else expectProblem(reply, 403, 'FORBIDDEN');
        count[isOpen ? 'open' : 'refused'] += 1;
      }
    }
    expect(count.refused).toBeGreaterThanOrEqual(3);
    expect(count.open).toBeGreaterThanOrEqual(6);
  });

  it('are the only routes that accept an API key', async () => {
    const program = await ApiKeyClient.create(shop, boss, { scopes: [...SCOPES] });
    const paths = ['/api/auth/me', '/api/orders', '/admin/api/orders', '/admin/api/api-keys', '/admin/api/auth/me'];
    for (const path of paths) {
      for (const headers of [{}, { 'x-console': '1', cookie: `wx-checkout-staff=${program.key.key}` }]) {
        const reply = await sendRequest(shop.url + path, { headers: { authorization: bearer(program), ...headers } });
        expectProblem(reply, 401, 'UNAUTHENTICATED');
      }
    }
  });

  it('reject one hundred concurrent wrong keys without delaying a right one', async () => {
    const program = await ApiKeyClient.create(shop, boss);
    const me = routes.find(({ path }) => path === '/server/api/me');
    if (!me) throw new Error('There is no /server/api/me.');
    const wrong = `Bearer ${program.key.prefix}_${'x'.repeat(43)}`;
    const answers = await Promise.all([
      ...Array.from({ length: 100 }, () => callRoute(me, wrong)),
      ...Array.from({ length: 100 }, () => callRoute(me, bearer(program))),
    ]);
    const statuses = answers.map(({ status }) => status);
    expect([new Set(statuses.slice(0, 100)), new Set(statuses.slice(100))]).toEqual([new Set([401]), new Set([200])]);
  });

  it('explain in Chinese too what is missing', async () => {
    const { key } = (await ApiKeyClient.create(shop, boss, { scopes: ['orders:read'] })).key;
    const headers = { authorization: `Bearer ${key}`, 'accept-language': 'zh-CN' };
    const reply = await sendRequest(`${shop.url}/server/api/orders/NOSUCH/refunds`, { method: 'POST', headers });
    expect(expectProblem(reply, 403, 'FORBIDDEN').detail).toBe('该密钥没有所需的权限：refunds:write。');
  });
});
