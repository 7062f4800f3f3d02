import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Admin } from '../../src/admin/admin.entity.js';
import type { Reply } from '../support/http.js';
import { openShop, type Shop } from '../support/shop.js';
import { type Clerk, clerk, logsIn, type PageJson, PASSWORD, session } from './support/clerk.js';
import { expectProblem, INSTANT } from './support/problem.js';

interface StaffJson {
  id: string;
  username: string;
  role: string;
  disabled: boolean;
  createdAt: string;
}

let shop: Shop;
let boss: Clerk;

beforeAll(async () => {
  shop = await openShop({ instances: 2 });
  boss = await session(shop, 'boss');
});
afterAll(() => shop.closes());

const create = (username: unknown, role: unknown = 'VIEWER', password: unknown = PASSWORD): Promise<Reply<StaffJson>> =>
  boss.asks('POST', 'admins', { username, password, role });
const change = (id: string, body: object): Promise<Reply<StaffJson>> => boss.asks('PATCH', `admins/${id}`, body);
const list = async (query = ''): Promise<PageJson<StaffJson>> =>
  (await boss.asks<PageJson<StaffJson>>('GET', `admins?${query}`)).body;

describe('accounts of staff', () => {
  it('are made by an administrator, can log in at once, and never show their password', async () => {
    const { status, body } = await create('li.wei@茶店', 'OPERATOR');
    expect({ status, body }).toEqual({
      status: 201,
      body: {
        ...{ id: expect.any(String), username: 'li.wei@茶店', role: 'OPERATOR', disabled: false },
        createdAt: expect.stringMatching(INSTANT),
      },
    });
    const wei = await session(shop, 'li.wei@茶店');
    expect(wei.login.admin).toEqual({ id: body.id, username: 'li.wei@茶店', role: 'OPERATOR' });
    expect((await boss.asks('GET', `admins/${body.id}`)).body).toEqual(body);
    expect((await list('q=li.wei%40茶店&withTotal=true')).items).toEqual([body]);
    expect(JSON.stringify(await list('limit=100'))).not.toMatch(/argon2|password|hash|epoch/i);
  });

  it('have a name of their own, also when two are made at once', async () => {
    const answers = await Promise.all([create('twin'), create('twin'), create('twin')]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409]);
    expectProblem(await create('twin'), 409, 'USERNAME_TAKEN');
  });

  it.each([
    [{ username: '', password: PASSWORD, role: 'VIEWER' }, 'username'],
    [{ username: 'a b', password: PASSWORD, role: 'VIEWER' }, 'username'],
    [{ username: 'x'.repeat(65), password: PASSWORD, role: 'VIEWER' }, 'username'],
    [{ password: PASSWORD, role: 'VIEWER' }, 'username'],
    [{ username: 'short', password: '1234567', role: 'VIEWER' }, 'password'],
    [{ username: 'rootless', password: PASSWORD, role: 'ROOT' }, 'role'],
    [{ username: 'nobody', password: PASSWORD }, 'role'],
    [{ username: 'more', password: PASSWORD, role: 'VIEWER', isDisabled: true }, 'isDisabled'],
  ])('are not made of %j', async (body, field) => {
    const { errors } = expectProblem(await boss.asks('POST', 'admins', body), 400, 'VALIDATION_FAILED');
    expect(errors?.map((error) => error.field)).toEqual([field]);
  });

  it.each([{ role: null }, { role: 'BOSS' }, { password: 'short' }, { disabled: 'yes' }, { username: 'new' }, []])(
    'are not changed by %j',
    async (body) => {
      const { id } = await clerk(shop, 'VIEWER');
      expectProblem(await change(id, body), 400, 'VALIDATION_FAILED');
    },
  );

  it('that do not exist are ADMIN_NOT_FOUND', async () => {
    expectProblem(await boss.asks('GET', 'admins/NOSUCHADMIN'), 404, 'ADMIN_NOT_FOUND');
    expectProblem(await change('NOSUCHADMIN', { role: 'VIEWER' }), 404, 'ADMIN_NOT_FOUND');
  });

  it('are listed newest first, page by page, each once, also those made in the same moment', async () => {
    const names = Array.from({ length: 7 }, (_, number) => `page-${number}`);
    for (const name of names) await create(name);
    const { createdAt } = (await list('limit=1')).items[0] ?? {};
    await shop.forces(
      `UPDATE admins SET created_at = '${String(createdAt).replace('T', ' ').slice(0, -1)}' WHERE username LIKE 'page-%'`,
    );
    const seen: string[] = [];
    for (let query = 'limit=3&withTotal=true'; ;) {
      const { items, nextCursor, total } = await list(query);
      seen.push(...items.map(({ username }) => username));
      expect(total).toBe((await shop.first.all(Admin)).length);
      if (nextCursor === null) break;
      query = `limit=3&withTotal=true&cursor=${nextCursor}`;
    }
    expect(seen).toHaveLength(new Set(seen).size);
    expect(seen).toEqual(expect.arrayContaining([...names, 'boss']));
    expectProblem(await boss.asks('GET', 'admins?cursor=YQ'), 400, 'VALIDATION_FAILED');
  });

  it('do at once what their new role allows, and no more', async () => {
    const eve = await clerk(shop, 'VIEWER');
    expectProblem(await eve.asks('GET', 'admins'), 403, 'FORBIDDEN');
    expect(await change(eve.id, { role: 'ADMIN' })).toMatchObject({ status: 200, body: { role: 'ADMIN' } });
    expect((await eve.asks('GET', 'admins')).status).toBe(200);
    await change(eve.id, { role: 'OPERATOR' });
    expectProblem(await (await session(shop, eve.username)).asks('GET', 'admins'), 403, 'FORBIDDEN');
  });

  it('cannot log in while disabled, and can again afterwards', async () => {
    const eve = await clerk(shop, 'VIEWER');
    expect(await change(eve.id, { disabled: true })).toMatchObject({ status: 200, body: { disabled: true } });
    expectProblem(await logsIn(shop, eve.username, PASSWORD), 401, 'BAD_CREDENTIALS');
    expect(await change(eve.id, { disabled: false, role: 'OPERATOR' })).toMatchObject({
      status: 200,
      body: { disabled: false, role: 'OPERATOR' },
    });
    expect((await logsIn(shop, eve.username, PASSWORD)).status).toBe(200);
    expectProblem(await eve.asks('GET', 'auth/me'), 401, 'UNAUTHENTICATED'); // the old session stays dead
  });
});

