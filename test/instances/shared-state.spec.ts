import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clerk, logsIn, PASSWORD, session } from '../contract/support/clerk.js';
import { expectProblem } from '../contract/support/problem.js';
import { Redis } from '../contract/support/redis.js';
import { LIVE_SHOP } from '../support/merchant-environment.js';
import { openShop, type Shop } from '../support/shop.js';
import { Crew } from './processes.js';

const STORES: {
  where: string;
  starts: () => Promise<{ environment: Record<string, string>; stops(): Promise<void> }>;
}[] = [
  { where: 'the database', starts: () => Promise.resolve({ environment: {}, stops: () => Promise.resolve() }) },
  {
    where: 'Redis',
    starts: async () => {
      const { redis, url } = await Redis.starts();
      return { environment: { SESSION_STORE_URL: url }, stops: () => redis.stops() };
    },
  },
];

/** The processes are instances 0 and 1; 2 is in the test's own process. Nothing is shared but database and session store. */
const EVERYWHERE = [0, 1, 2];

describe.each(STORES)('two processes and what they keep in $where', ({ starts }) => {
  let store: Awaited<ReturnType<typeof starts>>;
  let shop: Shop;
  let crew: Crew | undefined;

  beforeAll(async () => {
    store = await starts();
    shop = await openShop({ environment: { ...LIVE_SHOP, ...store.environment } });
    crew = await Crew.joins(shop, 2);
  });
  afterAll(async () => {
    await crew?.dies();
    await shop.closes();
    await store.stops();
  });

  it('take the session that one of them gave a user, and none of them takes it after the logout', async () => {
    const alice = await shop.welcomes('alice');
    for (const at of EVERYWHERE) expect((await alice.asks('GET', 'orders', undefined, { at })).status).toBe(200);
    expect((await alice.asks('POST', 'auth/logout', undefined, { at: 1 })).status).toBe(204);
    for (const at of EVERYWHERE)
      expectProblem(await alice.asks('GET', 'orders', undefined, { at }), 401, 'UNAUTHENTICATED');
  });

  it('take the session of a member of staff, until another of them logs it out or the account is disabled', async () => {
    const eve = await clerk(shop, 'OPERATOR');
    const second = await session(shop, eve.username);
    for (const at of EVERYWHERE) expect((await eve.asks('GET', 'auth/me', undefined, at)).status).toBe(200);
    expect((await second.asks('POST', 'auth/logout', undefined, 1)).status).toBe(204);
    for (const at of EVERYWHERE)
      expectProblem(await second.asks('GET', 'auth/me', undefined, at), 401, 'UNAUTHENTICATED');

    const boss = await session(shop, 'boss');
    expect((await boss.asks('PATCH', `admins/${eve.id}`, { disabled: true }, 1)).status).toBe(200);
    for (const at of EVERYWHERE) expectProblem(await eve.asks('GET', 'auth/me', undefined, at), 401, 'UNAUTHENTICATED');
  });

  it('count failed logins together', async () => {
    const { username } = await clerk(shop, 'VIEWER');
    for (let failure = 0; failure < 5; failure++)
      expectProblem(await logsIn(shop, username, 'wrong', failure % 3), 401, 'BAD_CREDENTIALS');
    for (const at of EVERYWHERE) expectProblem(await logsIn(shop, username, PASSWORD, at), 429, 'TOO_MANY_ATTEMPTS');
  });
});
