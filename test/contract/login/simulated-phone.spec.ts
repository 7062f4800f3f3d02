import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sendRequest, type HttpResponse } from '../../../tools/client/http.js';
import { openTestShop, type TestShop } from '../../support/test-shop.js';

const OPENID = 'oPhone0000000000000000000001';

/** Routes that only the simulated phone uses. */
const PATHS = ['/', '/start', '/phone/wechat/messages/live', '/phone/wechat/faults', '/phone/assets/index.js'];

describe('simulated phone', () => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await openTestShop();
  });
  afterAll(() => shop.close());

  const request = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<HttpResponse> =>
    sendRequest(`${shop.url}/phone/wechat/${path}`, { method, ...(body && { body }) });

  it('is served at the root, with links to the other pages', async () => {
    const page = await sendRequest(`${shop.url}/`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline/);
    const start = String((await sendRequest(`${shop.url}/start`)).body);
    for (const path of ['/admin', '/docs', '/_control/docs', '/readyz']) expect(start).toContain(`${path}"`);
  });

  it('forwards calls to the simulator, and its errors', async () => {
    expect(await request('POST', 'users', { openid: OPENID, name: '小林' })).toMatchObject({ status: 201 });
    expect(await request('POST', 'codes', { openid: OPENID })).toMatchObject({ status: 201, body: { openid: OPENID } });
    expect(await request('POST', 'phone-codes', { number: '13800138000' })).toMatchObject({ status: 201 });
    const consents = { templateIds: ['SimOrderPaid'.padEnd(43, '0')] };
    expect(await request('GET', 'message-templates')).toMatchObject({ status: 200 });
    expect(await request('POST', `users/${OPENID}/consents`, consents)).toMatchObject({ status: 201 });
    expect(await request('POST', 'codes', { openid: 'oNobody' })).toMatchObject({ status: 404 });
    expect(await request('POST', 'faults', { endpoint: 'notice', kind: 'lose' })).toMatchObject({ status: 201 });
    expect(await request('DELETE', 'faults')).toMatchObject({ status: 204 });
    expect(await request('GET', 'messages/live?after=0')).toMatchObject({ status: 200, body: { items: [] } });
  });

  it.each([
    ['GET', 'certificates'],
    ['POST', 'reset'],
    ['GET', 'merchant'],
    ['GET', 'messages'],
    ['GET', 'users'],
    ['POST', 'orders/X/pay'],
    ['GET', 'messages/live/../../certificates'],
    ['GET', 'faults/%2e%2e/certificates'],
    ['POST', 'users/../reset/consents'],
    ['POST', 'users/a%2fb/consents'],
  ] as const)('reaches nothing else: %s %s', async (method, path) => {
    expect(await request(method, path)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  });

  it('rejects content types that a cross-site page can send without a preflight', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
      const body = JSON.stringify({ endpoint: 'notice', kind: 'lose' });
      const answer = await fetch(`${shop.url}/phone/wechat/faults`, {
        method: 'POST',
        headers: { 'content-type': type },
        body,
      });
      expect(answer.status).toBe(415);
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  it('responds with an error when the simulator does not respond', async () => {
    const alone = await openTestShop({ environment: { WECHAT_PAY_BASE_URL: 'http://127.0.0.1:9' } });
    expect(await sendRequest(`${alone.url}/phone/wechat/messages/live`)).toMatchObject({
      status: 502,
      body: { code: 'WECHAT_UNAVAILABLE' },
    });
    await alone.close();
  });
});

describe('a live shop', () => {
  it.each(['production', 'test'])('serves no phone and no proxy to a simulator: %s', async (environment) => {
    const live = {
      NODE_ENV: environment,
      WECHAT_MODE: 'live',
      WECHAT_APP_ID: 'wx8888888888888888',
      WECHAT_APP_SECRET: 'secret',
      WECHAT_MCH_ID: '1900000109',
      WECHAT_API_KEY: 'a1b2c3d4e5f60718293a4b5c6d7e8f90',
    };
    const shop = await openTestShop({ environment: live });
    for (const path of PATHS) {
      expect([path, await sendRequest(shop.url + path)]).toMatchObject([
        path,
        { status: 404, body: { code: 'NOT_FOUND' } },
      ]);
    }
    await shop.close();
  });
});
