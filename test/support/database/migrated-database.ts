import { createHash, randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import mysql from 'mysql2/promise';
import type { DataSource } from 'typeorm';
import { openDataSource } from '../../../src/database/data-source/open-data-source.js';
import { dataSourceOptionsFor } from '../../../src/tables.js';
import { isOnMysql, executeOnServer, type ScratchDatabase, createScratchDatabase } from './scratch-database.js';

const MIGRATIONS = fileURLToPath(new URL('../../../src/database/migrations/', import.meta.url));

/**
 * Creates a scratch database with all tables. Migrating takes longer than the rest of a shop's start, so the result is
 * cached for all files and runs until a migration changes.
 */
export async function createMigratedDatabase(): Promise<ScratchDatabase> {
  const database = await createScratchDatabase();
  schema ??= isOnMysql ? mysqlSchemaScript() : sqliteSchemaFile();
  if (isOnMysql) await executeOnServer(database.url, await schema);
  else copyFileSync(await schema, pathOf(database));
  return database;
}

/**
 * On MySQL the statements that create the tables, on SQLite a file with them. Loaded once for all shops of a test file.
 */
let schema: Promise<string> | undefined;

async function sqliteSchemaFile(): Promise<string> {
  const cached = cacheFileOf('sqlite');
  if (existsSync(cached)) return cached;
  const database = await createScratchDatabase();
  await (await openMigrated(database)).destroy();
  writeCacheFile(cached, readFileSync(pathOf(database)));
  await database.drop();
  return cached;
}

/** Reads the statements from the server. */
async function mysqlSchemaScript(): Promise<string> {
  const cached = cacheFileOf('sql');
  if (existsSync(cached)) return readFileSync(cached, 'utf8');
  const database = await createScratchDatabase();
  const source = await openMigrated(database);
  const statements = ['SET foreign_key_checks = 0'];
  for (const [table] of await queryRows(source, 'SHOW TABLES')) {
    const [[, create]] = (await queryRows(source, `SHOW CREATE TABLE ${table}`)) as [[string, string]];
    statements.push(create);
    const rows = await queryRows(source, `SELECT * FROM ${table}`);
    if (rows.length > 0) statements.push(mysql.format(`INSERT INTO ${table} VALUES ?`, [rows]));
  }
  await source.destroy();
  await database.drop();
  const script = statements.join(';\n');
  writeCacheFile(cached, script);
  return script;
}

const openMigrated = ({ url }: ScratchDatabase): Promise<DataSource> =>
  openDataSource(dataSourceOptionsFor({ DATABASE_URL: url, DATABASE_POOL_SIZE: 1 }));

async function queryRows(source: DataSource, query: string): Promise<string[][]> {
  const rows: Record<string, string>[] = await source.query(query);
  return rows.map((row) => Object.values(row));
}

const pathOf = ({ url }: ScratchDatabase): string => url.slice('sqlite:'.length);

/** The name depends on the server, because servers describe their tables differently. */
function cacheFileOf(ending: string): string {
  const hash = createHash('sha256').update(process.env['TEST_DATABASE_URL'] ?? '');
  for (const name of readdirSync(MIGRATIONS).sort()) hash.update(name).update(readFileSync(join(MIGRATIONS, name)));
  return join(tmpdir(), `wx-checkout-test-tables-${hash.digest('hex').slice(0, 16)}.${ending}`);
}

/** Several processes may write at once; each file is complete, and the last one stays. */
function writeCacheFile(file: string, content: string | Buffer): void {
  const draft = `${file}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, content);
  renameSync(draft, file);
}
