import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Clock } from '../../../common/time/clock.js';
import { Metrics } from '../../../common/metrics/metrics.js';
import { readSettings } from '../../../config/read-settings.js';
import {
  AccessTokenStore,
  type AccessTokenLease,
  type AccessTokenSnapshot,
  type StoredAccessToken,
} from '../access-token/access-token-store.js';
import type { Outcome } from '../../pay/outcome.js';
import { miniProgramAccount } from '../access-token/token-account.js';
import { WechatHttpClient } from '../../pay/wechat-http-client.js';
import { PlatformApiClient } from './platform-api.client.js';
import { withoutIpAddresses } from './platform-refusals.js';
import { PlatformHttpClient } from './platform-http.client.js';
import { SharedAccessTokenProvider } from '../access-token/shared-access-token-provider.js';
import { AccessTokenClient } from '../access-token/access-token.client.js';
import { AccessTokenRenewer } from '../access-token/access-token-renewer.js';

const SECRET = '5ecre75ecre75ecre75ecre75ecre75e';
const TOKEN = 'T/+&=?0123456789';

/** The store of a shop with one instance. */
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
let requests: string[];
let logged: string[];
let tokenAnswer: string;
let answer: string;

beforeEach(async () => {
  [requests, logged] = [[], []];
  tokenAnswer = JSON.stringify({ access_token: TOKEN, expires_in: 7200 });
  for (const level of ['log', 'warn', 'error', 'debug'] as const)
    jest.spyOn(Logger.prototype, level).mockImplementation((...words: unknown[]) => void logged.push(inspect(words)));
  server = createServer((request, response) => {
    requests.push(request.url ?? '');
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
  const wire = new PlatformHttpClient(settings, http, new Metrics());
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
    endpoint: 'getuserphonenumber',
    path: '/wxa/some/call',
    body: { a: 1 },
    actions: { 43101: 'GIVE_UP' },
    read: ({ answerBody }) => (typeof answerBody === 'string' ? answerBody : null),
  });

function expectNoSecretIn(outcome: Outcome<string>): void {
  const everything = inspect(outcome, { depth: 20 }) + logged.join();
  for (const secret of [SECRET, TOKEN, encodeURIComponent(TOKEN)]) expect(everything).not.toContain(secret);
}

describe('platform API call', () => {
  it('sends the access token percent-encoded in its URL and fetches it once', async () => {
    answer = JSON.stringify({ errcode: 0, errmsg: 'ok', answerBody: 'yes' });
    expect(await post()).toEqual({ kind: 'done', value: 'yes', raw: answer });
    expectNoSecretIn(await post());
    expect(requests).toHaveLength(3);
    expect(requests[1]).toBe(`/wxa/some/call?${new URLSearchParams({ access_token: TOKEN }).toString()}`);
  });

  it.each<[object, object]>([
    [
      { errcode: 43101, errmsg: 'user refuse' },
      { kind: 'refused', code: '43101', action: 'GIVE_UP' },
    ],
    [{ errcode: 47003 }, { kind: 'refused', code: '47003', action: 'FIX_REQUEST', message: '' }],
    [
      { errcode: 45009, errmsg: 'x'.repeat(500) },
      { kind: 'refused', action: 'RETRY_LATER', message: 'x'.repeat(200) },
    ],
    [
      { errcode: 40001, errmsg: 'invalid' },
      { kind: 'refused', code: '40001', action: 'RETRY_LATER' },
    ],
    [
      { errcode: -1, errmsg: 'busy' },
      { kind: 'unknown', code: '-1', message: 'busy' },
    ],
    [{ errcode: 'x', answerBody: 'yes' }, { kind: 'unknown' }],
    [{ errcode: 0, answerBody: 7 }, { kind: 'unknown' }],
    [['yes'], { kind: 'unknown' }],
  ])('returns the outcome of the response %j', async (answerBody, outcome) => {
    answer = JSON.stringify(answerBody);
    const got = await post();
    expect(got).toMatchObject(outcome);
    expectNoSecretIn(got);
  });
});

describe('platform API call without a token', () => {
  it.each<[string, object]>([
    ['none', { expires_in: 7200 }],
    ['an empty one', { access_token: '', expires_in: 7200 }],
    ['one that is too long', { access_token: 'x'.repeat(2049), expires_in: 7200 }],
    ['one that is a number', { access_token: 7, expires_in: 7200 }],
    ['one without a validity period', { access_token: TOKEN }],
    ['one that has expired', { access_token: TOKEN, expires_in: 0 }],
    ['one whose validity period is a text', { access_token: TOKEN, expires_in: '7200' }],
  ])('is not made, and its outcome is unknown, when WeChat returns %s', async (_what, answerBody) => {
    tokenAnswer = JSON.stringify(answerBody);
    const outcome = await post();
    expect(outcome).toMatchObject({ kind: 'unknown', raw: null });
    expectNoSecretIn(outcome);
    expect(requests).toEqual(['/cgi-bin/stable_token']);
  });

  it.each([40125, 40164, 45009, 99999])(
    'is not made and may be retried later when WeChat refuses the token with %d',
    async (errcode) => {
      tokenAnswer = JSON.stringify({ errcode, errmsg: 'no' });
      const outcome = await post();
      expect(outcome).toMatchObject({ kind: 'refused', code: String(errcode), action: 'RETRY_LATER', raw: '' });
      expect(logged.join()).toContain(`errcode ${errcode}`);
      expectNoSecretIn(outcome);
    },
  );
});

describe('withoutIpAddresses', () => {
  it.each([
    ['invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist, rid: 1a-2b', /^invalid ip … ipv6 ….*whitelist/],
    ['invalid ip 2001:db8::7, not in whitelist', /^invalid ip …, not in whitelist$/],
    ['invalid code, rid: 692f0000-1a2b3c4d-5e6f7a8b', /^invalid code, rid: 692f0000-1a2b3c4d-5e6f7a8b$/],
  ])("removes our addresses from WeChat's text: %s", (text, shown) => {
    expect(withoutIpAddresses(text)).toMatch(shown);
    expect(withoutIpAddresses(text)).not.toMatch(/203\.0|2001:|ffff/);
  });
});
