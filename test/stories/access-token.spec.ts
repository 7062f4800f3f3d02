import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { AccessToken } from '../../src/auth/access-token.entity.js';
import { expectProblem } from '../contract/support/expect-problem.js';
import type { TestBuyer, ProblemJson } from '../support/test-buyer.js';
import { eventually } from '../support/eventually.js';
import type { HttpReply } from '../support/http.js';
import { call } from '../support/http.js';
import { SHORT_TIMEOUT, openTestShop, type TestShop } from '../support/test-shop.js';
import { MERCHANT } from '../vectors/v2/vectors.js';
import { SECRET } from '../simulator/support/signing.js';

const PHONE_NUMBER_PATH = '/wxa/business/getuserphonenumber';
const [STABLE, PLAIN] = ['/cgi-bin/stable_token', '/cgi-bin/token'];
/** Past the moment at which any token is renewed, before the end of one that was got at the beginning. */
const UNTIL_RENEWAL = { seconds: 7200 - 50 };

let shop: TestShop;
let alice: TestBuyer;
let logLines: string[];

async function openShopWithBuyer(environment: Record<string, string> = {}, instances = 1): Promise<void> {
  shop = await openTestShop({
    instances,
    environment: { SESSION_TTL_SECONDS: '86400', ...SHORT_TIMEOUT, ...environment },
  });
  alice = await shop.createUser('Alice');
}
const closeShop = (): Promise<void> => shop.close();
beforeEach(() => {
  logLines = [];
  for (const level of ['warn', 'error'] as const)
    jest
      .spyOn(Logger.prototype, level)
      .mockImplementation((...words: unknown[]) => void logLines.push(String(words[0])));
});
afterEach(() => {
  jest.restoreAllMocks();
});

/** A hundred calls in one process, WeChat's side included, may take longer than the second that stories give a call. */
const LONG_TIMEOUT = { WECHAT_TIMEOUT_SECONDS: '15' };

/** Something that needs a token. */
async function bindPhoneNumber(at = 0, headers: Record<string, string> = {}): Promise<HttpReply<ProblemJson>> {
  const code = await shop.wechat.createPhoneCode();
  return alice.call<ProblemJson>('POST', 'auth/phone', { code }, { at, headers });
}

/** As many at once, on both instances by turns. */
async function bindPhoneNumbers(count: number): Promise<number[]> {
  const codes = await Promise.all(Array.from({ length: count }, () => shop.wechat.createPhoneCode()));
  const replies = await Promise.all(
    codes.map((code, number) => alice.call('POST', 'auth/phone', { code }, { at: number % 2 })),
  );
  return [...new Set(replies.map(({ status }) => status))];
}

/** What another system with the same AppID and AppSecret does. */
function fetchTokenElsewhere(path: string, more: object = {}): Promise<HttpReply> {
  const who = { grant_type: 'client_credential', appid: MERCHANT.appid, secret: SECRET };
  if (path === STABLE) return call(shop.wechat.url + path, { method: 'POST', body: { ...who, ...more } });
  return call(`${shop.wechat.url}${path}?${new URLSearchParams(who).toString()}`);
}

const countCalls = (path: string): Promise<number> => shop.wechat.countCalls(path);

describe('a hundred callers on two instances', () => {
  afterEach(closeShop);

  it('ask WeChat for one token, and for one more when it is time', async () => {
    await openShopWithBuyer(LONG_TIMEOUT, 2);
    expect(await bindPhoneNumbers(100)).toEqual([200]);
    expect(await countCalls(STABLE)).toBe(1);
    await shop.wechat.advanceTime({ minutes: 90 });
    expect(await bindPhoneNumbers(10)).toEqual([200]);
    expect(await countCalls(STABLE)).toBe(1);
    await shop.wechat.advanceTime({ seconds: UNTIL_RENEWAL.seconds - 90 * 60 });
    expect(await bindPhoneNumbers(100)).toEqual([200]);
    expect(await countCalls(STABLE)).toBe(2);
    await shop.wechat.advanceTime({ minutes: 5 });
    expect(await bindPhoneNumbers(10)).toEqual([200]);
    expect([await countCalls(STABLE), await countCalls(PLAIN)]).toEqual([2, 0]);
  });

  it('are served by one newer token when another system has ended theirs', async () => {
    await openShopWithBuyer(LONG_TIMEOUT, 2);
    await bindPhoneNumbers(2);
    await fetchTokenElsewhere(STABLE, { force_refresh: true });
    const before = await countCalls(STABLE);
    expect(await bindPhoneNumbers(100)).toEqual([200]);
    expect((await countCalls(STABLE)) - before).toBe(1);
  });

  it('hear the same no, and ask once on each instance', async () => {
    await openShopWithBuyer(LONG_TIMEOUT, 2);
    await shop.wechat.failNext({ endpoint: 'stable_token', kind: 'err_code', errCode: '40125', times: -1 });
    expect(await bindPhoneNumbers(100)).toEqual([502]);
    expect(await countCalls(STABLE)).toBeLessThanOrEqual(2);
    expect(await countCalls(PHONE_NUMBER_PATH)).toBe(0);
  });
});

