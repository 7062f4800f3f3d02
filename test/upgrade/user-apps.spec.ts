import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { dataSourceOptionsFor } from '../../ormconfig.js';
import { User } from '../../src/auth/user.entity.js';
import { UserService } from '../../src/auth/user.service.js';
import { Clock } from '../../src/common/time/clock.js';
import { isUniqueViolation } from '../../src/database/database-errors.js';
import { openDataSource } from '../../src/database/data-source/open-data-source.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { createScratchDatabase, type ScratchDatabase } from '../support/database/scratch-database.js';

const AT = '2026-11-30 04:00:00.000';
const MIGRATION = 'AddUserApps1796000000150';
const [APP, OLD_APP, OTHER_APP] = ['wx8888888888888888', 'wx1111111111111111', 'wx6666666666666666'];

describe('upgrade: the app of users', () => {
  let scratch: ScratchDatabase;
  let source: DataSource;
  let users: UserService;

  beforeAll(async () => {
    scratch = await createScratchDatabase();
    source = await openDataSource(dataSourceOptionsFor({ DATABASE_URL: scratch.url, DATABASE_POOL_SIZE: 1 }));
    users = new UserService(new UnitOfWork(source), new Clock());
    await undoMigration();
    // No row in shop_identity: a database that has seen no payment and no start since it was created.
    for (const id of ['PAID', 'MOVED', 'APPONLY', 'REFUSED', 'NEVER']) await insertUser(id);
    await insertPayment('PAID', 1, { app_id: APP });
    await insertPayment('MOVED', 2, { app_id: OLD_APP });
    await insertPayment('MOVED', 3, { app_id: APP });
    await insertPayment('APPONLY', 4, { app_id: OTHER_APP, trade_type: 'APP' });
    await insertPayment('REFUSED', 5, { app_id: OTHER_APP, prepaid_at: null });
  });
  afterAll(async () => {
    await source.destroy();
    await scratch.drop();
  });

  const undoMigration = async (): Promise<void> => {
    const isApplied = async (): Promise<boolean> =>
      (await source.query<unknown[]>(`SELECT id FROM migrations WHERE name = '${MIGRATION}'`)).length > 0;
    while (await isApplied()) await source.undoLastMigration({ transaction: 'each' });
  };

  const insert = async (table: string, values: Readonly<Record<string, unknown>>): Promise<void> => {
    const columns = Object.keys(values).map((column) => source.driver.escape(column));
    const marks = columns.map(() => '?').join(', ');
    await source.query(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})`, Object.values(values));
  };
  const insertUser = (id: string): Promise<void> => insert('users', { id, openid: `o${id}`, created_at: AT });

  const insertPayment = async (
    user_id: string,
    number: number,
    changes: Readonly<Record<string, unknown>>,
  ): Promise<void> => {
    const order_no = `ORDER${number}`;
    await insert('orders', {
      order_no,
      user_id,
      status: 'PENDING',
      refund_status: 'NONE',
      total_fen: 1,
      discount_fen: 0,
      payable_fen: 1,
      paid_fen: 0,
      refunded_fen: 0,
      attempt_count: 1,
      close_attempts: 0,
      created_at: AT,
      expires_at: AT,
    });
    await insert('payments', {
      order_no,
      attempt_no: 1,
      out_trade_no: `${order_no}-1`,
      trade_type: 'JSAPI',
      amount_fen: 1,
      status: 'PREPAID',
      channel: 'wechat-v2',
      mch_id: '1900000109',
      request: '{}',
      is_unusable: 0,
      refund_due_fen: 0,
      check_count: 0,
      created_at: AT,
      prepaid_at: AT,
      ...changes,
    });
  };

  const appsOfUsers = async (): Promise<Record<string, string>> =>
    Object.fromEntries((await source.manager.find(User)).map(({ id, appId }) => [id, appId]));

  const EXPECTED = { PAID: APP, MOVED: APP, APPONLY: '', REFUSED: '', NEVER: '' };

  it('user: the app of the last JSAPI payment that WeChat accepted is taken; the migration can be reverted and run again', async () => {
    for (let round = 0; round < 2; round++) {
      await source.runMigrations({ transaction: 'each' });
      expect(await appsOfUsers()).toEqual(EXPECTED);
      if (round === 0) await undoMigration();
    }
  });

  it('user: the migration continues where an interrupted run has stopped', async () => {
    await source.query(`DELETE FROM migrations WHERE name = '${MIGRATION}'`);
    await source.runMigrations({ transaction: 'each' });
    expect(await appsOfUsers()).toEqual(EXPECTED);
  });

  it('user: a login finds the user from before the upgrade and completes the app, also when two logins are concurrent', async () => {
    const identity = { appId: APP, openid: 'oNEVER', unionid: null };
    const found = await Promise.all([users.findOrCreate(identity), users.findOrCreate(identity)]);
    expect(found.map(({ id }) => id)).toEqual(['NEVER', 'NEVER']);
    expect(await users.findById('NEVER')).toMatchObject({ appId: APP });
    expect((await users.findOrCreate({ ...identity, openid: 'oPAID' })).id).toBe('PAID');
    expect(await appsOfUsers()).toEqual({ ...EXPECTED, NEVER: APP });
  });

  it('user: the same openid under two apps is two users, and once under each app', async () => {
    const other = await users.findOrCreate({ appId: OTHER_APP, openid: 'oPAID', unionid: null });
    expect(other.id).not.toBe('PAID');
    expect((await users.findOrCreate({ appId: OTHER_APP, openid: 'oPAID', unionid: null })).id).toBe(other.id);
    const third = insert('users', { id: 'THIRD', openid: 'oPAID', app_id: APP, created_at: AT });
    expect(isUniqueViolation(await third.catch((error: unknown) => error))).toBe(true);
  });
});
