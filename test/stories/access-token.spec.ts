import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { AccessToken } from '../../src/auth/access-token.entity.js';
import { expectProblem } from '../contract/support/problem.js';
import type { Customer, ProblemJson } from '../support/customer.js';
import { eventually } from '../support/eventually.js';
import type { Reply } from '../support/http.js';
import { call } from '../support/http.js';
import { IMPATIENT, openShop, type Shop } from '../support/shop.js';
import { MERCHANT } from '../vectors/v2/vectors.js';
import { SECRET } from '../simulator/support/signing.js';

const CALL = '/wxa/business/getuserphonenumber';
const [STABLE, PLAIN] = ['/cgi-bin/stable_token', '/cgi-bin/token'];
/** Past the moment at which any token is renewed, before the end of one that was got at the beginning. */
const RENEWAL = { seconds: 7200 - 50 };

let shop: Shop;
let alice: Customer;
let logged: string[];

async function opens(environment: Record<string, string> = {}, instances = 1): Promise<void> {
  shop = await openShop({ instances, environment: { SESSION_TTL_SECONDS: '86400', ...IMPATIENT, ...environment } });
  alice = await shop.welcomes('Alice');
}
const closes = (): Promise<void> => shop.closes();
beforeEach(() => {
  logged = [];
  for (const level of ['warn', 'error'] as const)
    jest.spyOn(Logger.prototype, level).mockImplementation((...words: unknown[]) => void logged.push(String(words[0])));
});
afterEach(() => {
  jest.restoreAllMocks();
});

/** A hundred calls in one process, WeChat's side included, may take longer than the second that stories give a call. */
const CROWD = { WECHAT_TIMEOUT_SECONDS: '15' };

/** Something that needs a token. */
async function needsToken(at = 0, headers: Record<string, string> = {}): Promise<Reply<ProblemJson>> {
  const code = await shop.wechat.newPhoneCode();
  return alice.asks<ProblemJson>('POST', 'auth/phone', { code }, { at, headers });
}

/** As many at once, on both instances by turns. */
async function allNeedToken(count: number): Promise<number[]> {
  const codes = await Promise.all(Array.from({ length: count }, () => shop.wechat.newPhoneCode()));
  const replies = await Promise.all(
    codes.map((code, number) => alice.asks('POST', 'auth/phone', { code }, { at: number % 2 })),
  );
  return [...new Set(replies.map(({ status }) => status))];
}

/** What another system with the same AppID and AppSecret does. */
function anotherSystemFetches(path: string, more: object = {}): Promise<Reply> {
  const who = { grant_type: 'client_credential', appid: MERCHANT.appid, secret: SECRET };
  if (path === STABLE) return call(shop.wechat.url + path, { method: 'POST', body: { ...who, ...more } });
  return call(`${shop.wechat.url}${path}?${new URLSearchParams(who).toString()}`);
}

const asked = (path: string): Promise<number> => shop.wechat.timesCalled(path);

describe('a hundred callers on two instances', () => {
  afterEach(closes);

  it('ask WeChat for one token, and for one more when it is time', async () => {
    await opens(CROWD, 2);
    expect(await allNeedToken(100)).toEqual([200]);
    expect(await asked(STABLE)).toBe(1);
    await shop.wechat.passes({ minutes: 90 });
    expect(await allNeedToken(10)).toEqual([200]);
    expect(await asked(STABLE)).toBe(1);
    await shop.wechat.passes({ seconds: RENEWAL.seconds - 90 * 60 });
    expect(await allNeedToken(100)).toEqual([200]);
    expect(await asked(STABLE)).toBe(2);
    await shop.wechat.passes({ minutes: 5 });
    expect(await allNeedToken(10)).toEqual([200]);
    expect([await asked(STABLE), await asked(PLAIN)]).toEqual([2, 0]);
  });

  it('are served by one newer token when another system has ended theirs', async () => {
    await opens(CROWD, 2);
    await allNeedToken(2);
    await anotherSystemFetches(STABLE, { force_refresh: true });
    const before = await asked(STABLE);
    expect(await allNeedToken(100)).toEqual([200]);
    expect((await asked(STABLE)) - before).toBe(1);
  });

  it('hear the same no, and ask once on each instance', async () => {
    await opens(CROWD, 2);
    await shop.wechat.fails({ endpoint: 'stable_token', kind: 'err_code', errCode: '40125', times: -1 });
    expect(await allNeedToken(100)).toEqual([502]);
    expect(await asked(STABLE)).toBeLessThanOrEqual(2);
    expect(await asked(CALL)).toBe(0);
  });
});

