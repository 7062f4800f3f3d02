import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDataSource } from '../../../src/database/data-source/open-data-source.js';
import { ApiKey } from '../../../src/server-api/api-key.entity.js';
import { dataSourceOptionsFor } from '../../../src/tables.js';
import { type ApiKeyJson, ApiKeyClient } from '../../support/clients/api-key-client.js';
import { openTestShop, type TestShop } from '../../support/test-shop.js';
import { type TestStaff, createStaff, type PageJson, logInStaff } from '../support/test-staff.js';
import { expectProblem } from '../support/expect-problem.js';

interface ChangedStaffJson {
  disabled: boolean;
  apiKeys: ApiKeyJson[];
}

describe('API keys:', () => {
  let shop: TestShop;
  let boss: TestStaff;

  beforeAll(async () => {
    shop = await openTestShop({ instances: 2 });
    boss = await logInStaff(shop, 'boss');
  });
  afterAll(() => shop.close());

  const statusOf = async (program: ApiKeyClient): Promise<number> => (await program.call('GET', 'me')).status;
  const shown = async ({ key }: ApiKeyClient): Promise<ApiKeyJson | undefined> =>
    (await boss.call<PageJson<ApiKeyJson>>('GET', 'api-keys?limit=100')).body.items.find(({ id }) => id === key.id);
  const actionsOn = async ({ key }: ApiKeyClient): Promise<string[]> =>
    (await boss.call<PageJson<{ action: string }>>('GET', `audit-log?q=${key.id}`)).body.items.map((row) => row.action);
  async function createAdminWithKeys(): Promise<{ eve: TestStaff; programs: ApiKeyClient[] }> {
    const eve = await createStaff(shop, 'ADMIN');
    return { eve, programs: [await ApiKeyClient.create(shop, eve), await ApiKeyClient.create(shop, eve)] };
  }

  it.each([
    ['disabled', { disabled: true }],
    ['demoted', { role: 'OPERATOR' }],
    ['disabled by a caller who says so', { disabled: true, apiKeys: 'revoke' }],
  ])('an administrator who is %s loses every live key at once', async (_how, change) => {
    const { eve, programs } = await createAdminWithKeys();
    const { body } = await boss.call<ChangedStaffJson>('PATCH', `admins/${eve.id}`, change);
    expect(body.apiKeys.map(({ id, status }) => [id, status])).toEqual(programs.map(({ key }) => [key.id, 'REVOKED']));
    for (const program of programs) {
      expect(await statusOf(program)).toBe(401);
      expect(await actionsOn(program)).toEqual(['api-key.revoke', 'api-key.create']);
    }
  });

  it('keys that an administrator takes over keep working and name the responsible administrator', async () => {
    const { eve, programs } = await createAdminWithKeys();
    const change = { disabled: true, apiKeys: 'takeOver' };
    const { body } = await boss.call<ChangedStaffJson>('PATCH', `admins/${eve.id}`, change);
    expect(body.apiKeys.map(({ responsibleId }) => responsibleId)).toEqual([boss.id, boss.id]);
    for (const program of programs) {
      expect(await statusOf(program)).toBe(200);
      expect(await shown(program)).toMatchObject({
        createdBy: eve.username,
        createdById: eve.id,
        isOrphaned: false,
        responsible: { id: boss.id, username: 'boss' },
      });
      expect(await actionsOn(program)).toEqual(['api-key.take-over', 'api-key.create']);
    }
  });

  it('an administrator cannot take over their own keys while demoting themselves', async () => {
    const { eve, programs } = await createAdminWithKeys();
    const refused = await eve.call('PATCH', `admins/${eve.id}`, { role: 'VIEWER', apiKeys: 'takeOver' });
    expectProblem(refused, 400, 'VALIDATION_FAILED');
    for (const program of programs) expect(await statusOf(program)).toBe(200);
  });

  it('a change that removes no rights does not affect the keys', async () => {
    const { eve, programs } = await createAdminWithKeys();
    const { body } = await boss.call<ChangedStaffJson>('PATCH', `admins/${eve.id}`, { disabled: false });
    expect(body.apiKeys).toEqual([]);
    for (const program of programs) expect(await statusOf(program)).toBe(200);
  });

  it('a key that is created while its creator is being disabled is revoked', async () => {
    for (let round = 0; round < 5; round++) {
      const eve = await createStaff(shop, 'ADMIN');
      const wanted = { name: 'late', scopes: ['refunds:write'] };
      await Promise.all([
        ...[0, 1, 0, 1].map((at) => eve.call('POST', 'api-keys', wanted, at)),
        boss.call('PATCH', `admins/${eve.id}`, { disabled: true }, round % 2),
      ]);
      const keys = (await shop.firstInstance.findAll(ApiKey)).filter(({ createdById }) => createdById === eve.id);
      expect(keys.filter(({ revokedAt }) => revokedAt === null)).toEqual([]);
    }
  });

  it('an upgrade fills in the creator, and the key of a disabled creator is orphaned until it is taken over', async () => {
    const { eve, programs } = await createAdminWithKeys();
    const [program] = programs;
    if (!program) throw new Error('There is no key.');
    await shop.rawUpdate(
      `UPDATE admins SET is_disabled = 1 WHERE id = '${eve.id}'`,
      'ALTER TABLE api_keys DROP COLUMN created_by_id',
      'ALTER TABLE api_keys DROP COLUMN responsible_id',
      "DELETE FROM migrations WHERE name LIKE 'KnowMakersOfKeys%'",
    );
    const { DATABASE_URL = '' } = shop.environment;
    await (await openDataSource(dataSourceOptionsFor({ DATABASE_URL, DATABASE_POOL_SIZE: 2 }))).destroy();
    expect(await shown(program)).toMatchObject({ createdById: eve.id, isOrphaned: true, status: 'ACTIVE' });
    const listed = await boss.call<PageJson<ApiKeyJson>>('GET', `api-keys?responsibleId=${eve.id}&withTotal=true`);
    expect(listed.body.total).toBe(2);
    for (let time = 0; time < 2; time++) {
      const taken = await boss.call('POST', `api-keys/${program.key.id}/take-over`);
      expect(taken).toMatchObject({ status: 200, body: { responsibleId: boss.id } });
    }
    expect(await shown(program)).toMatchObject({ isOrphaned: false, responsible: { username: 'boss' } });
    expect(await actionsOn(program)).toEqual(['api-key.take-over', 'api-key.create']);
    expectProblem(await boss.call('POST', 'api-keys/NOSUCH/take-over'), 404, 'API_KEY_NOT_FOUND');
    const operator = await createStaff(shop, 'OPERATOR');
    expectProblem(await operator.call('POST', `api-keys/${program.key.id}/take-over`), 403, 'FORBIDDEN');
  });
});
