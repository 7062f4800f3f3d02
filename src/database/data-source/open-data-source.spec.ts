import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { DataSource, DataSourceOptions, MigrationInterface, QueryRunner } from 'typeorm';
import {
  isOnMysql,
  type ScratchDatabase,
  createScratchDatabase,
} from '../../../test/support/database/scratch-database.js';
import { dataSourceOptions } from './data-source-options.js';
import { openDataSource } from './open-data-source.js';

class CreateTestRows1790000000001 implements MigrationInterface {
  readonly name = 'MakeShelf1790000000001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('CREATE TABLE test_rows (id INTEGER PRIMARY KEY)');
    await queryRunner.query('INSERT INTO test_rows VALUES (1)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE test_rows');
  }
}

class FailingMigration1790000000002 implements MigrationInterface {
  readonly name = 'Stumble1790000000002';

  up(): Promise<void> {
    return Promise.reject(new Error('migration failed'));
  }

  down(): Promise<void> {
    return Promise.resolve();
  }
}

let scratch: ScratchDatabase;
const open: DataSource[] = [];

beforeEach(async () => {
  scratch = await createScratchDatabase();
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((dataSource) => dataSource.destroy()));
  await scratch.drop();
});

function options(migrations: (new () => object)[] = [CreateTestRows1790000000001], poolSize = 2): DataSourceOptions {
  return dataSourceOptions({ url: scratch.url, poolSize, entities: [], migrations });
}

async function openTracked(dataSourceOptions = options()): Promise<DataSource> {
  const dataSource = await openDataSource(dataSourceOptions);
  open.push(dataSource);
  return dataSource;
}

const readTestRows = (dataSource: DataSource): Promise<unknown[]> => dataSource.query('SELECT id FROM test_rows');

describe('database start', () => {
  it('migrates an empty database and does not change a migrated one', async () => {
    expect(await readTestRows(await openTracked())).toHaveLength(1);
    expect(await readTestRows(await openTracked())).toHaveLength(1);
  });

  it('works with a single connection', async () => {
    expect(await readTestRows(await openTracked(options([CreateTestRows1790000000001], 1)))).toHaveLength(1);
  }, 60_000); // less than the lock timeout

  it('migrates once if several instances start at the same time', async () => {
    const instances = await Promise.all(Array.from({ length: 5 }, () => openTracked()));
    for (const instance of instances) expect(await readTestRows(instance)).toHaveLength(1);
  });

  it('reports the error of a migration and does not block the next attempt', async () => {
    jest.spyOn(console, 'log').mockImplementation(() => undefined); // TypeORM's own message
    const stumbling = options([CreateTestRows1790000000001, FailingMigration1790000000002]);
    await expect(openDataSource(stumbling)).rejects.toThrow('migration failed');
    expect(await readTestRows(await openTracked())).toHaveLength(1);
  });

  it('reports that the database is unreachable', async () => {
    const away = dataSourceOptions({ url: 'mysql://root@127.0.0.1:1/shop', entities: [], migrations: [] });
    await expect(openDataSource(away)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

const onMysql = isOnMysql ? describe : describe.skip;

onMysql('an instance that starts on a MySQL server with other shops', () => {
  it('does not wait for the migration of another database', async () => {
    const neighbour = await createScratchDatabase();
    let isMigrated = false;
    try {
      await openTracked();
      const slow = class SlowMigration1790000000001 implements MigrationInterface {
        readonly name = 'SlowMigration1790000000001';

        async up(): Promise<void> {
          expect(await readTestRows(await openTracked())).toHaveLength(1);
          isMigrated = true;
        }

        down(): Promise<void> {
          return Promise.resolve();
        }
      };
      await openTracked(dataSourceOptions({ url: neighbour.url, entities: [], migrations: [slow] }));
      expect(isMigrated).toBe(true);
    } finally {
      await neighbour.drop();
    }
  }, 60_000); // less than the lock timeout

  it('uses READ COMMITTED and a short lock wait on every connection', async () => {
    const dataSource = await openTracked(options([], 3));
    const runners = [1, 2, 3].map(() => dataSource.createQueryRunner());
    for (const runner of runners) {
      const rows = (await runner.query(
        "SHOW SESSION VARIABLES WHERE Variable_name IN ('tx_isolation', 'transaction_isolation', 'innodb_lock_wait_timeout')",
      )) as { Value: string }[];
      expect(new Set(rows.map((row) => row.Value))).toEqual(new Set(['READ-COMMITTED', '3']));
    }
    await Promise.all(runners.map((runner) => runner.release()));
  });
});
