import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Session } from '../../../src/auth/session/session.entity.js';
import { User } from '../../../src/auth/user.entity.js';
import { TestBuyer } from '../../support/clients/test-buyer.js';
import { eventually } from '../../support/eventually.js';
import { sendRequest, type HttpResponse } from '../../../tools/client/http.js';
import { SHORT_TIMEOUT, openTestShop, type TestShop } from '../../support/test-shop.js';
import { FakeMemcached } from '../support/fake-memcached.js';
import { expectProblem } from '../support/expect-problem.js';
import { FakeRedis } from '../support/fake-redis.js';
import { TcpProxy } from '../../support/wechat/tcp-proxy.js';

interface LoginJson {
  token: string;
  expiresIn: number;
  user: { id: string };
}

/** The Redis server of `TEST_REDIS_URL`, or a double, so that the tests need no server. */
const { redis, url: redisUrl } = await (async () => {
  const real = process.env['TEST_REDIS_URL'];
  return real === undefined ? FakeRedis.start() : { redis: null, url: real };
})();
const REDIS = new URL(redisUrl);
afterAll(() => redis?.stop());

const OPENID = 'oAuthContract000000000000001';

const login = (shop: TestShop, code: unknown, at = 0): Promise<HttpResponse> =>
  sendRequest(`${shop.instances[at]?.url ?? ''}/api/auth/login`, { method: 'POST', body: { code } });

async function loggedIn(shop: TestShop, openid: string, at = 0): Promise<LoginJson> {
  const { code } = await shop.wechat.createLoginCode(openid);
  const { status, body } = await login(shop, code, at);
  expect(status).toBe(200);
  return body as LoginJson;
}

const me = (shop: TestShop, authorization: string | undefined, at = 0): Promise<HttpResponse> =>
  sendRequest(`${shop.instances[at]?.url ?? ''}/api/auth/me`, {
    headers: authorization === undefined ? {} : { authorization },
  });

const logsOut = (shop: TestShop, token: string): Promise<HttpResponse> =>
  sendRequest(`${shop.url}/api/auth/logout`, { method: 'POST', headers: { authorization: `Bearer ${token}` } });

async function staffToken(shop: TestShop): Promise<string> {
  const body = { username: 'boss', password: 'correct horse battery' };
  const reply = await sendRequest<{ token: string }>(`${shop.url}/admin/api/auth/login`, { method: 'POST', body });
  return reply.body.token;
}

/** For tests of logins and tokens only. */
let shop: TestShop;

beforeAll(async () => {
  shop = await openTestShop({ instances: 2, environment: { SESSION_TTL_SECONDS: '3600', ...SHORT_TIMEOUT } });
});
afterAll(() => shop.close());

