import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { createApp } from '../../../src/create-app.js';
import { openDataSource } from '../../../src/database/data-source/open-data-source.js';
import { ensureShopIdentity } from '../../../src/database/shop-identity/ensure-shop-identity.js';
import { readSettings } from '../../../src/config/read-settings.js';
import { dataSourceOptionsFor } from '../../../src/tables.js';
import { parseVerifyOptions } from '../../../src/verify/verify-options.js';
import { verify } from '../../../src/verify/verify.js';
import { LIVE_ENVIRONMENT } from '../../support/fixtures/merchant-environment.js';
import { createMigratedDatabase } from '../../support/database/migrated-database.js';
import { type ScratchDatabase, createScratchDatabase } from '../../support/database/scratch-database.js';
import { ServiceProcess } from '../../support/service-process.js';
import { openTestShop, type TestShop } from '../../support/test-shop.js';

const LIVE = { ...LIVE_ENVIRONMENT, WECHAT_MCH_ID: '1230000109' };
const QUIET = { NODE_ENV: 'test', LOG_LEVEL: 'silent', PORT: '0', ADMIN_BOOTSTRAP_PASSWORD: 'correct horse battery' };

/** Starts a service and stops it. @returns why it did not start, or `started`. */
async function starts(database: ScratchDatabase, environment: Record<string, string>): Promise<string> {
  try {
    const app = await createApp({ ...QUIET, ...environment, DATABASE_URL: database.url });
    await app.close();
    return 'started';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe('start: a database belongs to one shop', () => {
  let database: ScratchDatabase;

  afterEach(() => database.drop());

  it('rejects the simulator and another merchant number on a database that a live merchant has used', async () => {
    database = await createMigratedDatabase();
    expect(await starts(database, LIVE)).toBe('started');
    expect(await starts(database, LIVE)).toBe('started');
    expect(await starts(database, { WECHAT_MODE: 'simulator' })).toMatch(/WECHAT_MODE must be live/);
    const other = { ...LIVE, WECHAT_MCH_ID: '1230000110' };
    expect(await starts(database, other)).toMatch(/WECHAT_MCH_ID must be 1230000109/);
    expect(await starts(database, { ...other, ACCEPT_MERCHANT_CHANGE_FROM: '1230000109' })).toBe('started');
    expect(await starts(database, other)).toBe('started');
    expect(await starts(database, LIVE)).toMatch(/WECHAT_MCH_ID must be 1230000110/);
  });

  it('rejects live mode on a database that the simulator has used', async () => {
    database = await createMigratedDatabase();
    expect(await starts(database, {})).toBe('started');
    expect(await starts(database, LIVE)).toMatch(/DATABASE_URL must be another database/);
    expect(await starts(database, {})).toBe('started');
  });

  it('accepts one merchant number when instances with different ones start at the same time', async () => {
    database = await createMigratedDatabase();
    const options = dataSourceOptionsFor({ DATABASE_URL: database.url, DATABASE_POOL_SIZE: 2 });
    const sources = await Promise.all([1, 2, 3, 4].map(() => new DataSource(options).initialize()));
    const outcomes = await Promise.allSettled(
      sources.map((source, at) =>
        ensureShopIdentity(source, readSettings({ ...LIVE, WECHAT_MCH_ID: `123000010${at % 2}` })),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    const [first, ...more] = (await sources[0]?.query<{ mch_id: string }[]>('SELECT mch_id FROM shop_identity')) ?? [];
    expect([first?.mch_id, more]).toEqual([expect.stringMatching(/^123000010[01]$/), []]);
    await Promise.all(sources.map((source) => source.destroy()));
  });

  it('does not retry, and explains in two lines which variable to change', async () => {
    database = await createMigratedDatabase();
    expect(await starts(database, LIVE)).toBe('started');
    const service = ServiceProcess.launch({
      DATABASE_URL: database.url,
      PORT: '0',
      WECHAT_MODE: 'simulator',
      SIMULATOR_PORT: '29871',
    });
    expect(await service.waitForExit()).toEqual({ code: 1, signal: null });
    expect(service.stderr.trim().split('\n')).toEqual([
      'Cannot start:',
      expect.stringMatching(/^ {2}WECHAT_MODE must be/),
    ]);
    expect(service.stdout).toBe('');
  });
});

describe('start: a database of a version that did not store the shop identity', () => {
  let shop: TestShop;

  beforeAll(async () => {
    shop = await openTestShop();
    const alice = await shop.createUser('alice');
    await alice.startPayment(await alice.createOrder({ productId: await shop.createProduct() }));
  });
  afterAll(() => shop.close());

  /** The table as the migration leaves it when payments of this merchant exist. */
  async function upgraded(mchId: string): Promise<unknown> {
    await shop.rawUpdate(`UPDATE payments SET request = REPLACE(request, '"mch_id":"', '"mch_id":"${mchId}","was":"')`);
    const { DATABASE_URL = '' } = shop.environment;
    await shop.rawUpdate('DROP TABLE shop_identity', "DELETE FROM migrations WHERE name LIKE 'CreateShopIdentity%'");
    const source = await openDataSource(dataSourceOptionsFor({ DATABASE_URL, DATABASE_POOL_SIZE: 2 }));
    const rows: unknown = await source.query('SELECT mode, mch_id FROM shop_identity');
    await source.destroy();
    return rows;
  }

  it('is live when its newest payment names a real merchant number', async () => {
    expect(await upgraded('1230000109')).toEqual([{ mode: 'live', mch_id: '1230000109' }]);
  });

  it('stays undecided when its newest payment names the merchant of the simulator', async () => {
    expect(await upgraded('1900000109')).toEqual([{ mode: null, mch_id: '1900000109' }]);
  });
});

describe('verify: a database belongs to one shop', () => {
  let database: ScratchDatabase;

  afterEach(() => database.drop());

  it('does not query WeChat as another merchant', async () => {
    database = await createScratchDatabase();
    expect(await starts(database, LIVE)).toBe('started');
    const startWith = (more: Record<string, string>): Promise<unknown> =>
      verify(parseVerifyOptions(['--wechat']), { ...LIVE, DATABASE_URL: database.url, ...more });
    await expect(startWith({ WECHAT_MCH_ID: '1230000110' })).rejects.toThrow(/WECHAT_MCH_ID must be 1230000109/);
    await expect(startWith({})).resolves.toMatchObject({ findings: expect.any(Array) });
  });
});
