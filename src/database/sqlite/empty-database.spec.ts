import { afterEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { dataSourceOptionsFor } from '../../tables.js';
import { openDataSource, ShopDataSource } from '../data-source/open-data-source.js';
import { migrate } from '../migration/migrate.js';
import { describeEmptyDatabase, type EmptyDatabase } from './empty-database.js';

const open: DataSource[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((dataSource) => dataSource.destroy()));
});

const options = () => dataSourceOptionsFor({ DATABASE_URL: 'sqlite::memory:', DATABASE_POOL_SIZE: 1 });

async function openMigrated(): Promise<DataSource> {
  const dataSource = await openDataSource(options());
  open.push(dataSource);
  return dataSource;
}

async function openCreated(empty: EmptyDatabase, firstStatement?: string): Promise<DataSource> {
  const dataSource = await new ShopDataSource(options()).initialize();
  open.push(dataSource);
  if (firstStatement !== undefined) await dataSource.query(firstStatement);
  await migrate(dataSource, empty);
  return dataSource;
}

/** Everything in the database: the text of each definition, and all rows. */
async function contentOf(dataSource: DataSource): Promise<Record<string, unknown>> {
  const objects = await dataSource.query<{ type: string; name: string; sql: string | null }[]>(
    'SELECT type, name, sql FROM sqlite_master ORDER BY type, name',
  );
  const tables = objects.filter(({ type }) => type === 'table').map(({ name }) => name);
  const rows = await Promise.all(tables.map((table) => dataSource.query(`SELECT * FROM "${table}" ORDER BY 1`)));
  return { objects, rows: Object.fromEntries(tables.map((table, at) => [table, rows[at]])) };
}

describe('the description of an empty SQLite database', () => {
  it('creates exactly what all migrations create, including their rows and counters', async () => {
    const migrated = await openMigrated();
    const created = await openCreated(await describeEmptyDatabase(migrated));
    expect(await contentOf(created)).toEqual(await contentOf(migrated));
    expect(await created.showMigrations()).toBe(false);
  });

  it('is not used for a database that has a table, which is migrated instead', async () => {
    const empty = await describeEmptyDatabase(await openMigrated());
    const statements = [...empty.statements, 'CREATE TABLE from_the_description (id INTEGER)'];
    const created = await openCreated({ ...empty, statements }, 'CREATE TABLE of_the_operator (id INTEGER)');
    const names = (await contentOf(created))['rows'] as Record<string, unknown>;
    expect(Object.keys(names)).toEqual(expect.arrayContaining(['orders', 'of_the_operator']));
    expect(Object.keys(names)).not.toContain('from_the_description');
  });

  it('is not used when it belongs to other migrations', async () => {
    const empty = await describeEmptyDatabase(await openMigrated());
    const created = await openCreated({
      ...empty,
      migrations: empty.migrations.slice(1),
      statements: ['SELECT no_such'],
    });
    expect(await created.showMigrations()).toBe(false);
  });
});
