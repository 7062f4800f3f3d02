import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTestShop, type TestShop } from '../../support/test-shop.js';
import { type TestStaff, createStaff, tryStaffLogin, PASSWORD, logInStaff } from '../support/test-staff.js';
import { expectProblem } from '../support/expect-problem.js';
import { SESSION_STORES, type SessionStoreUnderTest } from '../support/session-stores.js';

describe.each(SESSION_STORES)('sessions of staff in $where', ({ start: starts }) => {
  let store: SessionStoreUnderTest;
  let shop: TestShop;
  let boss: TestStaff;

  beforeAll(async () => {
    store = await starts();
    shop = await openTestShop({ instances: 2, environment: store.environment });
    boss = await logInStaff(shop, 'boss');
  }, 90_000); // opens three shops in sequence, possibly on a busy machine
  afterAll(async () => {
    await shop.close();
    await store.stop();
  });

  /** Whether the session is still valid on the other instance. */
  const isSessionValid = async (who: TestStaff): Promise<boolean> => {
    const reply = await who.call('GET', 'auth/me', undefined, 1);
    if (reply.status !== 200) expectProblem(reply, 401, 'UNAUTHENTICATED');
    return reply.status === 200;
  };

  it('end at once when the account is disabled, demoted or gets another password', async () => {
    for (const body of [{ disabled: true }, { role: 'VIEWER' }, { password: 'another password' }]) {
      const eve = await createStaff(shop, 'OPERATOR');
      const [second, bystander] = [await logInStaff(shop, eve.username), await createStaff(shop, 'OPERATOR')];
      expect((await boss.call('PATCH', `admins/${eve.id}`, body)).status).toBe(200);
      expect([await isSessionValid(eve), await isSessionValid(second)]).toEqual([false, false]);
      expect([await isSessionValid(bystander), await isSessionValid(boss)]).toEqual([true, true]);
    }
  });

  it('stay valid when the account gets a higher role or does not change', async () => {
    const eve = await createStaff(shop, 'VIEWER');
    for (const body of [{ role: 'OPERATOR' }, { role: 'OPERATOR', disabled: false }, {}]) {
      expect((await boss.call('PATCH', `admins/${eve.id}`, body)).status).toBe(200);
      expect(await isSessionValid(eve)).toBe(true);
    }
  });

  it('end when their owner changes the password, except the current session', async () => {
    const used = await createStaff(shop, 'ADMIN');
    const { username } = used;
    let password = PASSWORD;
    const byOwner = async (next: string): Promise<number> =>
      (await used.call('POST', 'auth/password', { oldPassword: password, newPassword: next })).status;
    const byThemselves = async (next: string): Promise<number> =>
      (await used.call('PATCH', `admins/${used.id}`, { password: next })).status;
    for (const [changes, next, status] of [
      [byOwner, 'the second password', 204],
      [byOwner, 'the third password', 204],
      [byThemselves, 'the fourth password', 200],
    ] as const) {
      const other = await logInStaff(shop, username, password);
      expect(await changes(next)).toBe(status);
      password = next;
      expect([await isSessionValid(used), await isSessionValid(other)]).toEqual([true, false]);
    }
    const fresh = await logInStaff(shop, username, password);
    expect(await isSessionValid(fresh)).toBe(true);
    expect((await used.call('POST', 'auth/logout')).status).toBe(204);
    expect([await isSessionValid(used), await isSessionValid(fresh)]).toEqual([false, true]);
  });

  it('that were kept end when an administrator changes the account', async () => {
    const eve = await createStaff(shop, 'VIEWER');
    await eve.call('POST', 'auth/password', { oldPassword: PASSWORD, newPassword: 'her own password' });
    expect(await isSessionValid(eve)).toBe(true);
    await boss.call('PATCH', `admins/${eve.id}`, { password: 'given by the boss' });
    expect(await isSessionValid(eve)).toBe(false);
    expect((await tryStaffLogin(shop, eve.username, 'her own password')).status).toBe(401);
    expect(await isSessionValid(await logInStaff(shop, eve.username, 'given by the boss'))).toBe(true);
  });
});
