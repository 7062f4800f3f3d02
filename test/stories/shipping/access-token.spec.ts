import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { AccessToken } from '../../../src/wechat/mini-program/access-token/access-token.entity.js';
import { expectProblem } from '../../contract/support/expect-problem.js';
import type { TestBuyer, ProblemJson } from '../../support/clients/test-buyer.js';
import { eventually } from '../../support/eventually.js';
import type { HttpResponse } from '../../../tools/client/http.js';
import { sendRequest } from '../../../tools/client/http.js';
import { SHORT_TIMEOUT, openTestShop, type TestShop } from '../../support/test-shop.js';
import { MERCHANT } from '../../vectors/v2/vectors.js';
import { SECRET } from '../../simulator/support/signing.js';

const PHONE_NUMBER_PATH = '/wxa/business/getuserphonenumber';
const [STABLE, PLAIN] = ['/cgi-bin/stable_token', '/cgi-bin/token'];
/** After every token is due for renewal, before the first one expires. */
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
      .mockImplementation((...values: unknown[]) => void logLines.push(String(values[0])));
});
afterEach(() => {
  jest.restoreAllMocks();
});

/** 100 calls in one process, with the simulator's side, may take longer than the 1 s timeout of these tests. */
const LONG_TIMEOUT = { WECHAT_TIMEOUT_SECONDS: '15' };

/** Sends a request that needs an access token. */
async function bindPhoneNumber(at = 0, headers: Record<string, string> = {}): Promise<HttpResponse<ProblemJson>> {
  const code = await shop.wechat.createPhoneCode();
  return alice.call<ProblemJson>('POST', 'auth/phone', { code }, { at, headers });
}

/**
 * Sends `count` such requests at once, by turns to both instances.
 * @returns the different statuses.
 */
async function bindPhoneNumbers(count: number): Promise<number[]> {
  const codes = await Promise.all(Array.from({ length: count }, () => shop.wechat.createPhoneCode()));
  const replies = await Promise.all(
    codes.map((code, number) => alice.call('POST', 'auth/phone', { code }, { at: number % 2 })),
  );
  return [...new Set(replies.map(({ status }) => status))];
}

/** Fetches a token as another system with the same AppID and AppSecret does. */
function fetchTokenElsewhere(path: string, extra: object = {}): Promise<HttpResponse> {
  const credentials = { grant_type: 'client_credential', appid: MERCHANT.appid, secret: SECRET };
  if (path === STABLE)
    return sendRequest(shop.wechat.url + path, { method: 'POST', body: { ...credentials, ...extra } });
  return sendRequest(`${shop.wechat.url}${path}?${new URLSearchParams(credentials).toString()}`);
}

const countCalls = (path: string): Promise<number> => shop.wechat.countCalls(path);