describe('the last administrator', () => {
  let only: Shop;
  let first: Clerk;

  beforeAll(async () => {
    only = await openShop({ instances: 2 });
    first = await session(only, 'boss');
  });
  afterAll(() => only.closes());

  it('is neither disabled nor demoted, and may change the password', async () => {
    const idle = await clerk(only, 'ADMIN');
    await first.asks('PATCH', `admins/${idle.id}`, { disabled: true });
    for (const body of [{ disabled: true }, { role: 'OPERATOR' }, { role: 'VIEWER', disabled: false }]) {
      expectProblem(await first.asks('PATCH', `admins/${first.id}`, body), 409, 'LAST_ADMIN');
    }
    const unchanged = { role: 'ADMIN', disabled: false, password: PASSWORD };
    expect((await first.asks('PATCH', `admins/${first.id}`, unchanged)).status).toBe(200);
    expect((await first.asks('GET', 'auth/me')).status).toBe(200);
  });

  it('remains when two demote or disable each other at the same time', async () => {
    for (const body of [{ role: 'VIEWER' }, { disabled: true }, { role: 'OPERATOR' }, { disabled: true }]) {
      const other = await clerk(only, 'ADMIN');
      const answers = await Promise.all([
        first.asks('PATCH', `admins/${other.id}`, body, 0),
        other.asks('PATCH', `admins/${first.id}`, body, 1),
      ]);
      const active = (await only.first.all(Admin)).filter(({ role, isDisabled }) => role === 'ADMIN' && !isDisabled);
      expect(active).toHaveLength(1);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      // Whoever came a moment later has no session any more; at the same moment, the rule holds them back.
      for (const { status } of answers) expect([200, 409, 401]).toContain(status);
      const rest = active[0]?.id === first.id ? first : other;
      first = await session(only, rest.username);
    }
  });

  it('lets an administrator go when another remains', async () => {
    const other = await clerk(only, 'ADMIN');
    expect((await other.asks('PATCH', `admins/${first.id}`, { disabled: true })).status).toBe(200);
    expectProblem(await other.asks('PATCH', `admins/${other.id}`, { role: 'VIEWER' }), 409, 'LAST_ADMIN');
    first = other;
  });
});
