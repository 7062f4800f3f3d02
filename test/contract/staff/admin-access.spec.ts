import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROLES, type Role } from '../../../src/admin/accounts/staff-account.entity.js';
import { sendRequest, type HttpRequest, type HttpResponse } from '../../../tools/client/http.js';
import { openTestShop, type TestShop } from '../../support/test-shop.js';
import { type TestStaff, createStaff } from '../support/test-staff.js';
import { expectProblem } from '../support/expect-problem.js';

interface Route {
  method: NonNullable<HttpRequest['method']>;
  path: string;
  /** The lowest role that the OpenAPI document names for a route; undefined for public routes. */
  role: Role | undefined;
}

interface Operation {
  'x-role'?: Role;
  security?: Record<string, unknown>[];
}

/** The two login routes: for API clients and for browsers. */
const OPEN = new Set(['/admin/api/auth/login', '/admin/api/auth/session']);
const SECURITY_SCHEMES = ['admin', 'console'];
const ADMIN_ONLY_PATHS = /^\/admin\/api\/(admins|api-keys|audit-log|events|event-endpoints)\b/;
const OPERATOR_READABLE_PATHS = /^\/admin\/api\/(products|coupons)\b/;

/** Queries without which a route has nothing to answer. */
const QUERIES: Readonly<Record<string, string>> = {
  '/admin/api/bills/export': '?month=2026-11',
  '/admin/api/bills/{date}/file': '?kind=trade',
};

/** What the contract's table requires. Every route that changes data requires at least OPERATOR. */
function leastRole({ method, path }: Route): Role | undefined {
  if (OPEN.has(path)) return undefined;
  if (ADMIN_ONLY_PATHS.test(path)) return 'ADMIN';
  if (path.startsWith('/admin/api/auth/')) return 'VIEWER';
  return method !== 'GET' || OPERATOR_READABLE_PATHS.test(path) ? 'OPERATOR' : 'VIEWER';
}

describe('roles of /admin/api routes', () => {
  let shop: TestShop;
  let routes: Route[];
  let operations: Operation[];
  let staff: Map<Role, TestStaff>;

  beforeAll(async () => {
    shop = await openTestShop();
    const { body } = await sendRequest<{ paths: Record<string, Record<string, Operation>> }>(
      `${shop.url}/docs/openapi.json`,
    );
    const found = Object.entries(body.paths)
      .filter(([path]) => path.startsWith('/admin/api/'))
      .flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
      );
    operations = found.map(({ operation }) => operation);
    routes = found.map(({ path, method, operation }) => {
      return { path, method: method.toUpperCase() as Route['method'], role: operation['x-role'] };
    });
    staff = new Map();
    for (const role of ROLES) staff.set(role, await createStaff(shop, role));
  });
  afterAll(() => shop.close());

  const numbered = (path: string): string =>
    path.replace('{date}', '2026-11-21').replaceAll(/\{\w+\}/g, 'NOSUCH') + (QUERIES[path] ?? '');
  const callRoute = ({ method, path }: Route, token?: string): Promise<HttpResponse> =>
    sendRequest(shop.url + numbered(path), {
      method,
      ...(token !== undefined && { headers: { authorization: `Bearer ${token}` } }),
    });
  const tokenOf = (role: Role): string => staff.get(role)?.login.token ?? '';

  it('admin API: routes require the role that the contract names, and the OpenAPI document says so', () => {
    expect(routes.length).toBeGreaterThanOrEqual(15);
    const name = ({ method, path }: Route): string => `${method} ${path}`;
    const described = routes.map((route) => [name(route), route.role]);
    expect(described).toEqual(routes.map((route) => [name(route), leastRole(route)]));
    for (const [at, { path }] of routes.entries()) {
      const schemes = operations[at]?.security?.flatMap((scheme) => Object.keys(scheme)).sort();
      expect({ path, schemes }).toEqual({ path, schemes: OPEN.has(path) ? undefined : SECURITY_SCHEMES });
    }
  });

  it('admin API: routes reject a call without a token, and a token without an account', async () => {
    const alice = await shop.createUser('alice');
    for (const route of routes.filter(({ path }) => !OPEN.has(path))) {
      for (const token of [undefined, '', 'x'.repeat(43), alice.token]) {
        expectProblem(await callRoute(route, token), 401, 'UNAUTHENTICATED');
      }
    }
  });

  it('admin API: routes reject every lower role before the input is validated', async () => {
    let refusals = 0;
    for (const route of routes) {
      for (const role of route.role === undefined ? [] : ROLES.slice(0, ROLES.indexOf(route.role))) {
        expectProblem(await callRoute(route, tokenOf(role)), 403, 'FORBIDDEN');
        refusals += 1;
      }
    }
    expect(refusals).toBeGreaterThanOrEqual(15);
  });

  it('admin API: routes allow the role and every higher role to read', async () => {
    for (const route of routes.filter(({ method }) => method === 'GET')) {
      for (const role of ROLES.slice(ROLES.indexOf(route.role ?? 'VIEWER'))) {
        const { status } = await callRoute(route, tokenOf(role));
        expect({ route, role, isOpen: status === 200 || status === 404 }).toMatchObject({ isOpen: true });
      }
    }
  });
});
