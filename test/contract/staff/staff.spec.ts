import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { StaffAccount } from '../../../src/admin/accounts/staff-account.entity.js';
import type { HttpResponse } from '../../../tools/client/http.js';
import { openTestShop, type TestShop } from '../../support/test-shop.js';
import {
  type TestStaff,
  createStaff,
  tryStaffLogin,
  type PageJson,
  PASSWORD,
  logInStaff,
} from '../support/test-staff.js';
import { expectProblem, INSTANT_PATTERN } from '../support/expect-problem.js';

interface StaffJson {
  id: string;
  username: string;
  role: string;
  disabled: boolean;
  createdAt: string;
}

let shop: TestShop;
let boss: TestStaff;

beforeAll(async () => {
  shop = await openTestShop({ instances: 2 });
  boss = await logInStaff(shop, 'boss');
});
afterAll(() => shop.close());

const create = (
  username: unknown,
  role: unknown = 'VIEWER',
  password: unknown = PASSWORD,
): Promise<HttpResponse<StaffJson>> => boss.call('POST', 'admins', { username, password, role });
const change = (id: string, body: object): Promise<HttpResponse<StaffJson>> => boss.call('PATCH', `admins/${id}`, body);
const list = async (query = ''): Promise<PageJson<StaffJson>> =>
  (await boss.call<PageJson<StaffJson>>('GET', `admins?${query}`)).body;

describe('staff accounts', () => {
  it('are created by an administrator, can log in at once, and never return their password', async () => {
    const { status, body } = await create('li.wei@茶店', 'OPERATOR');
    expect({ status, body }).toEqual({
      status: 201,
      body: {
        id: expect.any(String),
        username: 'li.wei@茶店',
        role: 'OPERATOR',
        disabled: false,
        createdAt: expect.stringMatching(INSTANT_PATTERN),
      },
    });
    const wei = await logInStaff(shop, 'li.wei@茶店');
    expect(wei.login.admin).toEqual({ id: body.id, username: 'li.wei@茶店', role: 'OPERATOR' });
    expect((await boss.call('GET', `admins/${body.id}`)).body).toEqual(body);
    expect((await list('q=li.wei%40茶店&withTotal=true')).items).toEqual([body]);
    expect(JSON.stringify(await list('limit=100'))).not.toMatch(/argon2|password|hash|epoch/i);
  });

  it('have unique usernames, also when two are created at the same time', async () => {
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
    [{ username: 'newcomer', password: PASSWORD }, 'role'],
    [{ username: 'more', password: PASSWORD, role: 'VIEWER', isDisabled: true }, 'isDisabled'],
  ])('are not made of %j', async (body, field) => {
    const { errors } = expectProblem(await boss.call('POST', 'admins', body), 400, 'VALIDATION_FAILED');
    expect(errors?.map((error) => error.field)).toEqual([field]);
  });

  it.each([{ role: null }, { role: 'BOSS' }, { password: 'short' }, { disabled: 'yes' }, { username: 'new' }, []])(
    'reject the change %j',
    async (body) => {
      const { id } = await createStaff(shop, 'VIEWER');
      expectProblem(await change(id, body), 400, 'VALIDATION_FAILED');
    },
  );

  it('response ADMIN_NOT_FOUND when unknown', async () => {
    expectProblem(await boss.call('GET', 'admins/NOSUCHADMIN'), 404, 'ADMIN_NOT_FOUND');
    expectProblem(await change('NOSUCHADMIN', { role: 'VIEWER' }), 404, 'ADMIN_NOT_FOUND');
  });

  it('are listed newest first, page by page, each once, also those created at the same time', async () => {
    const names = Array.from({ length: 7 }, (_, number) => `page-${number}`);
    for (const name of names) await create(name);
    const { createdAt } = (await list('limit=1')).items[0] ?? {};
    await shop.rawUpdate(
      `UPDATE admins SET created_at = '${String(createdAt).replace('T', ' ').slice(0, -1)}' WHERE username LIKE 'page-%'`,
    );
    const seen: string[] = [];
    for (let query = 'limit=3&withTotal=true'; ;) {
      const { items, nextCursor, total } = await list(query);
      seen.push(...items.map(({ username }) => username));
      expect(total).toBe((await shop.firstInstance.findAll(StaffAccount)).length);
      if (nextCursor === null) break;
      query = `limit=3&withTotal=true&cursor=${nextCursor}`;
    }
    expect(seen).toHaveLength(new Set(seen).size);
    expect(seen).toEqual(expect.arrayContaining([...names, 'boss']));
    expectProblem(await boss.call('GET', 'admins?cursor=YQ'), 400, 'VALIDATION_FAILED');
  });

  it('get exactly the rights of their new role at once', async () => {
    const eve = await createStaff(shop, 'VIEWER');
    expectProblem(await eve.call('GET', 'admins'), 403, 'FORBIDDEN');
    expect(await change(eve.id, { role: 'ADMIN' })).toMatchObject({ status: 200, body: { role: 'ADMIN' } });
    expect((await eve.call('GET', 'admins')).status).toBe(200);
    await change(eve.id, { role: 'OPERATOR' });
    expectProblem(await (await logInStaff(shop, eve.username)).call('GET', 'admins'), 403, 'FORBIDDEN');
  });

  it('cannot log in while disabled, and can again afterwards', async () => {
    const eve = await createStaff(shop, 'VIEWER');
    expect(await change(eve.id, { disabled: true })).toMatchObject({ status: 200, body: { disabled: true } });
    expectProblem(await tryStaffLogin(shop, eve.username, PASSWORD), 401, 'BAD_CREDENTIALS');
    expect(await change(eve.id, { disabled: false, role: 'OPERATOR' })).toMatchObject({
      status: 200,
      body: { disabled: false, role: 'OPERATOR' },
    });
    expect((await tryStaffLogin(shop, eve.username, PASSWORD)).status).toBe(200);
    expectProblem(await eve.call('GET', 'auth/me'), 401, 'UNAUTHENTICATED'); // the old session stays invalid
  });
});

