import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { User } from '../../../src/auth/user.entity.js';
import { createApp } from '../../../src/create-app.js';
import type { TestBuyer, ProblemJson } from '../../support/clients/test-buyer.js';
import type { HttpResponse } from '../../../tools/client/http.js';
import { sendRequest } from '../../../tools/client/http.js';
import { SHORT_TIMEOUT, openTestShop, type TestShop } from '../../support/test-shop.js';
import { expectProblem } from '../support/expect-problem.js';

const NUMBER = '13800130000';
const GETUSERPHONENUMBER = '/wxa/business/getuserphonenumber';

const key = (byte: number): string => Buffer.alloc(32, byte).toString('base64');
const bindPhone = (who: TestBuyer, code: unknown, at = 0): Promise<HttpResponse<ProblemJson>> =>
  who.call<ProblemJson>('POST', 'auth/phone', { code }, { at });
const phoneOf = async (who: TestBuyer, at = 0): Promise<string | null> =>
  (await who.call<{ phone: string | null }>('GET', 'auth/me', undefined, { at })).body.phone;

describe('phone number', () => {
  let shop: TestShop;
  let alice: TestBuyer;

  beforeAll(async () => {
    shop = await openTestShop({ instances: 2, environment: SHORT_TIMEOUT });
    alice = await shop.createUser('Alice');
  });
  afterAll(() => shop.close());

  it('is returned masked, and is available masked on every instance', async () => {
    expect(await phoneOf(alice)).toBeNull();
    const { status, body } = await bindPhone(alice, await shop.wechat.createPhoneCode({ number: NUMBER }));
    expect({ status, body }).toEqual({ status: 200, body: { phone: '138****0000' } });
    expect([await phoneOf(alice), await phoneOf(alice, 1)]).toEqual(['138****0000', '138****0000']);
    expect(await phoneOf(await shop.createUser('Bob'))).toBeNull();
  });

  it('can be replaced by another one, also with a foreign country code', async () => {
    const code = await shop.wechat.createPhoneCode({ countryCode: '852', number: '91234567' });
    expect((await bindPhone(alice, code, 1)).body).toEqual({ phone: '+852 ****4567' });
    expect(await phoneOf(alice)).toBe('+852 ****4567');
  });

  it('is stored only encrypted', async () => {
    const carol = await shop.createUser('Carol');
    await bindPhone(carol, await shop.wechat.createPhoneCode({ number: NUMBER }));
    const row = (await shop.firstInstance.findAll(User)).find(({ id }) => id === carol.id);
    const sealed = row?.encryptedPhone ?? '';
    expect(sealed).toMatch(/^v1\.[0-9a-f]{12}\.[\w-]{40,}$/);
    const bytes = Buffer.from(sealed.split('.')[2] ?? '', 'base64url').toString('latin1');
    for (const text of [sealed, bytes]) for (const part of [NUMBER, '0130000', '138']) expect(text).not.toContain(part);
  });

  it('cannot be decrypted after it is copied into the row of another user', async () => {
    const [dave, eve] = [await shop.createUser('Dave'), await shop.createUser('Eve')];
    await bindPhone(dave, await shop.wechat.createPhoneCode());
    const row = (await shop.firstInstance.findAll(User)).find(({ id }) => id === dave.id);
    await shop.rawUpdate(`UPDATE users SET encrypted_phone = '${row?.encryptedPhone ?? ''}' WHERE id = '${eve.id}'`);
    expect(await phoneOf(eve)).toBeNull();
  });

  it('is requested from WeChat with the shared access token', async () => {
    const code = await shop.wechat.createPhoneCode();
    const before = await shop.wechat.countCalls(GETUSERPHONENUMBER);
    expectProblem(
      await sendRequest(`${shop.url}/api/auth/phone`, { method: 'POST', body: { code } }),
      401,
      'UNAUTHENTICATED',
    );
    expect(await shop.wechat.countCalls(GETUSERPHONENUMBER)).toBe(before);
  });

  it.each([undefined, null, '', 7, {}, ['x'], 'x'.repeat(257)])(
    'is not requested from WeChat with %p as a code',
    async (code) => {
      const before = await shop.wechat.countCalls(GETUSERPHONENUMBER);
      expectProblem(await bindPhone(alice, code), 400, 'VALIDATION_FAILED');
      expect(await shop.wechat.countCalls(GETUSERPHONENUMBER)).toBe(before);
    },
  );

  it.each([
    [40029, 401, 'WECHAT_CODE_INVALID'],
    [40163, 401, 'WECHAT_CODE_INVALID'],
    [40226, 403, 'WECHAT_USER_BLOCKED'],
    [45011, 429, 'WECHAT_RATE_LIMITED'],
    [-1, 502, 'WECHAT_UNAVAILABLE'],
    [45009, 502, 'WECHAT_UNAVAILABLE'],
    [47001, 502, 'WECHAT_UNAVAILABLE'],
    [99999, 502, 'WECHAT_UNAVAILABLE'],
  ])("turns WeChat's errcode %s into %s %s, with WeChat's words", async (errcode, status, code) => {
    const problem = expectProblem(await bindPhone(alice, await shop.wechat.createPhoneCode({ errcode })), status, code);
    expect(problem).toMatchObject({ upstreamCode: String(errcode), upstreamMessage: expect.stringContaining('rid:') });
  });

  it('rejects a used, unknown or expired code and explains how to get a new one', async () => {
    const used = await shop.wechat.createPhoneCode();
    expect((await bindPhone(alice, used)).status).toBe(200);
    const old = await shop.wechat.createPhoneCode();
    await shop.wechat.advanceTime({ minutes: 6 });
    for (const code of [used, old, '0'.repeat(64)]) {
      const { detail } = expectProblem(await bindPhone(alice, code), 401, 'WECHAT_CODE_INVALID');
      expect(detail).toContain('getPhoneNumber');
    }
  });

  it.each(['timeout', 'reset', 'http500', 'html', 'garbage', 'truncated', 'other_appid'])(
    'stays unchanged with WECHAT_UNAVAILABLE when the response is: %s',
    async (kind) => {
      const before = await phoneOf(alice);
      await shop.wechat.failNext({ endpoint: 'getuserphonenumber', kind, when: 'after' });
      const reply = await bindPhone(alice, await shop.wechat.createPhoneCode());
      await shop.wechat.clearFaults();
      expect(expectProblem(reply, 502, 'WECHAT_UNAVAILABLE').retryable).toBe(true);
      expect(await phoneOf(alice)).toBe(before);
    },
  );
});

