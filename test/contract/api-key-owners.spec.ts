import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDataSource } from '../../src/database/open-data-source.js';
import { ApiKey } from '../../src/server/api-key.entity.js';
import { optionsFor } from '../../src/tables.js';
import { type ApiKeyJson, Program } from '../support/program.js';
import { openShop, type Shop } from '../support/shop.js';
import { type Clerk, clerk, type PageJson, session } from './support/clerk.js';
import { expectProblem } from './support/problem.js';

interface ChangedStaffJson {
  disabled: boolean;
  apiKeys: ApiKeyJson[];
}

describe('API keys:', () => {
  let shop: Shop;
  let boss: Clerk;

  beforeAll(async () => {
    shop = await openShop({ instances: 2 });
    boss = await session(shop, 'boss');
  });
  afterAll(() => shop.closes());

  const statusOf = async (program: Program): Promise<number> => (await program.asks('GET', 'me')).status;
  const shown = async ({ key }: Program): Promise<ApiKeyJson | undefined> =>
    (await boss.asks<PageJson<ApiKeyJson>>('GET', 'api-keys?limit=100')).body.items.find(({ id }) => id === key.id);
  const actionsOn = async ({ key }: Program): Promise<string[]> =>
    (await boss.asks<PageJson<{ action: string }>>('GET', `audit-log?q=${key.id}`)).body.items.map((row) => row.action);
  async function adminWithKeys(): Promise<{ eve: Clerk; programs: Program[] }> {
    const eve = await clerk(shop, 'ADMIN');
    return { eve, programs: [await Program.isMade(shop, eve), await Program.isMade(shop, eve)] };
  }

  it.each([
    ['disabled', { disabled: true }],
    ['demoted', { role: 'OPERATOR' }],
    ['disabled by a caller who says so', { disabled: true, apiKeys: 'revoke' }],
  ])('an administrator who is %s loses every live key at once', async (_how, change) => {
    const { eve, programs } = await adminWithKeys();
    const { body } = await boss.asks<ChangedStaffJson>('PATCH', `admins/${eve.id}`, change);
    expect(body.apiKeys.map(({ id, status }) => [id, status])).toEqual(programs.map(({ key }) => [key.id, 'REVOKED']));
    for (const program of programs) {
      expect(await statusOf(program)).toBe(401);
      expect(await actionsOn(program)).toEqual(['api-key.revoke', 'api-key.create']);
    }
  });

  it('keys that are taken over with the account go on working and name who answers for them', async () => {
    const { eve, programs } = await adminWithKeys();
    const change = { disabled: true, apiKeys: 'takeOver' };
    const { body } = await boss.asks<ChangedStaffJson>('PATCH', `admins/${eve.id}`, change);
    expect(body.apiKeys.map(({ responsibleId }) => responsibleId)).toEqual([boss.id, boss.id]);
    for (const program of programs) {
      expect(await statusOf(program)).toBe(200);
      expect(await shown(program)).toMatchObject({
        ...{ createdBy: eve.username, createdById: eve.id, isOrphaned: false },
        responsible: { id: boss.id, username: 'boss' },
      });
      expect(await actionsOn(program)).toEqual(['api-key.take-over', 'api-key.create']);
    }
  });

  it('an administrator cannot take over their own keys while demoting themselves', async () => {
    const { eve, programs } = await adminWithKeys();
    const refused = await eve.asks('PATCH', `admins/${eve.id}`, { role: 'VIEWER', apiKeys: 'takeOver' });
    expectProblem(refused, 400, 'VALIDATION_FAILED');
    for (const program of programs) expect(await statusOf(program)).toBe(200);
  });

  it('a change that takes no rights away leaves the keys alone', async () => {
    const { eve, programs } = await adminWithKeys();
    const { body } = await boss.asks<ChangedStaffJson>('PATCH', `admins/${eve.id}`, { disabled: false });
    expect(body.apiKeys).toEqual([]);
    for (const program of programs) expect(await statusOf(program)).toBe(200);
  });

  it('no key survives when its maker is disabled at the same moment', async () => {
    for (let round = 0; round < 5; round++) {
      const eve = await clerk(shop, 'ADMIN');
      const wanted = { name: 'late', scopes: ['refunds:write'] };
      await Promise.all([
        ...[0, 1, 0, 1].map((at) => eve.asks('POST', 'api-keys', wanted, at)),
        boss.asks('PATCH', `admins/${eve.id}`, { disabled: true }, round % 2),
      ]);
      const keys = (await shop.first.all(ApiKey)).filter(({ createdById }) => createdById === eve.id);
      expect(keys.filter(({ revokedAt }) => revokedAt === null)).toEqual([]);
    }
  });

  it('an upgrade fills in the maker, and a key of a disabled one is orphaned until it is taken over', async () => {
    const { eve, programs } = await adminWithKeys();
    const [program] = programs;
    if (!program) throw new Error('There is no key.');
    await shop.forces(
      `UPDATE admins SET is_disabled = 1 WHERE id = '${eve.id}'`,
      'ALTER TABLE api_keys DROP COLUMN created_by_id',
      'ALTER TABLE api_keys DROP COLUMN responsible_id',
      "DELETE FROM migrations WHERE name LIKE 'KnowMakersOfKeys%'",
    );
    const { DATABASE_URL = '' } = shop.environment;
    await (await openDataSource(optionsFor({ DATABASE_URL, DATABASE_POOL_SIZE: 2 }))).destroy();
    expect(await shown(program)).toMatchObject({ createdById: eve.id, isOrphaned: true, status: 'ACTIVE' });
    const listed = await boss.asks<PageJson<ApiKeyJson>>('GET', `api-keys?responsibleId=${eve.id}&withTotal=true`);
    expect(listed.body.total).toBe(2);
    for (let time = 0; time < 2; time++) {
      const taken = await boss.asks('POST', `api-keys/${program.key.id}/take-over`);
      expect(taken).toMatchObject({ status: 200, body: { responsibleId: boss.id } });
    }
    expect(await shown(program)).toMatchObject({ isOrphaned: false, responsible: { username: 'boss' } });
    expect(await actionsOn(program)).toEqual(['api-key.take-over', 'api-key.create']);
    expectProblem(await boss.asks('POST', 'api-keys/NOSUCH/take-over'), 404, 'API_KEY_NOT_FOUND');
    const operator = await clerk(shop, 'OPERATOR');
    expectProblem(await operator.asks('POST', `api-keys/${program.key.id}/take-over`), 403, 'FORBIDDEN');
  });
});
