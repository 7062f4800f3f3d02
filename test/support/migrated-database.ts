import { createHash, randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import mysql from 'mysql2/promise';
import type { DataSource } from 'typeorm';
import { openDataSource } from '../../src/database/open-data-source.js';
import { optionsFor } from '../../src/tables.js';
import { isOnMysql, executeOnServer, type ScratchDatabase, createScratchDatabase } from './scratch-database.js';

const MIGRATIONS = fileURLToPath(new URL('../../src/database/migrations/', import.meta.url));

/**
 * A scratch database with all tables in it. To migrate takes longer than all else that a shop does when it opens, so what the
 * migrations leave is kept, for all files and runs, until a migration changes.
 */
export async function createMigratedDatabase(): Promise<ScratchDatabase> {
  const database = await createScratchDatabase();
  schema ??= isOnMysql ? mysqlSchemaScript() : sqliteSchemaFile();
  if (isOnMysql) await executeOnServer(database.url, await schema);
  else copyFileSync(await schema, pathOf(database));
  return database;
}

/** On MySQL the statements that make them, on SQLite a file that has them: looked for once, for all shops of a test file. */
let schema: Promise<string> | undefined;

async function sqliteSchemaFile(): Promise<string> {
  const kept = cacheFileOf('sqlite');
  if (existsSync(kept)) return kept;
  const database = await createScratchDatabase();
  await (await openMigrated(database)).destroy();
  writeCacheFile(kept, readFileSync(pathOf(database)));
  await database.drop();
  return kept;
}

/** As the server itself tells them. */
async function mysqlSchemaScript(): Promise<string> {
  const kept = cacheFileOf('sql');
  if (existsSync(kept)) return readFileSync(kept, 'utf8');
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
  writeCacheFile(kept, script);
  return script;
}

const openMigrated = ({ url }: ScratchDatabase): Promise<DataSource> =>
  openDataSource(optionsFor({ DATABASE_URL: url, DATABASE_POOL_SIZE: 1 }));

async function queryRows(source: DataSource, query: string): Promise<string[][]> {
  const rows: Record<string, string>[] = await source.query(query);
  return rows.map((row) => Object.values(row));
}

const pathOf = ({ url }: ScratchDatabase): string => url.slice('sqlite:'.length);

/** Another server would tell them otherwise. */
function cacheFileOf(ending: string): string {
  const hash = createHash('sha256').update(process.env['TEST_DATABASE_URL'] ?? '');
  for (const name of readdirSync(MIGRATIONS).sort()) hash.update(name).update(readFileSync(join(MIGRATIONS, name)));
  return join(tmpdir(), `wx-checkout-test-tables-${hash.digest('hex').slice(0, 16)}.${ending}`);
}

/** Several processes may make it at once; each file is whole, and the last one stays. */
function writeCacheFile(file: string, content: string | Buffer): void {
  const draft = `${file}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, content);
  renameSync(draft, file);
}