describe('a token', () => {
  afterEach(closes);

  it('serves an instance that starts later, and one after a restart', async () => {
    await opens();
    await needsToken();
    await shop.opensAnother();
    expect((await needsToken(1)).status).toBe(200);
    expect(await asked(STABLE)).toBe(1);
  });

  it('is sealed in the database', async () => {
    await opens();
    await needsToken();
    const [row] = await shop.first.all(AccessToken);
    const { body } = await anotherSystemFetches(STABLE);
    const token = /"access_token":"([^"]+)"/.exec(typeof body === 'string' ? body : JSON.stringify(body))?.[1] ?? '';
    expect(token.length).toBeGreaterThan(100);
    const sealed = row?.sealedToken ?? '';
    expect(sealed).toMatch(/^v1\./);
    for (const form of [token, Buffer.from(token).toString('base64url').slice(0, 40)])
      expect(sealed).not.toContain(form);
    expect(logged.join()).not.toContain(token);
  });

  it('goes on working when WeChat gives no next one in time, and the next is got a little later', async () => {
    await opens();
    await needsToken();
    await shop.wechat.passes(RENEWAL);
    await shop.wechat.fails({ endpoint: 'stable_token', kind: 'http500', times: -1 });
    expect((await needsToken()).status).toBe(200);
    expect((await needsToken()).status).toBe(200);
    expect(await asked(STABLE)).toBe(2); // the second caller did not ask again
    await shop.wechat.recovers();
    await shop.wechat.passes({ seconds: 11 });
    expect((await needsToken()).status).toBe(200);
    expect(await asked(STABLE)).toBe(3);
    await shop.wechat.passes({ minutes: 10 });
    expect((await needsToken()).status).toBe(200);
    expect(await asked(STABLE)).toBe(3);
  });

  it('is got by somebody else when the instance that was about it has died', async () => {
    await opens({}, 2);
    await needsToken();
    await shop.wechat.passes({ hours: 3 });
    const later = new Date(shop.wechat.now().getTime() + 20_000).toISOString();
    const moment = later.replace('T', ' ').replace('Z', '');
    await shop.forces(`UPDATE access_tokens SET lease_id = 'dead', lease_until = '${moment}'`);
    const waiting = needsToken(1);
    await shop.wechat.passes({ seconds: 30 });
    expect((await waiting).status).toBe(200);
    expect(await asked(STABLE)).toBe(2);
  });
});

describe('a token that does not come', () => {
  beforeAll(() => opens());
  /** The one before is over. */
  afterEach(() => shop.wechat.passes({ hours: 3 }));
  afterAll(closes);

  it.each(['timeout', 'reset', 'http500', 'html', 'garbage', 'truncated'])(
    'is WECHAT_UNAVAILABLE: %s',
    async (kind) => {
      const before = await asked(CALL);
      await shop.wechat.fails({ endpoint: 'stable_token', kind, when: 'after' });
      expectProblem(await needsToken(), 502, 'WECHAT_UNAVAILABLE');
      expect(await asked(CALL)).toBe(before);
      expect((await needsToken()).status).toBe(200); // nobody waits for a lease that was given back
    },
  );
});

