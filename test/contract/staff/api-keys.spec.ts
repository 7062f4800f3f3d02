import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiKey } from '../../../src/server-api/api-key.entity.js';
import { type ApiKeyJson, ApiKeyClient } from '../../support/clients/api-key-client.js';
import { openTestShop, type TestShop } from '../../support/test-shop.js';
import { type TestStaff, createStaff, type PageJson, logInStaff } from '../support/test-staff.js';
import { expectProblem, INSTANT_PATTERN } from '../support/expect-problem.js';

describe('API keys', () => {
  let shop: TestShop;
  let boss: TestStaff;

  beforeAll(async () => {
    shop = await openTestShop({ instances: 2, environment: { SESSION_TTL_SECONDS: '2592000' } });
    boss = await logInStaff(shop, 'boss');
  });
  afterAll(() => shop.close());

  const list = async (query = 'limit=100'): Promise<PageJson<ApiKeyJson>> =>
    (await boss.call<PageJson<ApiKeyJson>>('GET', `api-keys?${query}`)).body;
  const seen = async ({ key: { id } }: ApiKeyClient): Promise<ApiKeyJson | undefined> =>
    (await list()).items.find((key) => key.id === id);
  const statusOf = async (program: ApiKeyClient, at = 0): Promise<number> =>
    (await program.call('GET', 'me', undefined, { at })).status;

  it('are shown once, and only their hash is stored', async () => {
    const { body, headers } = await boss.call<ApiKeyJson>('POST', 'api-keys', {
      name: 'ERP 仓库',
      scopes: ['refunds:write', 'orders:read'],
    });
    const { key, ...view } = body;
    expect(headers.get('cache-control')).toBe('no-store');
    expect(key).toMatch(/^wxk_test_[0-9A-Z]{16}_[\w-]{43}$|^wxk_live_[0-9A-Z]{16}_[\w-]{43}$/);
    expect(view).toEqual({
      id: expect.any(String),
      name: 'ERP 仓库',
      scopes: ['orders:read', 'refunds:write'],
      status: 'ACTIVE',
      prefix: key.slice(0, 25),
      maxRefundFenPerDay: 1_000_000,
      createdBy: 'boss',
      createdById: boss.id,
      responsibleId: boss.id,
      lastUsedAt: null,
      revokedAt: null,
      createdAt: expect.stringMatching(INSTANT_PATTERN),
      expiresAt: expect.stringMatching(INSTANT_PATTERN),
    });
    const owner = { responsible: { id: boss.id, username: 'boss' }, isOrphaned: false };
    expect((await list()).items[0]).toEqual({ ...view, ...owner });
    const rows = JSON.stringify(await shop.firstInstance.findAll(ApiKey));
    expect(rows).toContain(createHash('sha256').update(key).digest('hex'));
    const audit = await boss.call('GET', `audit-log?q=${body.id}`);
    expect(audit.body).toMatchObject({ items: [{ action: 'api-key.create', before: null, after: view }] });
    for (const text of [rows, JSON.stringify([await list(), audit.body])]) expect(text).not.toContain(key.slice(26));
    expect(JSON.stringify([await list(), audit.body])).not.toContain('keyHash');
  });

  it('return their permissions to the client', async () => {
    const program = await ApiKeyClient.create(shop, boss, { name: 'shop', maxRefundFenPerDay: 5 });
    const { id, name, scopes, maxRefundFenPerDay, expiresAt } = program.key;
    const { body } = await program.call('GET', 'me');
    expect(body).toEqual({ id, name, scopes, maxRefundFenPerDay, expiresAt });
  });

  it.each([
    ['a name of nothing', { name: '' }, 'name'],
    ['a name too long', { name: 'x'.repeat(41) }, 'name'],
    ['a name that could be another’s', { name: 'key:boss' }, 'name'],
    ['a name with a line break', { name: 'a\nb' }, 'name'],
    ['no scope', { scopes: [] }, 'scopes'],
    ['a scope that is none', { scopes: ['*'] }, 'scopes'],
    ['a scope twice', { scopes: ['orders:read', 'orders:read'] }, 'scopes'],
    ['scopes that are no list', { scopes: 'orders:read' }, 'scopes'],
    ['no limit', { maxRefundFenPerDay: null }, 'maxRefundFenPerDay'],
    ['a limit of nothing', { maxRefundFenPerDay: 0 }, 'maxRefundFenPerDay'],
    ['a limit of parts', { maxRefundFenPerDay: 1.5 }, 'maxRefundFenPerDay'],
    ['a limit that no column takes', { maxRefundFenPerDay: 2_000_000_001 }, 'maxRefundFenPerDay'],
    ['an end that is none', { expiresAt: 'tomorrow' }, 'expiresAt'],
    ['an end of null', { expiresAt: null }, 'expiresAt'],
    ['an end in the past', { expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
    ['an unknown field', { secret: 'x' }, 'secret'],
  ])('are not created with %s', async (_what, fields, field) => {
    const body = { name: 'ERP', scopes: ['orders:read'], ...fields };
    const { errors } = expectProblem(await boss.call('POST', 'api-keys', body), 400, 'VALIDATION_FAILED');
    expect(errors?.map((error) => error.field)).toContain(field);
  });

  it('stop working at once and permanently on every instance when they are revoked', async () => {
    const program = await ApiKeyClient.create(shop, boss);
    expect([await statusOf(program), await statusOf(program, 1)]).toEqual([200, 200]);
    const { body } = await boss.call<ApiKeyJson>('POST', `api-keys/${program.key.id}/revoke`);
    expect(body).toMatchObject({ status: 'REVOKED', revokedAt: expect.stringMatching(INSTANT_PATTERN) });
    expect([await statusOf(program, 1), await statusOf(program)]).toEqual([401, 401]);
    const again = await boss.call<ApiKeyJson>('POST', `api-keys/${program.key.id}/revoke`, undefined, 1);
    expect(again).toMatchObject({ status: 200, body: { revokedAt: body.revokedAt } });
    const audit = await boss.call<PageJson<{ action: string }>>('GET', `audit-log?q=${program.key.id}`);
    expect(audit.body.items.map(({ action }) => action)).toEqual(['api-key.revoke', 'api-key.create']);
    expectProblem(await boss.call('POST', 'api-keys/NOSUCH/revoke'), 404, 'API_KEY_NOT_FOUND');
  });

  it('expire at the given time', async () => {
    const expiresAt = new Date(shop.wechat.now().getTime() + 3_600_000).toISOString();
    const program = await ApiKeyClient.create(shop, boss, { expiresAt });
    await shop.wechat.advanceTime({ minutes: 59 });
    expect(await statusOf(program)).toBe(200);
    await shop.wechat.advanceTime({ minutes: 2 });
    expect(await statusOf(program)).toBe(401);
    expect(await seen(program)).toMatchObject({ status: 'EXPIRED', expiresAt });
  });

  it('record when they were last used, to the minute', async () => {
    const program = await ApiKeyClient.create(shop, boss);
    const used = async (): Promise<number> => Date.parse((await seen(program))?.lastUsedAt ?? '');
    await Promise.all(Array.from({ length: 20 }, (_, number) => statusOf(program, number % 2)));
    const first = await used();
    expect(Math.abs(first - shop.wechat.now().getTime())).toBeLessThan(60_000);
    await statusOf(program);
    expect(await used()).toBe(first);
    await shop.wechat.advanceTime({ minutes: 2 });
    await statusOf(program, 1);
    expect((await used()) - first).toBeGreaterThanOrEqual(60_000);
  });

  it('are listed page by page', async () => {
    const made = [await ApiKeyClient.create(shop, boss), await ApiKeyClient.create(shop, boss)];
    const first = await list('limit=1');
    const second = await list(`limit=1&cursor=${first.nextCursor}`);
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(made.map(({ key }) => key.id).reverse());
    expect((await list('limit=1&withTotal=true')).total).toBe((await list()).items.length);
    expectProblem(await boss.call('GET', 'api-keys?cursor=*'), 400, 'VALIDATION_FAILED');
  });

  it('expire after one year by default', async () => {
    const { key } = await ApiKeyClient.create(shop, boss);
    const days = (Date.parse(key.expiresAt ?? '') - Date.parse(key.createdAt)) / 86_400_000;
    expect(days).toBe(365);
  });

  it('cannot be created by an administrator who has been demoted', async () => {
    const eve = await createStaff(shop, 'ADMIN');
    await boss.call('PATCH', `admins/${eve.id}`, { role: 'OPERATOR' });
    const eveAgain = await logInStaff(shop, eve.username);
    expectProblem(await eveAgain.call('POST', 'api-keys', { name: 'x', scopes: ['orders:read'] }), 403, 'FORBIDDEN');
  });
});
