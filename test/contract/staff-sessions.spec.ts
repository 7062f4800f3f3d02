import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openShop, type Shop } from '../support/shop.js';
import { type Clerk, clerk, logsIn, PASSWORD, session } from './support/clerk.js';
import { expectProblem } from './support/problem.js';
import { SESSION_STORES, type SessionStoreUnderTest } from './support/session-stores.js';

describe.each(SESSION_STORES)('sessions of staff in $where', ({ starts }) => {
  let store: SessionStoreUnderTest;
  let shop: Shop;
  let boss: Clerk;

  beforeAll(async () => {
    store = await starts();
    shop = await openShop({ instances: 2, environment: store.environment });
    boss = await session(shop, 'boss');
  }, 90_000); // three shops one after the other, on a machine that may be busy
  afterAll(async () => {
    await shop.closes();
    await store.stops();
  });

  /** Whether the session still opens a door, on the other instance. */
  const lives = async (who: Clerk): Promise<boolean> => {
    const reply = await who.asks('GET', 'auth/me', undefined, 1);
    if (reply.status !== 200) expectProblem(reply, 401, 'UNAUTHENTICATED');
    return reply.status === 200;
  };

  it('end at once when the account is disabled, demoted or given another password', async () => {
    for (const body of [{ disabled: true }, { role: 'VIEWER' }, { password: 'another password' }]) {
      const eve = await clerk(shop, 'OPERATOR');
      const [second, bystander] = [await session(shop, eve.username), await clerk(shop, 'OPERATOR')];
      expect((await boss.asks('PATCH', `admins/${eve.id}`, body)).status).toBe(200);
      expect([await lives(eve), await lives(second)]).toEqual([false, false]);
      expect([await lives(bystander), await lives(boss)]).toEqual([true, true]);
    }
  });

  it('go on when the account gets a higher role, or nothing changes', async () => {
    const eve = await clerk(shop, 'VIEWER');
    for (const body of [{ role: 'OPERATOR' }, { role: 'OPERATOR', disabled: false }, {}]) {
      expect((await boss.asks('PATCH', `admins/${eve.id}`, body)).status).toBe(200);
      expect(await lives(eve)).toBe(true);
    }
  });

  it('end when their owner changes the password, but for the one in use', async () => {
    const used = await clerk(shop, 'ADMIN');
    const { username } = used;
    let password = PASSWORD;
    const byOwner = async (next: string): Promise<number> =>
      (await used.asks('POST', 'auth/password', { oldPassword: password, newPassword: next })).status;
    const byThemselves = async (next: string): Promise<number> =>
      (await used.asks('PATCH', `admins/${used.id}`, { password: next })).status;
    for (const [changes, next, status] of [
      [byOwner, 'the second password', 204],
      [byOwner, 'the third password', 204],
      [byThemselves, 'the fourth password', 200],
    ] as const) {
      const other = await session(shop, username, password);
      expect(await changes(next)).toBe(status);
      password = next;
      expect([await lives(used), await lives(other)]).toEqual([true, false]);
    }
    const fresh = await session(shop, username, password);
    expect(await lives(fresh)).toBe(true);
    expect((await used.asks('POST', 'auth/logout')).status).toBe(204);
    expect([await lives(used), await lives(fresh)]).toEqual([false, true]);
  });

  it('that were kept end when an administrator steps in', async () => {
    const eve = await clerk(shop, 'VIEWER');
    await eve.asks('POST', 'auth/password', { oldPassword: PASSWORD, newPassword: 'her own password' });
    expect(await lives(eve)).toBe(true);
    await boss.asks('PATCH', `admins/${eve.id}`, { password: 'given by the boss' });
    expect(await lives(eve)).toBe(false);
    expect((await logsIn(shop, eve.username, 'her own password')).status).toBe(401);
    expect(await lives(await session(shop, eve.username, 'given by the boss'))).toBe(true);
  });
});
