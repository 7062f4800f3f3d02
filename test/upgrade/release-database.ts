import { readFile } from 'node:fs/promises';
import { DataSource } from 'typeorm';
import { migrations, dataSourceOptionsFor } from '../../src/tables.js';
import { migrate } from '../../src/database/migration/migrate.js';
import { type ScratchDatabase, createScratchDatabase } from '../support/database/scratch-database.js';

/** All rows of a shop of an earlier release, as SQLite stored them: booleans are 0 and 1, times are texts. */
interface ReleaseDump {
  /** When the shop was last used, by its own clock. */
  now: string;
  tables: Record<string, { columns: string[]; rows: (string | number | null)[][] }>;
}

/** A database of an earlier release, before any later migration. */
export interface ReleaseDatabase {
  database: ScratchDatabase;
  stoppedAt: Date;
  /** Number of rows per table. */
  rowCounts: Readonly<Record<string, number>>;
  /** Number of rows that had this value when they were loaded. */
  countOf: (table: string, column: string, value: string) => number;
}

/**
 * @param lastMigration the last migration of the release
 * @param file the rows of the release
 */
export async function loadReleaseDatabase(file: string, lastMigration: string): Promise<ReleaseDatabase> {
  const { now, tables } = JSON.parse(await readFile(file, 'utf8')) as ReleaseDump;
  const database = await createScratchDatabase();
  const count = migrations.findIndex(({ name }) => name === lastMigration) + 1;
  if (count === 0) throw new Error(`There is no migration ${lastMigration}.`);
  const options = dataSourceOptionsFor({ DATABASE_URL: database.url, DATABASE_POOL_SIZE: 1 });
  const source = await new DataSource({ ...options, migrations: migrations.slice(0, count) }).initialize();
  try {
    await migrate(source);
    for (const [table, { columns, rows }] of Object.entries(tables)) {
      const names = columns.map((column) => source.driver.escape(column)).join(', ');
      const marks = columns.map(() => '?').join(', ');
      for (const row of rows) await source.query(`INSERT INTO ${table} (${names}) VALUES (${marks})`, row);
    }
  } finally {
    await source.destroy();
  }
  const rowCounts = Object.fromEntries(Object.entries(tables).map(([table, { rows }]) => [table, rows.length]));
  const countOf = (table: string, column: string, value: string): number => {
    const { columns = [], rows = [] } = tables[table] ?? {};
    return rows.filter((row) => row[columns.indexOf(column)] === value).length;
  };
  return { database, stoppedAt: new Date(now), rowCounts, countOf };
}