describe('encryption key of phone numbers', () => {
  it('can be set later and changed while the old key is still configured for reading', async () => {
    const shop = await openTestShop();
    const [alice, bob] = [await shop.createUser('Alice'), await shop.createUser('Bob')];
    await bindPhone(alice, await shop.wechat.createPhoneCode({ number: NUMBER }));
    shop.environment['DATA_ENCRYPTION_KEY'] = key(1);
    await shop.startInstance();
    expect(await phoneOf(alice, 1)).toBe('138****0000'); // encrypted with a key derived from the AppSecret
    await bindPhone(bob, await shop.wechat.createPhoneCode({ number: NUMBER }), 1);
    Object.assign(shop.environment, { DATA_ENCRYPTION_KEY: key(2), DATA_ENCRYPTION_OLD_KEYS: `${key(3)},${key(1)}` });
    await shop.startInstance();
    expect([await phoneOf(alice, 2), await phoneOf(bob, 2)]).toEqual(['138****0000', '138****0000']);
    shop.environment['DATA_ENCRYPTION_OLD_KEYS'] = '';
    await shop.startInstance();
    expect(await phoneOf(bob, 3)).toBeNull(); // cannot be decrypted, so the user is asked again
    await bindPhone(bob, await shop.wechat.createPhoneCode({ number: NUMBER }), 3);
    expect(await phoneOf(bob, 3)).toBe('138****0000');
    await shop.close();
  });

  it.each(['short', 'x'.repeat(44), Buffer.alloc(16).toString('base64')])(
    'that is invalid prevents the start: %s',
    async (bad) => {
      const environment = { NODE_ENV: 'test', LOG_LEVEL: 'silent', DATABASE_URL: 'sqlite::memory:' };
      const starting = createApp({ ...environment, DATA_ENCRYPTION_KEY: bad });
      await expect(starting).rejects.toThrow('DATA_ENCRYPTION_KEY must be 32 random bytes');
    },
  );
});

describe('unionid', () => {
  it('is stored at the first login that contains it, and kept by logins without it', async () => {
    const shop = await openTestShop();
    const openid = 'oUnion0000000000000000000001';
    const unionidAfterLogin = async (): Promise<string | null | undefined> => {
      const { code } = await shop.wechat.createLoginCode(openid);
      expect((await sendRequest(`${shop.url}/api/auth/login`, { method: 'POST', body: { code } })).status).toBe(200);
      return (await shop.firstInstance.findAll(User)).find((user) => user.openid === openid)?.unionid;
    };
    expect(await unionidAfterLogin()).toBeNull();
    await shop.wechat.control('POST', 'users', { openid, unionid: 'uShop' });
    expect(await unionidAfterLogin()).toBe('uShop');
    await shop.wechat.control('POST', 'reset'); // the simulator forgets the open-platform account and sends no unionid
    expect(await unionidAfterLogin()).toBe('uShop');
    await shop.close();
  });
});
