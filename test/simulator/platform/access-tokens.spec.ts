import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MerchantServer } from '../support/merchant-server.js';
import { APPID, SECRET } from '../support/signing.js';

type Json = Record<string, unknown>;

let shop: MerchantServer;
beforeAll(async () => {
  shop = await MerchantServer.start();
  await shop.control('PUT', '/clock', { speed: 0 }); // virtual time stands still, so the seconds are exact
});
beforeEach(() => shop.control('POST', '/reset'));
afterAll(() => shop.close());

const CREDENTIALS = { grant_type: 'client_credential', appid: APPID, secret: SECRET };

async function plain(changes: Record<string, string> = {}): Promise<Json> {
  const query = new URLSearchParams({ ...CREDENTIALS, ...changes });
  return (await (await fetch(`${shop.wechat.url}/cgi-bin/token?${query.toString()}`)).json()) as Json;
}

async function stable(changes: Json = {}): Promise<Json> {
  const body = JSON.stringify({ ...CREDENTIALS, ...changes });
  const response = await fetch(`${shop.wechat.url}/cgi-bin/stable_token`, { method: 'POST', body });
  expect(response.status).toBe(200);
  return (await response.json()) as Json;
}

async function phone(token: unknown, code: unknown): Promise<Json> {
  const address = `${shop.wechat.url}/wxa/business/getuserphonenumber?access_token=${String(token)}`;
  return (await (await fetch(address, { method: 'POST', body: JSON.stringify({ code }) })).json()) as Json;
}

const phoneCode = async (input: Json = {}): Promise<Json> => (await shop.control('POST', '/phone-codes', input)).body;

/** The errcode of a call with the token. The code is unknown, so 40029 means that the token is valid. */
const errcodeFor = async (token: unknown): Promise<unknown> => (await phone(token, 'none'))['errcode'];
const TOKEN_IS_VALID = 40029;

describe('simulator access tokens: the plain token', () => {
  it('is valid for two hours and differs at each request', async () => {
    const first = await plain();
    expect(first).toEqual({ access_token: expect.stringMatching(/^\w{100,512}$/), expires_in: 7200 });
    expect((await plain())['access_token']).not.toBe(first['access_token']);
    await shop.advanceClock(7200);
    expect(await errcodeFor(first['access_token'])).toBe(42001);
  });

  it('stays valid for five minutes after the next one is issued', async () => {
    const { access_token: old } = await plain();
    const { access_token: next } = await plain();
    await shop.advanceClock(299);
    expect([await errcodeFor(old), await errcodeFor(next)]).toEqual([TOKEN_IS_VALID, TOKEN_IS_VALID]);
    await shop.advanceClock(1);
    expect([await errcodeFor(old), await errcodeFor(next)]).toEqual([40001, TOKEN_IS_VALID]);
  });

  it('is refused with 45009 above the daily quota of a Beijing day', async () => {
    await shop.setBehaviours({ plainTokensPerDay: 2 });
    expect([await plain(), await plain(), await plain()].map(({ errcode }) => errcode)).toEqual([
      ...[undefined, undefined, 45009],
    ]);
    await shop.advanceClock(86_400);
    expect(await plain()).toHaveProperty('access_token');
  });
});

describe('simulator access tokens: the stable token', () => {
  it('stays the same while expires_in decreases', async () => {
    const first = await stable();
    await shop.advanceClock(100);
    expect(await stable()).toEqual({ access_token: first['access_token'], expires_in: 7100 });
  });

  it('is replaced five minutes before it expires and stays valid until then', async () => {
    const { access_token: old } = await stable();
    await shop.advanceClock(6899);
    expect(await stable()).toMatchObject({ access_token: old, expires_in: 301 });
    await shop.advanceClock(1);
    const next = await stable();
    expect(next['access_token']).not.toBe(old);
    expect([await errcodeFor(old), await errcodeFor(next['access_token'])]).toEqual([TOKEN_IS_VALID, TOKEN_IS_VALID]);
    await shop.advanceClock(300);
    expect([await errcodeFor(old), await errcodeFor(next['access_token'])]).toEqual([42001, TOKEN_IS_VALID]);
  });

  it('is ended at once by force_refresh, which is limited to one in 30 seconds and to a daily quota', async () => {
    await shop.setBehaviours({ forcedTokensPerDay: 2 });
    const { access_token: old } = await stable();
    const { access_token: forced } = await stable({ force_refresh: true });
    expect([await errcodeFor(old), await errcodeFor(forced)]).toEqual([40001, TOKEN_IS_VALID]);
    expect(await stable({ force_refresh: true })).toMatchObject({ errcode: 45009 });
    await shop.advanceClock(30);
    expect(await stable({ force_refresh: true })).toHaveProperty('access_token');
    await shop.advanceClock(30);
    expect(await stable({ force_refresh: true })).toMatchObject({ errcode: 45009 });
    expect(await stable()).toHaveProperty('access_token');
  });

  it('is independent of the plain token', async () => {
    const [{ access_token: one }, { access_token: other }] = [await stable(), await plain()];
    await stable({ force_refresh: true });
    await shop.advanceClock(301);
    expect(await errcodeFor(one)).toBe(40001);
    expect(await errcodeFor(other)).toBe(TOKEN_IS_VALID);
  });
});