describe('a token', () => {
  afterEach(closeShop);

  it('serves an instance that starts later, and one after a restart', async () => {
    await openShopWithBuyer();
    await bindPhoneNumber();
    await shop.startInstance();
    expect((await bindPhoneNumber(1)).status).toBe(200);
    expect(await countCalls(STABLE)).toBe(1);
  });

  it('is sealed in the database', async () => {
    await openShopWithBuyer();
    await bindPhoneNumber();
    const [row] = await shop.firstInstance.findAll(AccessToken);
    const { body } = await fetchTokenElsewhere(STABLE);
    const token = /"access_token":"([^"]+)"/.exec(typeof body === 'string' ? body : JSON.stringify(body))?.[1] ?? '';
    expect(token.length).toBeGreaterThan(100);
    const sealed = row?.sealedToken ?? '';
    expect(sealed).toMatch(/^v1\./);
    for (const form of [token, Buffer.from(token).toString('base64url').slice(0, 40)])
      expect(sealed).not.toContain(form);
    expect(logLines.join()).not.toContain(token);
  });

  it('goes on working when WeChat gives no next one in time, and the next is got a little later', async () => {
    await openShopWithBuyer();
    await bindPhoneNumber();
    await shop.wechat.advanceTime(UNTIL_RENEWAL);
    await shop.wechat.failNext({ endpoint: 'stable_token', kind: 'http500', times: -1 });
    expect((await bindPhoneNumber()).status).toBe(200);
    expect((await bindPhoneNumber()).status).toBe(200);
    expect(await countCalls(STABLE)).toBe(2); // the second caller did not ask again
    await shop.wechat.clearFaults();
    await shop.wechat.advanceTime({ seconds: 11 });
    expect((await bindPhoneNumber()).status).toBe(200);
    expect(await countCalls(STABLE)).toBe(3);
    await shop.wechat.advanceTime({ minutes: 10 });
    expect((await bindPhoneNumber()).status).toBe(200);
    expect(await countCalls(STABLE)).toBe(3);
  });

  it('is got by somebody else when the instance that was about it has died', async () => {
    await openShopWithBuyer({}, 2);
    await bindPhoneNumber();
    await shop.wechat.advanceTime({ hours: 3 });
    const later = new Date(shop.wechat.now().getTime() + 20_000).toISOString();
    const moment = later.replace('T', ' ').replace('Z', '');
    await shop.rawUpdate(`UPDATE access_tokens SET lease_id = 'dead', lease_until = '${moment}'`);
    const waiting = bindPhoneNumber(1);
    await shop.wechat.advanceTime({ seconds: 30 });
    expect((await waiting).status).toBe(200);
    expect(await countCalls(STABLE)).toBe(2);
  });
});

describe('a token that does not come', () => {
  beforeAll(() => openShopWithBuyer());
  /** The one before is over. */
  afterEach(() => shop.wechat.advanceTime({ hours: 3 }));
  afterAll(closeShop);

  it.each(['timeout', 'reset', 'http500', 'html', 'garbage', 'truncated'])(
    'is WECHAT_UNAVAILABLE: %s',
    async (kind) => {
      const before = await countCalls(PHONE_NUMBER_PATH);
      await shop.wechat.failNext({ endpoint: 'stable_token', kind, when: 'after' });
      expectProblem(await bindPhoneNumber(), 502, 'WECHAT_UNAVAILABLE');
      expect(await countCalls(PHONE_NUMBER_PATH)).toBe(before);
      expect((await bindPhoneNumber()).status).toBe(200); // nobody waits for a lease that was given back
    },
  );
});

