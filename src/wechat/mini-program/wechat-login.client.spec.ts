import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { DomainError } from '../../common/problem/domain-error.js';
import { Metrics } from '../../common/metrics/metrics.js';
import { toProblem } from '../../common/problem/problem.js';
import type { ProblemCode } from '../../common/problem/problem-catalog.js';
import { readSettings } from '../../config/read-settings.js';
import { WechatHttpClient } from '../pay/wechat-http-client.js';
import { WechatLoginClient } from './wechat-login.client.js';

const SECRET = '5ecre75ecre75ecre75ecre75ecre75e';
const SESSION_KEY = 'c2Vzc2lvbi1rZXktMDEyMw==';
const OPENID = 'oDemo5pQ0x7Rk2Jw9YtVb3Lz8NcA';
const CODE = '0a1B2c3D4e5F6a7B8c9D0e1F2a3B4c5D';

let server: Server;
let http: WechatHttpClient;
let platform: WechatLoginClient;
let requests: URL[];
let logged: string[];
let answer: (response: ServerResponse) => void;

beforeEach(async () => {
  requests = [];
  logged = [];
  for (const level of ['log', 'warn', 'error', 'debug', 'verbose'] as const) {
    jest.spyOn(Logger.prototype, level).mockImplementation((...words: unknown[]) => void logged.push(inspect(words)));
  }
  server = createServer((request: IncomingMessage, response: ServerResponse) => {
    requests.push(new URL(`${request.method ?? ''}:${request.url ?? ''}`, 'http://wechat'));
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const settings = readSettings({
    WECHAT_MODE: 'simulator',
    WECHAT_API_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    WECHAT_APP_SECRET: SECRET,
    WECHAT_TIMEOUT_SECONDS: '1',
  });
  http = new WechatHttpClient(settings);
  platform = new WechatLoginClient(settings, http, new Metrics());
});

afterEach(async () => {
  jest.restoreAllMocks();
  await http.onApplicationShutdown();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const answers =
  (text: string, status = 200) =>
  (response: ServerResponse): void =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(text);

async function refusal(): Promise<DomainError> {
  const outcome: unknown = await platform.exchangeLoginCode(CODE).catch((error: unknown) => error);
  if (!(outcome instanceof DomainError)) throw new Error(`No refusal: ${inspect(outcome)}`);
  return outcome;
}

/** Neither the client nor the log, with the error in full depth, may contain a secret. */
function expectNoSecretIn(error: DomainError): void {
  const everything = [inspect(error, { depth: 20 }), String(error.stack), JSON.stringify(toProblem(error, 'r', 'zh'))];
  for (const text of [...everything, ...logged]) {
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain(SESSION_KEY);
    expect(text).not.toContain(CODE);
  }
}

describe('login code', () => {
  it('is exchanged for the openid as documented, and the session_key is dropped', async () => {
    answer = answers(JSON.stringify({ openid: OPENID, session_key: SESSION_KEY, unionid: 'oUnion' }));
    expect(await platform.exchangeLoginCode(CODE)).toEqual({
      appId: 'wx8888888888888888',
      openid: OPENID,
      unionid: 'oUnion',
    });
    const [call] = requests;
    expect(call?.href.startsWith('get:/sns/jscode2session?')).toBe(true);
    expect(Object.fromEntries(call?.searchParams ?? [])).toEqual({
      appid: 'wx8888888888888888',
      secret: SECRET,
      js_code: CODE,
      grant_type: 'authorization_code',
    });
  });

  it.each([
    ['without a unionid', { openid: OPENID, session_key: SESSION_KEY }, null],
    ['with an empty unionid', { openid: OPENID, unionid: '' }, null],
    ['with errcode 0', { errcode: 0, errmsg: 'ok', openid: OPENID, unionid: 'oU' }, 'oU'],
  ])('is accepted with a response %s', async (_what, body, unionid) => {
    answer = answers(JSON.stringify(body));
    expect(await platform.exchangeLoginCode(CODE)).toEqual({ appId: 'wx8888888888888888', openid: OPENID, unionid });
  });

  it('is percent-encoded, so that it cannot become another parameter', async () => {
    answer = answers(JSON.stringify({ openid: OPENID }));
    await platform.exchangeLoginCode('x&appid=wxEvil#?/../');
    expect(requests[0]?.searchParams.getAll('appid')).toEqual(['wx8888888888888888']);
    expect(requests[0]?.searchParams.get('js_code')).toBe('x&appid=wxEvil#?/../');
  });
});

describe('login code: refused by WeChat', () => {
  it.each<[number, ProblemCode]>([
    [40029, 'WECHAT_CODE_INVALID'],
    [40163, 'WECHAT_CODE_INVALID'],
    [40226, 'WECHAT_USER_BLOCKED'],
    [45011, 'WECHAT_RATE_LIMITED'],
    [-1, 'WECHAT_UNAVAILABLE'],
    [40013, 'WECHAT_UNAVAILABLE'],
    [40125, 'WECHAT_UNAVAILABLE'],
    [41002, 'WECHAT_UNAVAILABLE'],
    [41004, 'WECHAT_UNAVAILABLE'],
    [41008, 'WECHAT_UNAVAILABLE'],
    [99999, 'WECHAT_UNAVAILABLE'],
  ])('with errcode %d returns %s without a retry', async (errcode, code) => {
    answer = answers(JSON.stringify({ errcode, errmsg: 'invalid code, rid: 692f0000-1a2b3c4d-5e6f7a8b' }));
    const error = await refusal();
    expect(error.code).toBe(code);
    expect(error.context.upstream?.code).toBe(String(errcode));
    expect(requests).toHaveLength(1);
    expectNoSecretIn(error);
  });

  it.each([40013, 40125, 41002, 41004])('with the configuration error %d logs an error', async (errcode) => {
    answer = answers(JSON.stringify({ errcode, errmsg: 'no' }));
    await refusal();
    expect(logged.join()).toContain(`errcode ${errcode}`);
  });
});

describe('login code: unusable response', () => {
  it.each<[string, (response: ServerResponse) => void]>([
    ['HTTP 500', answers(JSON.stringify({ openid: OPENID }), 500)],
    ['HTTP 404', answers('not found', 404)],
    ['an HTML page', answers('<html>maintenance</html>')],
    ['nothing', answers('')],
    ['a list', answers('[]')],
    ['a text', answers('"ok"')],
    ['null', answers('null')],
    ['half an object', answers(`{"openid":"${OPENID}`)],
    ['no openid', answers(JSON.stringify({ session_key: SESSION_KEY }))],
    ['an empty openid', answers(JSON.stringify({ openid: '', session_key: SESSION_KEY }))],
    ['an openid that is a number', answers(JSON.stringify({ openid: 5, session_key: SESSION_KEY }))],
    ['an openid that is too long', answers(JSON.stringify({ openid: 'o'.repeat(129) }))],
    ['an errcode that is not a number', answers(JSON.stringify({ errcode: 'x', openid: OPENID }))],
    ['a body that is too large', answers(`{"openid":"${'o'.repeat(400_000)}"}`)],
    ['a reset', (response): void => void response.socket?.resetAndDestroy()],
    ['silence', (): void => undefined],
  ])('returns WECHAT_UNAVAILABLE for %s', async (_what, reply) => {
    answer = reply;
    const error = await refusal();
    expect(error.code).toBe('WECHAT_UNAVAILABLE');
    expectNoSecretIn(error);
    expect(requests).toHaveLength(1);
  });

  it('returns WECHAT_UNAVAILABLE when the host cannot be reached', async () => {
    server.close();
    const error = await refusal();
    expect(error.code).toBe('WECHAT_UNAVAILABLE');
    expectNoSecretIn(error);
  });
});
