import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConsoleController } from '../../../src/pages/console.controller.js';
import { PageBundle } from '../../../src/pages/page-bundle.js';
import { sendRequest, type HttpResponse } from '../../../tools/client/http.js';
import { openTestShop, type TestShop } from '../../support/test-shop.js';
import { createStaff, type TestStaff, tryStaffLogin, PASSWORD } from '../support/test-staff.js';
import { expectProblem } from '../support/expect-problem.js';

const CONSOLE = { 'x-console': '1' };

/** `npm test` builds the console first. */
const assetsIn = (html: unknown): string[] =>
  [...String(html).matchAll(/(?:src|href)="(\/admin\/assets\/[^"]+)"/g)].map(([, path]) => path ?? '');

describe('console page', () => {
  let shop: TestShop;

  beforeAll(async () => {
    shop = await openTestShop();
  });
  afterAll(() => shop.close());

  const request = (path: string, headers: Record<string, string> = {}): Promise<HttpResponse> =>
    sendRequest(shop.url + path, { headers });

  it.each(['/admin', '/admin/', '/admin/refunds/RF1?tab=ALL', '/admin/apiary'])('is served at %s', async (path) => {
    const { status, headers, body } = await request(path);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('cache-control')).toContain('no-store');
    expect(assetsIn(body).length).toBeGreaterThan(0);
  });

  it('allows only its own scripts, no framing, and a new nonce for each response', async () => {
    const [one, other] = [await request('/admin'), await request('/admin')];
    const policy = one.headers.get('content-security-policy') ?? '';
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe-|\*/);
    expect(one.headers.get('x-frame-options')).toBe('DENY');
    expect(one.headers.get('referrer-policy')).toBe('no-referrer');
    expect(one.body).toContain(`nonce="${nonce ?? 'none'}"`);
    expect(one.body).not.toContain('__CSP_NONCE__');
    expect(other.body).not.toContain(nonce);
    expect(String(one.body)).not.toMatch(/<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=/);
  });

  it('serves compressed assets with an immutable cache header', async () => {
    for (const path of assetsIn((await request('/admin')).body)) {
      const { status, headers } = await request(path, { 'accept-encoding': 'br' });
      expect({ path, status, cache: headers.get('cache-control') }).toEqual({
        path,
        status: 200,
        cache: 'public, max-age=31536000, immutable',
      });
      if (path.endsWith('.js')) expect(headers.get('content-encoding')).toBe('br');
    }
  });

  it.each([
    ['/admin/api', 404, 'NOT_FOUND'],
    ['/admin/api/nothing', 404, 'NOT_FOUND'],
    ['/admin/api/orders', 401, 'UNAUTHENTICATED'],
    ['/admin/assets/nothing.js', 404, 'NOT_FOUND'],
    ['/admin/assets/../index.html', 200, null],
  ])('leaves %s what it was', async (path, status, code) => {
    const reply = await request(path);
    if (code === null)
      expect(reply.status).toBe(status); // a browser normalises this to /admin/index.html
    else expectProblem(reply, status, code);
  });

  it('explains how to build it when it has not been built, and the API still works', () => {
    expect(PageBundle.find('console', ['/nowhere'])).toBeNull();
    const headers: Record<string, string> = {};
    const reply = { code: 200, status: (code: number) => Object.assign(reply, { code }), header };
    function header(name: string, value: string) {
      headers[name] = value;
      return reply;
    }
    const show = ConsoleController.prototype.show.bind({ page: null } as never);
    expect(show({ url: '/admin' } as never, reply as never)).toContain('npm run build');
    expect(reply.code).toBe(503);
  });
});

