import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MerchantServer } from '../support/merchant-server.js';
import { APPID, OPENID, SECRET } from '../support/signing.js';

let shop: MerchantServer;
beforeAll(async () => {
  shop = await MerchantServer.start();
});
beforeEach(() => shop.control('POST', '/reset'));
afterAll(() => shop.close());

const codeFor = async (input: Record<string, unknown> = {}): Promise<string> =>
  String((await shop.control('POST', '/codes', input)).body['code']);

async function exchange(js_code: string, changes: Record<string, string> = {}): Promise<Record<string, unknown>> {
  const whole = { appid: APPID, secret: SECRET, js_code, grant_type: 'authorization_code', ...changes };
  const given = Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== ''));
  const response = await fetch(`${shop.wechat.url}/sns/jscode2session?${new URLSearchParams(given).toString()}`);
  expect(response.status).toBe(200);
  return (await response.json()) as Record<string, unknown>;
}

describe('simulator jscode2session', () => {
  it('returns the same openid and another session_key at each login of a user', async () => {
    const first = await exchange(await codeFor({ openid: OPENID }));
    const second = await exchange(await codeFor({ openid: OPENID }));
    expect([first['openid'], second['openid']]).toEqual([OPENID, OPENID]);
    expect(second['session_key']).not.toBe(first['session_key']);
    await shop.control('POST', '/users', { openid: OPENID, unionid: 'uDemo' });
    expect(await exchange(await codeFor({ openid: OPENID }))).toMatchObject({ unionid: 'uDemo' });
  });

  it('accepts a code once and for five minutes', async () => {
    const code = await codeFor();
    await exchange(code);
    expect(await exchange(code)).toMatchObject({
      errcode: 40163,
      errmsg: expect.stringMatching(/^code been used, rid: /),
    });
    const old = await codeFor();
    await shop.advanceClock(300);
    expect(await exchange(old)).toMatchObject({ errcode: 40029 });
    expect(await exchange('invented')).toMatchObject({ errcode: 40029 });
  });

  it.each([
    [{ appid: '' }, 41002],
    [{ secret: '' }, 41004],
    [{ js_code: '' }, 41008],
    [{ appid: 'wx0000000000000000' }, 40013],
    [{ secret: 'wrong' }, 40125],
    [{ grant_type: 'client_credential' }, 40002],
  ])('responds to %j with errcode %i, and the code stays valid', async (changes, errcode) => {
    const code = await codeFor();
    expect(await exchange(code, changes)).toMatchObject({ errcode });
    expect(await exchange(code)).toHaveProperty('openid');
  });

  it.each([-1, 40029, 40163, 40226, 45011])(
    'responds with errcode %i for a code with this errcode',
    async (errcode) => {
      expect(await exchange(await codeFor({ errcode }))).toMatchObject({ errcode });
    },
  );

  it('is limited to a hundred logins per minute and user', async () => {
    const codes = await Promise.all(Array.from({ length: 101 }, () => codeFor({ openid: OPENID })));
    const answers = await Promise.all(codes.map((code) => exchange(code)));
    expect(answers.filter(({ errcode }) => errcode === 45011)).toHaveLength(1);
    await shop.advanceClock(60);
    expect(await exchange(await codeFor({ openid: OPENID }))).toHaveProperty('openid');
  });

  it('uses up the code even when the response is lost', async () => {
    const code = await codeFor();
    await shop.addFault({ endpoint: 'jscode2session', kind: 'SYSTEMERROR', when: 'after' });
    expect(await exchange(code)).toMatchObject({ errcode: -1 });
    expect(await exchange(code)).toMatchObject({ errcode: 40163 });
    await shop.addFault({ endpoint: 'jscode2session', kind: 'SYSTEMERROR' });
    const other = await codeFor();
    expect(await exchange(other)).toMatchObject({ errcode: -1 });
    expect(await exchange(other)).toHaveProperty('openid');
  });

  it('never writes the secret into the exchange log', async () => {
    await exchange(await codeFor());
    expect(JSON.stringify(await shop.listItems('/messages'))).not.toContain(SECRET);
  });
});

describe('simulator control API', () => {
  it('serves its OpenAPI description and rejects unknown fields', async () => {
    const { body } = await shop.control('GET', '/openapi.json');
    expect(Object.keys(body['paths'] as object)).toContain('/_control/orders/{out_trade_no}/notify');
    expect((await shop.control('POST', '/codes', { openid: 'oNobody' })).status).toBe(404);
    expect((await shop.control('GET', '/orders/NONE01')).status).toBe(404);
    expect((await shop.control('PUT', '/clock', { advanceSeconds: -1 })).status).toBe(400);
    expect((await shop.control('PUT', '/behaviours', { earlyClose: 'perhaps' })).status).toBe(400);
    const broken = await fetch(`${shop.wechat.url}/_control/codes`, { method: 'POST', body: '{' });
    expect(broken.status).toBe(400);
    expect(broken.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  });

  it('closes open connections at once when the simulator stops', async () => {
    const other = await MerchantServer.start();
    await other.addFault({ endpoint: 'jscode2session', kind: 'timeout' });
    const hanging = fetch(`${other.wechat.url}/sns/jscode2session`).catch(() => 'cut');
    while ((await other.listItems('/messages')).length === 0);
    await other.close();
    expect(await hanging).toBe('cut');
  });
});
