import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { Metrics } from '../../common/metrics.js';
import { readSettings } from '../../config/read-settings.js';
import {
  AccessTokenStore,
  type AccessTokenLease,
  type AccessTokenSnapshot,
  type StoredAccessToken,
} from '../access-token-store.js';
import type { Outcome } from '../outcome.js';
import { miniProgramAccount } from '../token-account.js';
import { WechatHttpClient } from '../wechat-http-client.js';
import { PlatformApiClient } from './platform-api.client.js';
import { withoutIpAddresses } from './platform-refusals.js';
import { PlatformHttpClient } from './platform-http.client.js';
import { SharedAccessTokenProvider } from './shared-access-token-provider.js';
import { AccessTokenClient } from './access-token.client.js';
import { AccessTokenRenewer } from './access-token-renewer.js';

const SECRET = '5ecre75ecre75ecre75ecre75ecre75e';
const TOKEN = 'T/+&=?0123456789';

/** The shelf of a shop with one instance. */
class InMemoryAccessTokenStore extends AccessTokenStore {
  private view: AccessTokenSnapshot = { token: null, serial: 0, forcedAt: null };

  override get(): Promise<AccessTokenSnapshot> {
    return Promise.resolve(this.view);
  }
  override claim({ serial }: AccessTokenSnapshot): Promise<AccessTokenLease | null> {
    return Promise.resolve({ id: 'lease', serial: serial + 1 });
  }
  override save(_lease: AccessTokenLease, token: StoredAccessToken, forcedAt: Date | null): Promise<boolean> {
    this.view = { token, serial: token.serial, forcedAt };
    return Promise.resolve(true);
  }
  override release(): Promise<void> {
    return Promise.resolve();
  }
}

let server: Server;
let http: WechatHttpClient;
let api: PlatformApiClient;
let asked: string[];
let logged: string[];
let tokenAnswer: string;
let answer: string;

beforeEach(async () => {
  [asked, logged] = [[], []];
  tokenAnswer = JSON.stringify({ access_token: TOKEN, expires_in: 7200 });
  for (const level of ['log', 'warn', 'error', 'debug'] as const)
    jest.spyOn(Logger.prototype, level).mockImplementation((...words: unknown[]) => void logged.push(inspect(words)));
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end(request.url === '/cgi-bin/stable_token' ? tokenAnswer : answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const settings = readSettings({
    WECHAT_MODE: 'simulator',
    WECHAT_API_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    WECHAT_APP_SECRET: SECRET,
  });
  const clock = new Clock();
  http = new WechatHttpClient(settings);
  const wire = new PlatformHttpClient(settings, http, new Metrics(clock));
  const renewal = new AccessTokenRenewer(
    settings,
    clock,
    new InMemoryAccessTokenStore(),
    new AccessTokenClient(miniProgramAccount(settings), wire),
  );
  api = new PlatformApiClient(new SharedAccessTokenProvider(clock, renewal), wire);
});

afterEach(async () => {
  jest.restoreAllMocks();
  await http.onApplicationShutdown();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const post = (): Promise<Outcome<string>> =>
  api.post({
    ...{ endpoint: 'getuserphonenumber', path: '/wxa/some/call', body: { a: 1 }, actions: { 43101: 'STOP' } },
    read: ({ said }) => (typeof said === 'string' ? said : null),
  });

function expectNoSecretIn(outcome: Outcome<string>): void {
  const everything = inspect(outcome, { depth: 20 }) + logged.join();
  for (const secret of [SECRET, TOKEN, encodeURIComponent(TOKEN)]) expect(everything).not.toContain(secret);
}

describe('a call of the platform', () => {
  it('carries the token in its address, whatever signs it has, and gets it once', async () => {
    answer = JSON.stringify({ errcode: 0, errmsg: 'ok', said: 'yes' });
    expect(await post()).toEqual({ kind: 'done', value: 'yes', raw: answer });
    expectNoSecretIn(await post());
    expect(asked).toHaveLength(3);
    expect(asked[1]).toBe(`/wxa/some/call?${new URLSearchParams({ access_token: TOKEN }).toString()}`);
  });

  it.each<[object, object]>([
    [
      { errcode: 43101, errmsg: 'user refuse' },
      { kind: 'refused', code: '43101', action: 'STOP' },
    ],
    [{ errcode: 47003 }, { kind: 'refused', code: '47003', action: 'FIX', message: '' }],
    [
      { errcode: 45009, errmsg: 'x'.repeat(500) },
      { kind: 'refused', action: 'WAIT', message: 'x'.repeat(200) },
    ],
    [
      { errcode: 40001, errmsg: 'invalid' },
      { kind: 'refused', code: '40001', action: 'WAIT' },
    ],
    [
      { errcode: -1, errmsg: 'busy' },
      { kind: 'unknown', code: '-1', message: 'busy' },
    ],
    [{ errcode: 'x', said: 'yes' }, { kind: 'unknown' }],
    [{ errcode: 0, said: 7 }, { kind: 'unknown' }],
    [['yes'], { kind: 'unknown' }],
  ])('answered with %j has its outcome', async (said, outcome) => {
    answer = JSON.stringify(said);
    const got = await post();
    expect(got).toMatchObject(outcome);
    expectNoSecretIn(got);
  });
});

describe('without a token', () => {
  it.each<[string, object]>([
    ['none', { expires_in: 7200 }],
    ['an empty one', { access_token: '', expires_in: 7200 }],
    ['an endless one', { access_token: 'x'.repeat(2049), expires_in: 7200 }],
    ['one that is a number', { access_token: 7, expires_in: 7200 }],
    ['one without a life', { access_token: TOKEN }],
    ['one whose life is over', { access_token: TOKEN, expires_in: 0 }],
    ['one whose life is a text', { access_token: TOKEN, expires_in: '7200' }],
  ])('nothing is called, and nobody knows: %s', async (_what, said) => {
    tokenAnswer = JSON.stringify(said);
    const outcome = await post();
    expect(outcome).toMatchObject({ kind: 'unknown', raw: null });
    expectNoSecretIn(outcome);
    expect(asked).toEqual(['/cgi-bin/stable_token']);
  });

  it.each([40125, 40164, 45009, 99999])('because WeChat says %d the call may be made later', async (errcode) => {
    tokenAnswer = JSON.stringify({ errcode, errmsg: 'no' });
    const outcome = await post();
    expect(outcome).toMatchObject({ kind: 'refused', code: String(errcode), action: 'WAIT', raw: '' });
    expect(logged.join()).toContain(`errcode ${errcode}`);
    expectNoSecretIn(outcome);
  });
});

describe("WeChat's text for callers", () => {
  it.each([
    ['invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist, rid: 1a-2b', /^invalid ip … ipv6 ….*whitelist/],
    ['invalid ip 2001:db8::7, not in whitelist', /^invalid ip …, not in whitelist$/],
    ['invalid code, rid: 692f0000-1a2b3c4d-5e6f7a8b', /^invalid code, rid: 692f0000-1a2b3c4d-5e6f7a8b$/],
  ])('names no address of ours: %s', (text, shown) => {
    expect(withoutIpAddresses(text)).toMatch(shown);
    expect(withoutIpAddresses(text)).not.toMatch(/203\.0|2001:|ffff/);
  });
});
