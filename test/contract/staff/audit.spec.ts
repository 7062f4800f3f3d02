import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { StaffAccount } from '../../../src/admin/accounts/staff-account.entity.js';
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

interface AuditJson {
  id: number;
  at: string;
  actor: { id: string; username: string };
  action: string;
  subject: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  ip: string;
}

describe('the audit log', () => {
  let shop: TestShop;
  let boss: TestStaff;

  beforeAll(async () => {
    shop = await openTestShop();
    boss = await logInStaff(shop, 'boss');
  });
  afterAll(() => shop.close());

  const list = async (query: string): Promise<PageJson<AuditJson>> =>
    (await boss.call<PageJson<AuditJson>>('GET', `audit-log?${query}`)).body;
  const actions = async (query: string): Promise<string[]> => (await list(query)).items.map(({ action }) => action);

  it('records actor, action, time, address, and the values before and after', async () => {
    const { body: eve } = await boss.call('POST', 'admins', { username: 'eve', password: PASSWORD, role: 'VIEWER' });
    const id = String(eve['id']);
    await boss.call('PATCH', `admins/${id}`, { role: 'OPERATOR' });
    const actor = { id: boss.id, username: 'boss' };
    const shared = {
      id: expect.any(Number),
      at: expect.stringMatching(INSTANT_PATTERN),
      actor,
      subject: id,
      ip: '127.0.0.1',
    };
    expect((await list(`q=${id}`)).items).toEqual([
      { ...shared, action: 'admin.update', before: eve, after: { ...eve, role: 'OPERATOR' } },
      { ...shared, action: 'admin.create', before: null, after: eve },
    ]);
  });

  it('records each change of an account and of a product once, and nothing when no value changed', async () => {
    const eve = await createStaff(shop, 'OPERATOR');
    await boss.call('PATCH', `admins/${eve.id}`, { role: 'OPERATOR', disabled: false });
    await boss.call('PATCH', `admins/${eve.id}`, { password: 'new password', role: 'VIEWER' });
    await boss.call('PATCH', `admins/${eve.id}`, { disabled: true });
    expect(await actions(`q=${eve.id}`)).toEqual(['admin.update', 'admin.password', 'admin.update', 'auth.login']);

    const tea = { name: 'Tea', description: '', priceFen: 100, stock: 5, imageUrl: '' };
    const { body: product } = await boss.call('POST', 'products', tea);
    const id = String(product['id']);
    for (const change of [tea, { stock: 7 }, { stock: 7, priceFen: 100 }])
      await boss.call('PATCH', `products/${id}`, change);
    expect((await list(`q=${id}`)).items).toMatchObject([
      { action: 'product.update', before: product, after: { ...product, stock: 7 } },
      { action: 'product.create', before: null, after: product },
    ]);
  });

  it('records no rejected call', async () => {
    const newest = (await list('limit=1')).items[0]?.id;
    expectProblem(await boss.call('PATCH', `admins/${boss.id}`, { role: 'VIEWER' }), 409, 'LAST_ADMIN');
    const taken = { username: 'boss', password: PASSWORD, role: 'ADMIN' };
    expectProblem(await boss.call('POST', 'admins', taken), 409, 'USERNAME_TAKEN');
    const { body: product } = await boss.call('POST', 'products', { name: 'Pen', priceFen: 1, stock: 1 });
    const unexpected = { stock: 9, expectedStock: 8 };
    expectProblem(await boss.call('PATCH', `products/${String(product['id'])}`, unexpected), 409, 'STOCK_CHANGED');
    const { items } = await list('limit=2');
    expect(items.map(({ action }) => action)[0]).toBe('product.create');
    expect(items[1]?.id).toBe(newest);
  });

  it('records logins, lockouts of existing accounts, and password changes', async () => {
    const eve = await createStaff(shop, 'VIEWER');
    await eve.call('POST', 'auth/password', { oldPassword: PASSWORD, newPassword: 'her own password' });
    for (let failure = 1; failure <= 7; failure++) {
      await tryStaffLogin(shop, eve.username, 'wrong');
      await tryStaffLogin(shop, 'unknown-user', 'wrong');
    }
    expect(await actions(`q=${eve.username}`)).toEqual(['auth.locked', 'auth.password', 'auth.login']);
    expect((await list('q=unknown-user')).items).toEqual([]);
    expect((await list(`q=${eve.id}&action=auth.locked`)).items).toEqual([
      expect.objectContaining({ actor: { id: eve.id, username: eve.username }, subject: eve.id, ip: '127.0.0.1' }),
    ]);
  });

  it('filters by action and time, in pages, with the total on request', async () => {
    await shop.wechat.advanceTime({ minutes: 1 });
    boss = await logInStaff(shop, 'boss');
    const since = (await list('limit=1')).items[0]?.at ?? '';
    await shop.wechat.advanceTime({ minutes: 1 });
    for (const name of ['A', 'B', 'C']) await boss.call('POST', 'products', { name, priceFen: 1, stock: 1 });
    expect(await actions(`from=${since}`)).toEqual([...Array<string>(3).fill('product.create'), 'auth.login']);
    expect(await actions(`from=${since}&action=auth.login`)).toEqual(['auth.login']);
    expect(await actions(`to=${since}&action=product.create&limit=1`)).toEqual(['product.create']);
    const first = await list(`from=${since}&action=product.create&q=boss&limit=2&withTotal=true`);
    const next = `from=${since}&action=product.create&q=boss&limit=2&withTotal=true&cursor=${first.nextCursor ?? ''}`;
    const second = await list(next);
    expect([first.total, second.total, second.nextCursor]).toEqual([3, 3, null]);
    expect([...first.items, ...second.items].map(({ after }) => after?.['name'])).toEqual(['C', 'B', 'A']);
    expect(await list('limit=1')).not.toHaveProperty('total');
    for (const query of ['q=', 'from=yesterday', 'cursor=!', 'limit=0']) {
      expectProblem(await boss.call('GET', `audit-log?${query}`), 400, 'VALIDATION_FAILED');
    }
  });

  it('links to accounts and API keys: both lists can be searched by id', async () => {
    const eve = await createStaff(shop, 'VIEWER');
    const { body: key } = await boss.call('POST', 'api-keys', { name: 'ERP', scopes: ['orders:read'] });
    await boss.call('POST', 'api-keys', { name: 'CRM', scopes: ['orders:read'] });
    const found = async (path: string): Promise<unknown[]> =>
      (await boss.call<PageJson<{ id: string }>>('GET', path)).body.items.map(({ id }) => id);
    expect(await found(`admins?q=${eve.id}`)).toEqual([eve.id]);
    expect(await found(`api-keys?q=${String(key['id'])}`)).toEqual([key['id']]);
    expect(await found('api-keys?q=ERP')).toEqual([key['id']]);
  });

  it('contains no password, hash or token', async () => {
    const seen: string[] = [];
    for (let query = 'limit=100'; ;) {
      const { items, nextCursor } = await list(query);
      seen.push(...items.map((item) => JSON.stringify({ ...item, action: '' })));
      if (nextCursor === null) break;
      query = `limit=100&cursor=${nextCursor}`;
    }
    const secrets = [PASSWORD, 'new password', 'her own password', boss.login.token];
    const hashes = (await shop.firstInstance.findAll(StaffAccount)).map(({ passwordHash }) => passwordHash);
    for (const secret of [...secrets, ...hashes, 'argon2', 'assword', 'ession'])
      expect(seen.join()).not.toContain(secret);
  });
});