describe('mini-program login', () => {
  it('returns a token, its lifetime and the user, and no session_key or openid', async () => {
    const { code } = await shop.wechat.createLoginCode(OPENID);
    const { status, body } = await login(shop, code);
    expect(status).toBe(200);
    expect(body).toEqual({ token: expect.any(String), expiresIn: 3600, user: { id: expect.any(String) } });
    expect(JSON.stringify(body)).not.toContain(OPENID);
  });

  it('returns the same user for the same openid on every instance, and different users for different openids', async () => {
    const first = await loggedIn(shop, OPENID);
    const second = await loggedIn(shop, OPENID, 1);
    expect(second.user.id).toBe(first.user.id);
    expect(second.token).not.toBe(first.token);
    expect((await loggedIn(shop, 'oSomebodyElse000000000000001')).user.id).not.toBe(first.user.id);
  });

  it('treats openids that differ only in case as two users', async () => {
    const upper = await loggedIn(shop, 'oCaseABCDEFGHIJKLMNOPQRSTUVW');
    const lower = await loggedIn(shop, 'oCaseabcdefghijklmnopqrstuvw');
    expect(lower.user.id).not.toBe(upper.user.id);
  });

  it('creates one user for ten concurrent first logins', async () => {
    const openid = 'oTenAtOnce000000000000000001';
    const codes = await Promise.all(Array.from({ length: 10 }, () => shop.wechat.createLoginCode(openid)));
    const answers = await Promise.all(codes.map(({ code }, number) => login(shop, code, number % 2)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(new Set(answers.map(({ body }) => (body as LoginJson).user.id)).size).toBe(1);
    expect((await shop.firstInstance.findAll(User)).filter((user) => user.openid === openid)).toHaveLength(1);
  });

  it.each([
    [40029, 401, 'WECHAT_CODE_INVALID'],
    [40163, 401, 'WECHAT_CODE_INVALID'],
    [40226, 403, 'WECHAT_USER_BLOCKED'],
    [45011, 429, 'WECHAT_RATE_LIMITED'],
    [-1, 502, 'WECHAT_UNAVAILABLE'],
    [40013, 502, 'WECHAT_UNAVAILABLE'],
    [40125, 502, 'WECHAT_UNAVAILABLE'],
    [41008, 502, 'WECHAT_UNAVAILABLE'],
    [99999, 502, 'WECHAT_UNAVAILABLE'],
  ])("turns WeChat's errcode %s into %s %s, with WeChat's words", async (errcode, status, code) => {
    const { code: jsCode } = await shop.wechat.createLoginCode(OPENID, errcode);
    const problem = expectProblem(await login(shop, jsCode), status, code);
    expect(problem).toMatchObject({ upstreamCode: String(errcode), upstreamMessage: expect.stringContaining('rid:') });
  });

  it('rejects a code that is used, unknown or expired', async () => {
    const used = await shop.wechat.createLoginCode(OPENID);
    expect((await login(shop, used.code)).status).toBe(200);
    const old = await shop.wechat.createLoginCode(OPENID);
    await shop.wechat.advanceTime({ minutes: 6 });
    for (const code of [used.code, old.code, '0'.repeat(32)])
      expectProblem(await login(shop, code), 401, 'WECHAT_CODE_INVALID');
  });

  it.each(['timeout', 'reset', 'http500', 'html', 'garbage', 'truncated'])(
    'responds with WECHAT_UNAVAILABLE without details when WeChat’s response is: %s',
    async (kind) => {
      const { code } = await shop.wechat.createLoginCode(OPENID);
      await shop.wechat.failNext({ endpoint: 'jscode2session', kind, when: 'after' });
      expect(expectProblem(await login(shop, code), 502, 'WECHAT_UNAVAILABLE').retryable).toBe(true);
      await shop.wechat.clearFaults();
    },
  );

  it.each([undefined, null, '', 7, {}, ['x'], 'x'.repeat(129)])(
    'rejects %p as a code without calling WeChat',
    async (code) => {
      const before = await shop.wechat.countCalls('/sns/jscode2session');
      expectProblem(await login(shop, code), 400, 'VALIDATION_FAILED');
      expect(await shop.wechat.countCalls('/sns/jscode2session')).toBe(before);
    },
  );
});

describe('user token', () => {
  it('identifies the user and contains nothing else', async () => {
    const { token, user } = await loggedIn(shop, OPENID);
    const { status, body } = await me(shop, `Bearer ${token}`);
    expect({ status, body }).toEqual({ status: 200, body: { id: user.id, scope: 'user', phone: null } });
  });

  it('is opaque and has at least 256 random bits', async () => {
    const tokens = await Promise.all(Array.from({ length: 5 }, async () => (await loggedIn(shop, OPENID)).token));
    for (const token of tokens) expect(Buffer.from(token, 'base64url').length).toBeGreaterThanOrEqual(32);
    const beginnings = tokens.map((token) => token.slice(0, 4));
    expect(new Set(beginnings).size).toBe(tokens.length);
  });

  it('is stored only as a hash', async () => {
    const { token } = await loggedIn(shop, OPENID);
    const rows = JSON.stringify(await shop.firstInstance.findAll(Session));
    expect(rows).not.toContain(token);
    expect(rows).toContain(createHash('sha256').update(token).digest('hex'));
  });

  it.each([
    ['none', (): undefined => undefined],
    ['an empty one', (): string => 'Bearer '],
    ['one that was never given', (): string => `Bearer ${'x'.repeat(43)}`],
    [
      'one with another end',
      (token: string): string => `Bearer ${token.slice(0, -1)}${token.endsWith('A') ? 'Q' : 'A'}`,
    ],
    ['one in capitals', (token: string): string => `Bearer ${token.toUpperCase()}`],
    ['one under another scheme', (token: string): string => `Basic ${token}`],
    ['one without a scheme', (token: string): string => token],
    ['two', (token: string): string => `Bearer ${token}, Bearer ${token}`],
    ['one of ten thousand letters', (): string => `Bearer ${'x'.repeat(10_000)}`],
  ])('that is %s is UNAUTHENTICATED', async (_what, authorization) => {
    const { token } = await loggedIn(shop, OPENID);
    expectProblem(await me(shop, authorization(token)), 401, 'UNAUTHENTICATED');
  });

  it('of a user is rejected by /admin/api, and a staff token by /api', async () => {
    const { token } = await loggedIn(shop, OPENID);
    expectProblem(await me(shop, `Bearer ${await staffToken(shop)}`), 401, 'UNAUTHENTICATED');
    const asStaff = await sendRequest(`${shop.url}/admin/api/auth/me`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expectProblem(asStaff, 401, 'UNAUTHENTICATED');
  });

  it('expires at its time, not earlier', async () => {
    const { token } = await loggedIn(shop, OPENID);
    await shop.wechat.advanceTime({ minutes: 59 });
    expect((await me(shop, `Bearer ${token}`)).status).toBe(200);
    await shop.wechat.advanceTime({ minutes: 1 });
    for (const at of [0, 1]) expectProblem(await me(shop, `Bearer ${token}`, at), 401, 'UNAUTHENTICATED');
  });

  it('ends at logout on every instance, and other tokens stay valid', async () => {
    const { token } = await loggedIn(shop, OPENID);
    const other = await loggedIn(shop, OPENID);
    for (const at of [0, 1]) expect((await me(shop, `Bearer ${token}`, at)).status).toBe(200);
    const { status, body } = await logsOut(shop, token);
    expect({ status, body }).toEqual({ status: 204, body: '' });
    for (const at of [0, 1]) expectProblem(await me(shop, `Bearer ${token}`, at), 401, 'UNAUTHENTICATED');
    expectProblem(await logsOut(shop, token), 401, 'UNAUTHENTICATED');
    expect((await me(shop, `Bearer ${other.token}`)).status).toBe(200);
  });
});

describe('the login throttle', () => {
  it('responds with TOO_MANY_REQUESTS and Retry-After, and limits only logins', async () => {
    const shop = await openTestShop({ environment: { LOGIN_LIMIT_PER_MINUTE: '3' } });
    const { token } = await loggedIn(shop, OPENID);
    for (const attempt of [2, 3]) expect(await login(shop, `0${attempt}`)).toMatchObject({ status: 401 });
    const refused = await login(shop, '04');
    expectProblem(refused, 429, 'TOO_MANY_REQUESTS');
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect((await me(shop, `Bearer ${token}`)).status).toBe(200);
    expect((await logsOut(shop, token)).status).toBe(204);
    await shop.close();
  });

  it('login: logins that alternate between two instances reach LOGIN_LIMIT_PER_MINUTE', async () => {
    const shop = await openTestShop({ instances: 2, environment: { LOGIN_LIMIT_PER_MINUTE: '4' } });
    await shop.wechat.stopClock();
    const loginAt = (at: number): Promise<HttpResponse> =>
      sendRequest(`${shop.instances[at]?.url ?? ''}/api/auth/login`, {
        method: 'POST',
        body: { code: `unknown-${at}` },
      });
    for (const at of [0, 1, 0, 1]) expect(await loginAt(at)).toMatchObject({ status: 401 });
    for (const at of [0, 1]) {
      const refused = await loginAt(at);
      expectProblem(refused, 429, 'TOO_MANY_REQUESTS');
      expect(refused.headers.get('retry-after')).toBe('15');
    }
    await shop.close();
  });
});

describe('sessions in an external store', () => {
  /** Two instances: the login uses one, all other calls use the other. */
  async function liveThrough(shop: TestShop): Promise<string> {
    const kept = await loggedIn(shop, OPENID);
    const { token, user } = await loggedIn(shop, OPENID);
    const { status, body } = await me(shop, `Bearer ${token}`, 1);
    expect({ status, body }).toMatchObject({ status: 200, body: { id: user.id } });
    expect(await shop.firstInstance.findAll(Session)).toEqual([]);
    expect((await logsOut(shop, token)).status).toBe(204);
    expectProblem(await me(shop, `Bearer ${token}`, 1), 401, 'UNAUTHENTICATED');
    expect((await sendRequest(`${shop.url}/readyz`)).status).toBe(200);
    return kept.token;
  }

  it('work in Redis, which stores no plain token', async () => {
    const shop = await openTestShop({ instances: 2, environment: { SESSION_STORE_URL: REDIS.toString() } });
    const token = await liveThrough(shop);
    const hash = createHash('sha256').update(token).digest('hex');
    expect(await keysInRedis(token)).toBe('*0');
    expect(await keysInRedis(hash)).toBe('*1');
    await shop.wechat.advanceTime({ hours: 3 });
    expectProblem(await me(shop, `Bearer ${token}`, 1), 401, 'UNAUTHENTICATED');
    await shop.close();
  });

  it('work in memcached, which stores no plain token', async () => {
    const { memcached, url } = await FakeMemcached.start();
    const shop = await openTestShop({ instances: 2, environment: { SESSION_STORE_URL: url } });
    const token = await liveThrough(shop);
    expect([...memcached.entries].filter(([key, value]) => (key + value.toString()).includes(token))).toEqual([]);
    expect([...memcached.entries.keys()].filter((key) => key.length > 250)).toEqual([]);
    await shop.wechat.advanceTime({ hours: 3 });
    expectProblem(await me(shop, `Bearer ${token}`, 1), 401, 'UNAUTHENTICATED');
    await memcached.stop();
    expectProblem(await me(shop, `Bearer ${token}`), 503, 'SERVICE_UNAVAILABLE');
    await shop.close();
  });

  it.each(['redis://127.0.0.1:1', 'memcache://127.0.0.1:1'])(
    'response SERVICE_UNAVAILABLE while the store is unreachable, and end no session: %s',
    async (url) => {
      const shop = await openTestShop({ environment: { SESSION_STORE_URL: url } });
      const { code } = await shop.wechat.createLoginCode(OPENID);
      const [known, fresh, ready, products, alive] = await Promise.all([
        me(shop, `Bearer ${'x'.repeat(43)}`),
        login(shop, code),
        sendRequest(`${shop.url}/readyz`),
        sendRequest(`${shop.url}/api/products`),
        sendRequest(`${shop.url}/healthz`),
      ]);
      for (const reply of [known, fresh, ready]) expectProblem(reply, 503, 'SERVICE_UNAVAILABLE');
      expect([products.status, alive.status]).toEqual([200, 200]);
      expectProblem(await me(shop, undefined), 401, 'UNAUTHENTICATED');
      await shop.close();
    },
  );

  it('are valid again when Redis is reachable again', async () => {
    const wire = await TcpProxy.open(REDIS.hostname, Number(REDIS.port || 6379));
    const shop = await openTestShop({ environment: { SESSION_STORE_URL: `redis://127.0.0.1:${wire.port}` } });
    const { token } = await loggedIn(shop, OPENID);
    wire.disconnect();
    expectProblem(await me(shop, `Bearer ${token}`), 503, 'SERVICE_UNAVAILABLE');
    expectProblem(await sendRequest(`${shop.url}/readyz`), 503, 'SERVICE_UNAVAILABLE');
    wire.reconnect();
    await eventually(async () => {
      expect((await me(shop, `Bearer ${token}`)).status).toBe(200);
      expect((await sendRequest(`${shop.url}/readyz`)).status).toBe(200);
    });
    await TestBuyer.login({ shop, ...(await shop.wechat.createLoginCode(OPENID)) });
    await shop.close();
    await wire.close();
  });

  /** The length line of Redis's response: `*0` when no key holds the text. */
  async function keysInRedis(text: string): Promise<string> {
    const socket = connect(Number(REDIS.port || 6379), REDIS.hostname);
    socket.write(`KEYS *${text}*\r\n`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    return answer.toString().split('\r\n')[0] ?? '';
  }
});
