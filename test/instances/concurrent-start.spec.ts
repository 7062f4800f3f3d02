import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { migrations, dataSourceOptionsFor } from '../../ormconfig.js';
import { type ScratchDatabase, createScratchDatabase } from '../support/database/scratch-database.js';
import type { ServiceProcess } from '../support/service-process.js';
import { startProcesses } from './instance-group.js';

describe('instances: start on an empty database', () => {
  let database: ScratchDatabase;
  let processes: ServiceProcess[] = [];

  beforeEach(async () => {
    database = await createScratchDatabase();
  });
  afterEach(async () => {
    await Promise.all(processes.map((process) => process.kill()));
    await database.drop();
  });

  it('three instances that start at once migrate and seed the database once, and become ready', async () => {
    processes = await startProcesses(3, {
      DATABASE_URL: database.url,
      LOG_LEVEL: 'warn',
      SEED_DEMO_DATA: 'true',
      ADMIN_BOOTSTRAP_USERNAME: 'boss',
      ADMIN_BOOTSTRAP_PASSWORD: 'correct horse battery',
    });
    expect(await column('SELECT name FROM migrations ORDER BY id')).toEqual(migrations.map(({ name }) => name));
    expect(await column('SELECT username AS name FROM admins')).toEqual(['boss']);
    const products = await column('SELECT name FROM products');
    expect(products).toHaveLength(4);
    expect(new Set(products).size).toBe(4);
    expect(await column('SELECT coupon_id AS name FROM coupons ORDER BY coupon_id')).toEqual([
      'DEMOBIG',
      'DEMOWELCOME',
    ]);
  });

  /** Returns the column `name` of the rows that the statement finds. */
  async function column(statement: string): Promise<string[]> {
    const options = dataSourceOptionsFor({ DATABASE_URL: database.url, DATABASE_POOL_SIZE: 2 });
    const reader = await new DataSource(options).initialize();
    try {
      return (await reader.query<{ name: string }[]>(statement)).map(({ name }) => name);
    } finally {
      await reader.destroy();
    }
  }
});