describe('access token: shared by instances', () => {
  afterEach(closeShop);

  it('100 callers on two instances request one token, and one more when it is due for renewal', async () => {
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

  it('100 callers request one new token after another system has replaced theirs', async () => {
    await openShopWithBuyer(LONG_TIMEOUT, 2);
    await bindPhoneNumbers(2);
    await fetchTokenElsewhere(STABLE, { force_refresh: true });
    const before = await countCalls(STABLE);
    expect(await bindPhoneNumbers(100)).toEqual([200]);
    expect((await countCalls(STABLE)) - before).toBe(1);
  });

  it('100 callers receive the same refusal after at most one request per instance', async () => {
    await openShopWithBuyer(LONG_TIMEOUT, 2);
    await shop.wechat.failNext({ endpoint: 'stable_token', kind: 'err_code', errCode: '40125', times: -1 });
    expect(await bindPhoneNumbers(100)).toEqual([502]);
    expect(await countCalls(STABLE)).toBeLessThanOrEqual(2);
    expect(await countCalls(PHONE_NUMBER_PATH)).toBe(0);
  });
});

describe('access token: storage and renewal', () => {
  afterEach(closeShop);

  it('an instance that starts later uses the stored token', async () => {
    await openShopWithBuyer();
    await bindPhoneNumber();
    await shop.startInstance();
    expect((await bindPhoneNumber(1)).status).toBe(200);
    expect(await countCalls(STABLE)).toBe(1);
  });

  it('the token is encrypted in the database and never logged', async () => {
    await openShopWithBuyer();
    await bindPhoneNumber();
    const [row] = await shop.firstInstance.findAll(AccessToken);
    const { body } = await fetchTokenElsewhere(STABLE);
    const token = /"access_token":"([^"]+)"/.exec(typeof body === 'string' ? body : JSON.stringify(body))?.[1] ?? '';
    expect(token.length).toBeGreaterThan(100);
    const sealed = row?.encryptedToken ?? '';
    expect(sealed).toMatch(/^v1\./);
    for (const form of [token, Buffer.from(token).toString('base64url').slice(0, 40)])
      expect(sealed).not.toContain(form);
    expect(logLines.join()).not.toContain(token);
  });

  it('the current token stays in use when its renewal fails, and the renewal is repeated later', async () => {
    await openShopWithBuyer();
    await bindPhoneNumber();
    await shop.wechat.advanceTime(UNTIL_RENEWAL);
    await shop.wechat.failNext({ endpoint: 'stable_token', kind: 'http500', times: -1 });
    expect((await bindPhoneNumber()).status).toBe(200);
    expect((await bindPhoneNumber()).status).toBe(200);
    expect(await countCalls(STABLE)).toBe(2); // the second caller does not request a token again
    await shop.wechat.clearFaults();
    await shop.wechat.advanceTime({ seconds: 11 });
    expect((await bindPhoneNumber()).status).toBe(200);
    expect(await countCalls(STABLE)).toBe(3);
    await shop.wechat.advanceTime({ minutes: 10 });
    expect((await bindPhoneNumber()).status).toBe(200);
    expect(await countCalls(STABLE)).toBe(3);
  });

  it('another instance takes over when the instance that was fetching the token crashes', async () => {
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

describe('access token: the token request fails', () => {
  beforeAll(() => openShopWithBuyer());
  /** Lets the token of the previous test expire. */
  afterEach(() => shop.wechat.advanceTime({ hours: 3 }));
  afterAll(closeShop);

  it.each(['timeout', 'reset', 'http500', 'html', 'garbage', 'truncated'])(
    'the caller receives WECHAT_UNAVAILABLE when the token request ends in %s',
    async (kind) => {
      const before = await countCalls(PHONE_NUMBER_PATH);
      await shop.wechat.failNext({ endpoint: 'stable_token', kind, when: 'after' });
      expectProblem(await bindPhoneNumber(), 502, 'WECHAT_UNAVAILABLE');
      expect(await countCalls(PHONE_NUMBER_PATH)).toBe(before);
      expect((await bindPhoneNumber()).status).toBe(200); // the lease was released, so the next caller does not wait
    },
  );
});

describe('access token: rejected by an API', () => {
  afterEach(closeShop);

  it.each(['40001', '42001', '40014'])(
    'errcode %s renews the token once and repeats the call once',
    async (errCode) => {
      await openShopWithBuyer();
      await bindPhoneNumber();
      await shop.wechat.failNext({ endpoint: 'getuserphonenumber', kind: 'err_code', errCode });
      expect((await bindPhoneNumber()).status).toBe(200);
      expect(await countCalls(PHONE_NUMBER_PATH)).toBe(3);
      // The usual request returned the rejected token again, so a refresh was forced.
      expect(await countCalls(STABLE)).toBe(3);
    },
  );

  it('repeated rejections force one refresh, because WeChat allows 20 a day', async () => {
    await openShopWithBuyer();
    for (let time = 0; time < 5; time++) {
      await shop.wechat.failNext({ endpoint: 'getuserphonenumber', kind: 'err_code', errCode: '40001' });
      expect((await bindPhoneNumber()).status).toBe(200);
      await shop.wechat.advanceTime({ seconds: 31 });
    }
    const questions = await shop.wechat.getMessages(STABLE);
    expect(questions.filter(({ request }) => request.includes('force_refresh'))).toHaveLength(1);
  });

  it('a second rejection in the same call ends it with WECHAT_UNAVAILABLE', async () => {
    await openShopWithBuyer();
    await shop.wechat.failNext({ endpoint: 'getuserphonenumber', kind: 'err_code', errCode: '40001', times: -1 });
    const problem = expectProblem(await bindPhoneNumber(), 502, 'WECHAT_UNAVAILABLE');
    expect(problem.upstreamCode).toBe('40001');
    expect(await countCalls(PHONE_NUMBER_PATH)).toBe(2);
  });

  it('plain mode: rejections request at most one token a minute', async () => {
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

  it('plain mode: the token that another system replaced is renewed once, five minutes later', async () => {
    await openShopWithBuyer({ WECHAT_ACCESS_TOKEN_MODE: 'plain', ...LONG_TIMEOUT }, 2);
    expect(await bindPhoneNumbers(20)).toEqual([200]);
    expect(await countCalls(PLAIN)).toBe(1);
    await fetchTokenElsewhere(PLAIN);
    await shop.wechat.advanceTime({ minutes: 4 });
    expect(await bindPhoneNumbers(20)).toEqual([200]);
    expect(await countCalls(PLAIN)).toBe(2); // the second request is the other system's
    await shop.wechat.advanceTime({ minutes: 2 });
    expect(await bindPhoneNumbers(50)).toEqual([200]);
    expect([await countCalls(PLAIN), await countCalls(STABLE)]).toEqual([3, 0]);
    expect(logLines.join()).toContain('another system fetches tokens for this AppID');
  });
});

describe('access token: WeChat does not issue one', () => {
  afterEach(closeShop);

  it('errcode 40164: the caller sees the cause without the IP address, and the log has the address', async () => {
    await openShopWithBuyer();
    await shop.wechat.failNext({ endpoint: 'stable_token', kind: 'err_code', errCode: '40164', times: -1 });
    const problem = expectProblem(await bindPhoneNumber(), 502, 'WECHAT_UNAVAILABLE');
    expect(problem.detail).toContain("not in the mini-program's IP allowlist");
    expect(problem).toMatchObject({ upstreamCode: '40164', upstreamMessage: expect.stringContaining('whitelist') });
    expect(JSON.stringify(problem)).not.toContain('203.0.113.9');
    expect((await bindPhoneNumber(0, { 'accept-language': 'zh-CN' })).body.detail).toContain('IP 白名单');
    expect(logLines.join()).toMatch(/40164 \(invalid ip 203\.0\.113\.9 .*IP 白名单/);
    expect(await countCalls(STABLE)).toBe(1); // the second caller receives the same response without a request
  });

  it('errcode 45009: the caller sees the cause, and the service works again when the quota does', async () => {
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