describe('browser session', () => {
  let shop: TestShop;
  let boss: TestStaff;

  beforeAll(async () => {
    shop = await openTestShop();
    boss = await createStaff(shop, 'ADMIN');
  });
  afterAll(() => shop.close());

  const startConsoleSession = (username: string, password = PASSWORD, at = shop.url): Promise<HttpResponse> =>
    sendRequest(`${at}/admin/api/auth/session`, { method: 'POST', body: { username, password } });
  const cookieOf = ({ headers }: HttpResponse): string => headers.get('set-cookie')?.split(';')[0] ?? '';
  const me = (headers: Record<string, string>): Promise<HttpResponse> =>
    sendRequest(`${shop.url}/admin/api/auth/me`, { headers });

  it('is an HttpOnly cookie, and the response body contains no token', async () => {
    const reply = await startConsoleSession(boss.username);
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({ expiresIn: 7200, admin: { id: boss.id, username: boss.username, role: 'ADMIN' } });
    expect(reply.headers.get('set-cookie')).toMatch(
      /^wx-checkout-staff=[\w-]{43,}; Max-Age=7200; Path=\/admin\/api; HttpOnly; SameSite=Strict$/,
    );
    expect((await me({ ...CONSOLE, cookie: cookieOf(reply) })).body).toMatchObject({ username: boss.username });
  });

  it('is rejected without the header that cross-site pages cannot send', async () => {
    const cookie = cookieOf(await startConsoleSession(boss.username));
    expectProblem(await me({ cookie }), 401, 'UNAUTHENTICATED');
    const foreign = await sendRequest(`${shop.url}/admin/api/refunds/batch`, {
      method: 'POST',
      body: {},
      headers: { cookie },
    });
    expectProblem(foreign, 401, 'UNAUTHENTICATED');
  });

  it('is not created for a wrong password, which counts as a failed login', async () => {
    const { username } = await createStaff(shop, 'VIEWER');
    for (let guess = 0; guess < 5; guess++)
      expectProblem(await startConsoleSession(username, 'wrong'), 401, 'BAD_CREDENTIALS');
    expectProblem(await startConsoleSession(username), 429, 'TOO_MANY_ATTEMPTS');
    expectProblem(await tryStaffLogin(shop, username, PASSWORD), 429, 'TOO_MANY_ATTEMPTS');
  });

  it('ends at logout, which clears the cookie', async () => {
    const cookie = cookieOf(await startConsoleSession(boss.username));
    const headers = { ...CONSOLE, cookie };
    const reply = await sendRequest(`${shop.url}/admin/api/auth/logout`, { method: 'POST', headers });
    expect(reply.status).toBe(204);
    expect(reply.headers.get('set-cookie')).toContain(
      'wx-checkout-staff=; Max-Age=0; Path=/admin/api; HttpOnly; SameSite=Strict',
    );
    expectProblem(await me(headers), 401, 'UNAUTHENTICATED');
  });

  it('ends when the password changes, except the session that changed it', async () => {
    const { username } = await createStaff(shop, 'OPERATOR');
    const [mine, elsewhere] = [
      cookieOf(await startConsoleSession(username)),
      cookieOf(await startConsoleSession(username)),
    ];
    const body = { oldPassword: PASSWORD, newPassword: 'a new password' };
    const headers = { ...CONSOLE, cookie: mine };
    expect((await sendRequest(`${shop.url}/admin/api/auth/password`, { method: 'POST', body, headers })).status).toBe(
      204,
    );
    expect((await me(headers)).status).toBe(200);
    expectProblem(await me({ ...CONSOLE, cookie: elsewhere }), 401, 'UNAUTHENTICATED');
  });

  it('ends when the account is disabled', async () => {
    const gone = await createStaff(shop, 'VIEWER');
    const headers = { ...CONSOLE, cookie: cookieOf(await startConsoleSession(gone.username)) };
    expect((await me(headers)).status).toBe(200);
    await boss.call('PATCH', `admins/${gone.id}`, { disabled: true });
    expectProblem(await me(headers), 401, 'UNAUTHENTICATED');
  });

  it('is a Secure cookie when PUBLIC_BASE_URL is HTTPS', async () => {
    const secure = await openTestShop({ environment: { PUBLIC_BASE_URL: 'https://pay.example.com:29443' } });
    expect((await startConsoleSession('boss', PASSWORD, secure.url)).headers.get('set-cookie')).toContain('; Secure; ');
    await secure.close();
  });
});