describe('the last administrator', () => {
  let only: TestShop;
  let first: TestStaff;

  beforeAll(async () => {
    only = await openTestShop({ instances: 2 });
    first = await logInStaff(only, 'boss');
  });
  afterAll(() => only.close());

  it('cannot be disabled or demoted, and can change the password', async () => {
    const idle = await createStaff(only, 'ADMIN');
    await first.call('PATCH', `admins/${idle.id}`, { disabled: true });
    for (const body of [{ disabled: true }, { role: 'OPERATOR' }, { role: 'VIEWER', disabled: false }]) {
      expectProblem(await first.call('PATCH', `admins/${first.id}`, body), 409, 'LAST_ADMIN');
    }
    const unchanged = { role: 'ADMIN', disabled: false, password: PASSWORD };
    expect((await first.call('PATCH', `admins/${first.id}`, unchanged)).status).toBe(200);
    expect((await first.call('GET', 'auth/me')).status).toBe(200);
  });

  it('remains when two administrators demote or disable each other at the same time', async () => {
    for (const body of [{ role: 'VIEWER' }, { disabled: true }, { role: 'OPERATOR' }, { disabled: true }]) {
      const other = await createStaff(only, 'ADMIN');
      const answers = await Promise.all([
        first.call('PATCH', `admins/${other.id}`, body, 0),
        other.call('PATCH', `admins/${first.id}`, body, 1),
      ]);
      const active = (await only.firstInstance.findAll(StaffAccount)).filter(
        ({ role, isDisabled }) => role === 'ADMIN' && !isDisabled,
      );
      expect(active).toHaveLength(1);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      // The later call has no active session; a concurrent call is rejected by the rule.
      for (const { status } of answers) expect([200, 409, 401]).toContain(status);
      const rest = active[0]?.id === first.id ? first : other;
      first = await logInStaff(only, rest.username);
    }
  });

  it('can be demoted when another administrator remains', async () => {
    const other = await createStaff(only, 'ADMIN');
    expect((await other.call('PATCH', `admins/${first.id}`, { disabled: true })).status).toBe(200);
    expectProblem(await other.call('PATCH', `admins/${other.id}`, { role: 'VIEWER' }), 409, 'LAST_ADMIN');
    first = other;
  });
});