describe('a refused token', () => {
  afterEach(closes);

  it.each(['40001', '42001', '40014'])('with %s is renewed once, and the call repeated once', async (errCode) => {
    await opens();
    await needsToken();
    await shop.wechat.fails({ endpoint: 'getuserphonenumber', kind: 'err_code', errCode });
    expect((await needsToken()).status).toBe(200);
    expect(await asked(CALL)).toBe(3);
    // The usual call gave the refused token again, so another was forced.
    expect(await asked(STABLE)).toBe(3);
  });

  it('is forced seldom: WeChat allows twenty a day', async () => {
    await opens();
    for (let time = 0; time < 5; time++) {
      await shop.wechat.fails({ endpoint: 'getuserphonenumber', kind: 'err_code', errCode: '40001' });
      expect((await needsToken()).status).toBe(200);
      await shop.wechat.passes({ seconds: 31 });
    }
    const questions = await shop.wechat.messages(STABLE);
    expect(questions.filter(({ request }) => request.includes('force_refresh'))).toHaveLength(1);
  });

  it('twice in one call is the end of it', async () => {
    await opens();
    await shop.wechat.fails({ endpoint: 'getuserphonenumber', kind: 'err_code', errCode: '40001', times: -1 });
    const problem = expectProblem(await needsToken(), 502, 'WECHAT_UNAVAILABLE');
    expect(problem.upstreamCode).toBe('40001');
    expect(await asked(CALL)).toBe(2);
  });

  it('in plain mode costs the quota one token a minute at most', async () => {
    await opens({ WECHAT_ACCESS_TOKEN_MODE: 'plain' });
    await shop.wechat.fails({ endpoint: 'getuserphonenumber', kind: 'err_code', errCode: '40001', times: -1 });
    for (let time = 0; time < 6; time++) {
      const problem = expectProblem(await needsToken(), 502, 'WECHAT_UNAVAILABLE');
      expect(problem.upstreamCode).toBe('40001');
      await shop.wechat.passes({ seconds: 5 });
    }
    expect(await asked(PLAIN)).toBe(2);
    await shop.wechat.recovers();
    await shop.wechat.passes({ seconds: 11 });
    expect((await needsToken()).status).toBe(200);
  });

  it('in plain mode is that of another system, five minutes after it fetched its own', async () => {
    await opens({ WECHAT_ACCESS_TOKEN_MODE: 'plain', ...CROWD }, 2);
    expect(await allNeedToken(20)).toEqual([200]);
    expect(await asked(PLAIN)).toBe(1);
    await anotherSystemFetches(PLAIN);
    await shop.wechat.passes({ minutes: 4 });
    expect(await allNeedToken(20)).toEqual([200]);
    expect(await asked(PLAIN)).toBe(2); // theirs is the second
    await shop.wechat.passes({ minutes: 2 });
    expect(await allNeedToken(50)).toEqual([200]);
    expect([await asked(PLAIN), await asked(STABLE)]).toEqual([3, 0]);
    expect(logged.join()).toContain('another system fetches tokens for this AppID');
  });
});

describe('a token that WeChat does not give', () => {
  afterEach(closes);

  it('because of the address is explained, to the caller without the address, to the operator with it', async () => {
    await opens();
    await shop.wechat.fails({ endpoint: 'stable_token', kind: 'err_code', errCode: '40164', times: -1 });
    const problem = expectProblem(await needsToken(), 502, 'WECHAT_UNAVAILABLE');
    expect(problem.detail).toContain('list of the mini-program');
    expect(problem).toMatchObject({ upstreamCode: '40164', upstreamMessage: expect.stringContaining('whitelist') });
    expect(JSON.stringify(problem)).not.toContain('203.0.113.9');
    expect((await needsToken(0, { 'accept-language': 'zh-CN' })).body.detail).toContain('IP 白名单');
    expect(logged.join()).toMatch(/40164 \(invalid ip 203\.0\.113\.9 .*IP 白名单/);
    expect(await asked(STABLE)).toBe(1); // the second caller heard the same
  });

  it('because the quota is used up is explained, and works again afterwards', async () => {
    await opens({ WECHAT_ACCESS_TOKEN_MODE: 'plain' });
    await shop.wechat.behaves({ plainTokensPerDay: 0 });
    const problem = expectProblem(await needsToken(), 502, 'WECHAT_UNAVAILABLE');
    expect(problem).toMatchObject({ upstreamCode: '45009', detail: expect.stringContaining('quota') });
    expect(logged.join()).toContain('WECHAT_ACCESS_TOKEN_MODE=stable');
    await shop.wechat.behaves({ plainTokensPerDay: 2000 });
    await eventually(async () => {
      await shop.wechat.passes({ seconds: 11 });
      expect((await needsToken()).status).toBe(200);
    });
  });
});
