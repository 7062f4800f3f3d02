import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sendRequest, type HttpRequest } from '../../../tools/client/http.js';
import { openTestShop, type TestShop } from '../../support/test-shop.js';
import { createStaff } from '../support/test-staff.js';

type Method = NonNullable<HttpRequest['method']>;

/** What browsers and proxies may cache. */
describe('cache headers', () => {
  let shop: TestShop;
  let tokens: Record<string, string>;

  beforeAll(async () => {
    shop = await openTestShop();
    const alice = await shop.createUser('alice');
    tokens = { api: alice.token, admin: (await createStaff(shop, 'ADMIN')).login.token };
  });
  afterAll(() => shop.close());

  const cachingOf = async (method: Method, path: string, token?: string): Promise<string> => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const { status, headers: got } = await sendRequest(shop.url + path, { method, headers });
    return `${method} ${path} ${status} ${String(got.get('cache-control'))}`;
  };

  it('cache: every route forbids storing its response, with and without a token', async () => {
    const { body } = await sendRequest<{ paths: Record<string, object> }>(`${shop.url}/docs/openapi.json`);
    const routes = Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => ({ path, method: method.toUpperCase() as Method })),
    );
    expect(routes.length).toBeGreaterThan(70);
    const kept: string[] = [];
    for (const { path, method } of routes.filter(({ path }) => !path.includes('logout'))) {
      const address = path.replaceAll(/\{\w+\}/g, 'NOSUCH');
      for (const token of [undefined, tokens[path.split('/')[1] ?? '']]) {
        const caching = await cachingOf(method, address, token);
        if (!caching.endsWith(' no-store')) kept.push(caching);
      }
    }
    expect(kept).toEqual([]);
  });

  it.each<[Method, string, number]>([
    ['GET', '/nothing', 404],
    ['GET', '/%', 404],
    ['GET', `/${'a'.repeat(4000)}`, 404],
    ['GET', '/api/orders', 401],
    ['DELETE', '/api/orders', 404],
    ['GET', `/api/products?${'a=1&'.repeat(200)}`, 400],
    ['GET', '/admin/assets/nothing.js', 404],
    ['GET', '/docs/openapi.json', 200],
  ])('cache: %s %#, to which the service itself responds, is not stored either', async (method, path, status) => {
    expect(await cachingOf(method, path)).toBe(`${method} ${path} ${status} no-store`);
  });

  it('cache: assets of the pages may be cached for one year', async () => {
    const { body } = await sendRequest<string>(`${shop.url}/admin`);
    const [asset = ''] = /\/admin\/assets\/[\w.-]+\.js/.exec(body) ?? [];
    expect(await cachingOf('GET', asset)).toBe(`GET ${asset} 200 public, max-age=31536000, immutable`);
  });
});