describe('simulator access tokens: the request', () => {
  it.each([
    [{ grant_type: 'authorization_code' }, 40002],
    [{ appid: '' }, 41002],
    [{ secret: '' }, 41004],
    [{ appid: 'wx0000000000000000' }, 40013],
    [{ secret: 'wrong' }, 40125],
  ])('with %j is refused with errcode %i by both calls', async (changes, errcode) => {
    expect(await plain(changes)).toMatchObject({ errcode });
    expect(await stable(changes)).toMatchObject({ errcode });
  });

  it('is refused with the wrong method or a body that is not JSON', async () => {
    const ask = async (path: string, init?: RequestInit): Promise<unknown> =>
      ((await (await fetch(`${shop.wechat.url}/cgi-bin/${path}`, init)).json()) as Json)['errcode'];
    expect(await ask('token', { method: 'POST' })).toBe(43001);
    expect(await ask('stable_token')).toBe(43002);
    expect(await ask('stable_token', { method: 'POST', body: 'grant_type=client_credential' })).toBe(47001);
  });

  it('appears in the exchange log without secret and token', async () => {
    const { access_token } = await stable();
    await plain();
    await phone(access_token, 'none');
    const asked = (await shop.listItems('/messages')).map(({ path, request }) => [path, request]);
    expect(asked).toHaveLength(3);
    expect(JSON.stringify(asked)).not.toContain(SECRET);
    expect(JSON.stringify(asked)).not.toContain(access_token);
  });
});

describe('simulator phone number', () => {
  it('is returned once for its code, with the appid of the mini-program', async () => {
    const { access_token } = await stable();
    const { code } = await phoneCode({ number: '13800138000' });
    expect(await phone(access_token, code)).toEqual({
      errcode: 0,
      errmsg: 'ok',
      phone_info: {
        phoneNumber: '13800138000',
        purePhoneNumber: '13800138000',
        countryCode: '86',
        watermark: { timestamp: expect.any(Number), appid: APPID },
      },
    });
    expect(await phone(access_token, code)).toMatchObject({ errcode: 40029 });
  });

  it('includes the country code when it is foreign, except in purePhoneNumber', async () => {
    const { access_token } = await stable();
    const { code } = await phoneCode({ countryCode: '852', number: '91234567' });
    expect(await phone(access_token, code)).toMatchObject({
      phone_info: { phoneNumber: '+85291234567', purePhoneNumber: '91234567', countryCode: '852' },
    });
  });

  it('is refused after five minutes, without a token, or for a code with an errcode; the token is checked first', async () => {
    const { access_token } = await stable();
    const { code } = await phoneCode();
    expect(await phone('', code)).toMatchObject({ errcode: 41001 });
    expect(await phone('invented', code)).toMatchObject({ errcode: 40001 });
    expect(await phone(access_token, (await phoneCode({ errcode: 40226 }))['code'])).toMatchObject({ errcode: 40226 });
    await shop.advanceClock(300);
    expect(await phone(access_token, code)).toMatchObject({ errcode: 40029 });
  });

  it('keeps its code after a fault before the effect, and uses it up with a fault after the effect', async () => {
    const { access_token } = await stable();
    const { code } = await phoneCode();
    await shop.addFault({ endpoint: 'getuserphonenumber', kind: 'SYSTEMERROR' });
    await shop.addFault({ endpoint: 'getuserphonenumber', kind: 'err_code', errCode: '40164' });
    expect(await phone(access_token, code)).toMatchObject({ errcode: -1 });
    expect(await phone(access_token, code)).toMatchObject({ errcode: 40164, errmsg: expect.stringContaining('203.') });
    await shop.addFault({ endpoint: 'getuserphonenumber', kind: 'other_appid' });
    expect(await phone(access_token, code)).toMatchObject({
      phone_info: { watermark: { appid: 'wx0000000000000000' } },
    });
    expect(await phone(access_token, code)).toMatchObject({ errcode: 40029 });
  });
});
