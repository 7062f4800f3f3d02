import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createStaff, tryStaffLogin, PASSWORD, logInStaff } from '../contract/support/test-staff.js';
import { expectProblem } from '../contract/support/expect-problem.js';
import { FakeRedis } from '../contract/support/fake-redis.js';
import { LIVE_ENVIRONMENT } from '../support/fixtures/merchant-environment.js';
import { openTestShop, type TestShop } from '../support/test-shop.js';
import { InstanceGroup } from './instance-group.js';

const STORES: {
  where: string;
  start: () => Promise<{ environment: Record<string, string>; stops(): Promise<void> }>;
}[] = [
  { where: 'the database', start: () => Promise.resolve({ environment: {}, stops: () => Promise.resolve() }) },
  {
    where: 'Redis',
    start: async () => {
      const { redis, url } = await FakeRedis.start();
      return { environment: { SESSION_STORE_URL: url }, stops: () => redis.stop() };
    },
  },
];

/**
 * The processes are instances 0 and 1; instance 2 runs in the test's process. They share only the database and the
 * session store.
 */
const ALL_INSTANCES = [0, 1, 2];

describe.each(STORES)('instances: shared sessions in $where', ({ start: starts }) => {
  let store: Awaited<ReturnType<typeof starts>>;
  let shop: TestShop;
  let group: InstanceGroup | undefined;

  beforeAll(async () => {
    store = await starts();
    shop = await openTestShop({ environment: { ...LIVE_ENVIRONMENT, ...store.environment } });
    group = await InstanceGroup.start(shop, 2);
  });
  afterAll(async () => {
    await group?.kill();
    await shop.close();
    await store.stops();
  });

  it("a buyer's session is valid on every instance until the logout", async () => {
    const alice = await shop.createUser('alice');
    for (const at of ALL_INSTANCES) expect((await alice.call('GET', 'orders', undefined, { at })).status).toBe(200);
    expect((await alice.call('POST', 'auth/logout', undefined, { at: 1 })).status).toBe(204);
    for (const at of ALL_INSTANCES)
      expectProblem(await alice.call('GET', 'orders', undefined, { at }), 401, 'UNAUTHENTICATED');
  });

  it('a staff session is valid on every instance until the logout or until the account is disabled', async () => {
    const eve = await createStaff(shop, 'OPERATOR');
    const second = await logInStaff(shop, eve.username);
    for (const at of ALL_INSTANCES) expect((await eve.call('GET', 'auth/me', undefined, at)).status).toBe(200);
    expect((await second.call('POST', 'auth/logout', undefined, 1)).status).toBe(204);
    for (const at of ALL_INSTANCES)
      expectProblem(await second.call('GET', 'auth/me', undefined, at), 401, 'UNAUTHENTICATED');

    const boss = await logInStaff(shop, 'boss');
    expect((await boss.call('PATCH', `admins/${eve.id}`, { disabled: true }, 1)).status).toBe(200);
    for (const at of ALL_INSTANCES)
      expectProblem(await eve.call('GET', 'auth/me', undefined, at), 401, 'UNAUTHENTICATED');
  });

  it('failed logins are counted for all instances together', async () => {
    const { username } = await createStaff(shop, 'VIEWER');
    for (let failure = 0; failure < 5; failure++)
      expectProblem(await tryStaffLogin(shop, username, 'wrong', failure % 3), 401, 'BAD_CREDENTIALS');
    for (const at of ALL_INSTANCES)
      expectProblem(await tryStaffLogin(shop, username, PASSWORD, at), 429, 'TOO_MANY_ATTEMPTS');
  });
});
