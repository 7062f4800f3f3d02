import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LoginFailure } from '../../../src/auth/login-failure.entity.js';
import { Clock } from '../../../src/common/time/clock.js';
import { UnitOfWork } from '../../../src/database/unit-of-work.js';
import { HousekeepingJob } from '../../../src/reconciliation/housekeeping.job.js';
import type { HttpResponse } from '../../../tools/client/http.js';
import { openTestShop, type TestShop } from '../../support/test-shop.js';
import { createStaff, tryStaffLogin, PASSWORD } from '../support/test-staff.js';
import { expectProblem } from '../support/expect-problem.js';

describe('staff login failures', () => {
  let shop: TestShop;

  beforeAll(async () => {
    shop = await openTestShop({ instances: 3 });
  });
  afterAll(() => shop.close());

  /** With a clock that is trusted although the test has moved it. */
  const keepsHouse = (): Promise<void> => {
    const clock = shop.firstInstance.app.get(Clock);
    const { source } = clock;
    clock.useTimeSource({ now: () => source.now() });
    return shop.firstInstance.app.get(HousekeepingJob).run();
  };
  const rows = (): Promise<LoginFailure[]> => shop.firstInstance.findAll(LoginFailure);

  it('staff login: failures are counted across all instances', async () => {
    const { username } = await createStaff(shop, 'VIEWER');
    for (let failure = 0; failure < 5; failure++)
      expectProblem(await tryStaffLogin(shop, username, 'wrong', failure % 3), 401, 'BAD_CREDENTIALS');
    for (const at of [0, 1, 2])
      expectProblem(await tryStaffLogin(shop, username, PASSWORD, at), 429, 'TOO_MANY_ATTEMPTS');
  });

  it('staff login: five failures are allowed when guesses arrive concurrently on all instances', async () => {
    for (const username of [(await createStaff(shop, 'VIEWER')).username, 'unknown-user']) {
      const guesses = Array.from({ length: 24 }, (_, guess) => tryStaffLogin(shop, username, 'wrong', guess % 3));
      const statuses = (await Promise.all(guesses)).map(({ status }) => status);
      expect(statuses.filter((status) => status === 401)).toHaveLength(5);
      expect(statuses.filter((status) => status === 429)).toHaveLength(19);
    }
  });

  it('staff login: failures do not block concurrent logins with the right password', async () => {
    const { username } = await createStaff(shop, 'VIEWER');
    for (let round = 1; round <= 3; round++) {
      for (let failure = 1; failure <= 4; failure++) await tryStaffLogin(shop, username, 'wrong');
      const logins = Array.from({ length: 12 }, (_, login) => tryStaffLogin(shop, username, PASSWORD, login % 3));
      expect((await Promise.all(logins)).map(({ status }) => status)).toEqual(logins.map(() => 200));
    }
  });

  it('staff login: failures expire after 15 minutes and are deleted', async () => {
    const { username } = await createStaff(shop, 'VIEWER');
    for (let failure = 1; failure <= 5; failure++) await tryStaffLogin(shop, username, 'wrong');
    await keepsHouse();
    expect((await rows()).length).toBeGreaterThanOrEqual(1);
    await shop.wechat.advanceTime({ minutes: 10 });
    await tryStaffLogin(shop, 'another-user', 'wrong');
    await shop.wechat.advanceTime({ minutes: 6 });
    await keepsHouse();
    expect(await rows()).toHaveLength(1); // the row of another username
    expect((await tryStaffLogin(shop, username, PASSWORD)).status).toBe(200);
    await shop.wechat.advanceTime({ minutes: 15 });
    await keepsHouse();
    expect(await rows()).toEqual([]);
  });

  it('staff login: expired failures are deleted in batches of one thousand', async () => {
    const long = { failedAt: '[0]', attemptId: 'X', attemptUntil: null, lastAt: new Date(0) };
    const names = Array.from({ length: 1200 }, (_, number) => ({ lockoutKeyHash: `name-${number}`, ...long }));
    await shop.firstInstance.app.get(UnitOfWork).run((tx) => tx.insert(LoginFailure, names));
    await keepsHouse();
    expect(await rows()).toEqual([]);
  });

  it('staff login: failures store no readable username or address', async () => {
    await tryStaffLogin(shop, 'secret-name', 'wrong');
    expect(JSON.stringify(await rows())).not.toMatch(/secret-name|127\.0\.0\.1/);
  });

  it('staff login: a failure stays counted when its instance stops during the check, and blocks other logins only briefly', async () => {
    const { username } = await createStaff(shop, 'VIEWER');
    for (let failure = 1; failure <= 4; failure++) await tryStaffLogin(shop, username, 'wrong');
    const before = await rows();
    const died = before.find(({ failedAt }) => (JSON.parse(failedAt) as number[]).length === 4);
    if (!died) throw new Error('The four failures are not there.');
    const until = new Date(died.lastAt.getTime() + 10_000).toISOString().replace('T', ' ').slice(0, -1);
    await shop.rawUpdate(
      `UPDATE login_failures SET attempt_id = 'DIED', attempt_until = '${until}' WHERE lockout_key_hash = '${died.lockoutKeyHash}'`,
    );
    await shop.wechat.advanceTime({ seconds: 11 });
    const answer: HttpResponse = await tryStaffLogin(shop, username, 'wrong');
    expectProblem(answer, 401, 'BAD_CREDENTIALS');
    expectProblem(await tryStaffLogin(shop, username, PASSWORD), 429, 'TOO_MANY_ATTEMPTS');
  });
});