describe('a refused token', () => {
  afterEach(closeShop);

  it.each(['40001', '42001', '40014'])('with %s is renewed once, and the call repeated once', async (errCode) => {
    await openShopWithBuyer();
    await bindPhoneNumber();
    await shop.wechat.failNext({ endpoint: 'getuserphonenumber', kind: 'err_code', errCode });
    expect((await bindPhoneNumber()).status).toBe(200);
    expect(await countCalls(PHONE_NUMBER_PATH)).toBe(3);
    // The usual call gave the refused token again, so another was forced.
    expect(await countCalls(STABLE)).toBe(3);
  });

  it('is forced seldom: WeChat allows twenty a day', async () => {
    await openShopWithBuyer();
    for (let time = 0; time < 5; time++) {
      await shop.wechat.failNext({ endpoint: 'getuserphonenumber', kind: 'err_code', errCode: '40001' });
      expect((await bindPhoneNumber()).status).toBe(200);
      await shop.wechat.advanceTime({ seconds: 31 });
    }
    const questions = await shop.wechat.getMessages(STABLE);
    expect(questions.filter(({ request }) => request.includes('force_refresh'))).toHaveLength(1);
  });

  it('twice in one call is the end of it', async () => {
    await openShopWithBuyer();
    await shop.wechat.failNext({ endpoint: 'getuserphonenumber', kind: 'err_code', errCode: '40001', times: -1 });
    const problem = expectProblem(await bindPhoneNumber(), 502, 'WECHAT_UNAVAILABLE');
    expect(problem.upstreamCode).toBe('40001');
    expect(await countCalls(PHONE_NUMBER_PATH)).toBe(2);
  });

  it('in plain mode costs the quota one token a minute at most', async () => {
    await openShopWithBuyer({ WECHAT_ACCESS_TOKEN_MODE: 'plain' });
    await shop.wechat.failNext({ endpoint: 'getuserphonenumber', kind: 'err_code', errCode: '40001', times: -1 });
    for (let time = 0; time < 6; time++) {
      const problem = expectProblem(await bindPhoneNumber(), 502, 'WECHAT_UNAVAILABLE');
      expect(problem.upstreamCode).toBe('40001');
      await shop.wechat.advanceTime({ seconds: 5 });
    }
    expect(await countCalls(PLAIN)).toBe(2);
    await shop.wechat.clearFaults();
    await shop.wechat.advanceTime({ seconds: 11 });
    expect((await bindPhoneNumber()).status).toBe(200);
  });

  it('in plain mode is that of another system, five minutes after it fetched its own', async () => {
    await openShopWithBuyer({ WECHAT_ACCESS_TOKEN_MODE: 'plain', ...LONG_TIMEOUT }, 2);
    expect(await bindPhoneNumbers(20)).toEqual([200]);
    expect(await countCalls(PLAIN)).toBe(1);
    await fetchTokenElsewhere(PLAIN);
    await shop.wechat.advanceTime({ minutes: 4 });
    expect(await bindPhoneNumbers(20)).toEqual([200]);
    expect(await countCalls(PLAIN)).toBe(2); // theirs is the second
    await shop.wechat.advanceTime({ minutes: 2 });
    expect(await bindPhoneNumbers(50)).toEqual([200]);
    expect([await countCalls(PLAIN), await countCalls(STABLE)]).toEqual([3, 0]);
    expect(logLines.join()).toContain('another system fetches tokens for this AppID');
  });
});

describe('a token that WeChat does not give', () => {
  afterEach(closeShop);

  it('because of the address is explained, to the caller without the address, to the operator with it', async () => {
    await openShopWithBuyer();
    await shop.wechat.failNext({ endpoint: 'stable_token', kind: 'err_code', errCode: '40164', times: -1 });
    const problem = expectProblem(await bindPhoneNumber(), 502, 'WECHAT_UNAVAILABLE');
    expect(problem.detail).toContain('list of the mini-program');
    expect(problem).toMatchObject({ upstreamCode: '40164', upstreamMessage: expect.stringContaining('whitelist') });
    expect(JSON.stringify(problem)).not.toContain('203.0.113.9');
    expect((await bindPhoneNumber(0, { 'accept-language': 'zh-CN' })).body.detail).toContain('IP 白名单');
    expect(logLines.join()).toMatch(/40164 \(invalid ip 203\.0\.113\.9 .*IP 白名单/);
    expect(await countCalls(STABLE)).toBe(1); // the second caller heard the same
  });

  it('because the quota is used up is explained, and works again afterwards', async () => {
    await openShopWithBuyer({ WECHAT_ACCESS_TOKEN_MODE: 'plain' });
    await shop.wechat.setBehaviours({ plainTokensPerDay: 0 });
    const problem = expectProblem(await bindPhoneNumber(), 502, 'WECHAT_UNAVAILABLE');
    expect(problem).toMatchObject({ upstreamCode: '45009', detail: expect.stringContaining('quota') });
    expect(logLines.join()).toContain('WECHAT_ACCESS_TOKEN_MODE=stable');
    await shop.wechat.setBehaviours({ plainTokensPerDay: 2000 });
    await eventually(async () => {
      await shop.wechat.advanceTime({ seconds: 11 });
      expect((await bindPhoneNumber()).status).toBe(200);
    });
  });
});
