import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource, QueryRunner } from 'typeorm';
import { entities, migrations, dataSourceOptionsFor } from '../../../ormconfig.js';
import {
  isOnMysql,
  type ScratchDatabase,
  createScratchDatabase,
} from '../../../test/support/database/scratch-database.js';
import { openDataSource, ShopDataSource } from '../data-source/open-data-source.js';

const databases: { where: string; open: () => Promise<ScratchDatabase> }[] = [
  { where: 'SQLite', open: () => Promise.resolve({ url: 'sqlite::memory:', drop: () => Promise.resolve() }) },
  ...(isOnMysql ? [{ where: 'MySQL', open: createScratchDatabase }] : []),
];

/** The statements that TypeORM needs to make the tables match the entities. */
async function differences(dataSource: DataSource): Promise<string[]> {
  const reader = await readerOf(dataSource);
  const { upQueries } = await reader.driver.createSchemaBuilder().log();
  if (reader !== dataSource) await reader.destroy();
  return upQueries.map(({ query }) => query);
}

/** MariaDB reports the default of a nullable column as NULL, which TypeORM handles only for the type mariadb. */
async function readerOf(dataSource: DataSource): Promise<DataSource> {
  const { options } = dataSource;
  if (options.type !== 'mysql') return dataSource;
  const [server] = await dataSource.query<{ version: string }[]>('SELECT VERSION() AS version');
  if (!server?.version.includes('MariaDB')) return dataSource;
  return new ShopDataSource({ ...options, type: 'mariadb' }).initialize();
}

async function withRunner<T>(dataSource: DataSource, work: (runner: QueryRunner) => Promise<T>): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    return await work(runner);
  } finally {
    await runner.release();
  }
}

/** Tables with their columns and indexes, by name. */
function schemaOf(dataSource: DataSource): Promise<Record<string, unknown>> {
  return withRunner(dataSource, async (runner) => {
    const tables = await runner.getTables(dataSource.entityMetadatas.map((metadata) => metadata.tablePath));
    return Object.fromEntries<unknown>(
      tables.map((table) => [
        table.name.split('.').at(-1) ?? '',
        {
          columns: table.columns.map(({ name, type, length, isNullable }) => ({ name, type, length, isNullable })),
          indices: table.indices
            .map(({ name, columnNames, isUnique }) => ({ name, columnNames, isUnique }))
            .sort((a, b) => String(a.name).localeCompare(String(b.name))),
        },
      ]),
    );
  });
}

describe.each(databases)('migrations on $where', ({ open }) => {
  let scratch: ScratchDatabase;
  let dataSource: DataSource;

  beforeEach(async () => {
    scratch = await open();
    dataSource = await openDataSource(dataSourceOptionsFor({ DATABASE_URL: scratch.url, DATABASE_POOL_SIZE: 2 }));
  });

  afterEach(async () => {
    await dataSource.destroy();
    await scratch.drop();
  });

  it('create exactly the tables of the entities', async () => {
    expect(await differences(dataSource)).toEqual([]);
    expect(Object.keys(await schemaOf(dataSource))).toHaveLength(entities.length);
  });

  it('can all be reverted and run again with the same result', async () => {
    const before = await schemaOf(dataSource);
    while ((await schemaOf(dataSource))['users']) await dataSource.undoLastMigration({ transaction: 'each' });
    expect(await schemaOf(dataSource)).toEqual({});
    expect(await dataSource.showMigrations()).toBe(true);
    await dataSource.runMigrations({ transaction: 'each' });
    expect(await schemaOf(dataSource)).toEqual(before);
    expect(await differences(dataSource)).toEqual([]);
  });

  it('do nothing the second time', async () => {
    expect(await dataSource.showMigrations()).toBe(false);
    expect(await dataSource.runMigrations({ transaction: 'each' })).toEqual([]);
  });

  it('store instants in UTC milliseconds, Chinese and emoji, and distinguish upper and lower case', async () => {
    const at = new Date('2026-11-21T03:04:05.678Z');
    await dataSource.getRepository('User').insert([
      { id: 'A', openid: 'oAbc', unionid: '茶🍵', createdAt: at },
      { id: 'a', openid: 'oabc', unionid: null, createdAt: at },
    ]);
    expect(await dataSource.getRepository('User').findOneBy({ openid: 'oAbc' })).toMatchObject({
      id: 'A',
      unionid: '茶🍵',
      createdAt: at,
    });
    expect(await dataSource.getRepository('User').countBy({ openid: 'OABC' })).toBe(0);
  });
});

describe('migrations: the list', () => {
  it('is sorted by date, and each file is named like its class', () => {
    const names = migrations.map((migration) => migration.name);
    const dates = names.map((name) => Number(/\d{13}$/.exec(name)?.[0]));
    expect(dates).toEqual([...new Set(dates)].sort((a, b) => a - b));
    for (const Migration of migrations) expect(new Migration().name).toBe(Migration.name);
  });
});
