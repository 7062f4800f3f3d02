import { createHash, randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import mysql from 'mysql2/promise';
import type { DataSource } from 'typeorm';
import { openDataSource } from '../../src/database/open-data-source.js';
import { optionsFor } from '../../src/tables.js';
import { isOnMysql, onServer, type ScratchDatabase, scratchDatabase } from './scratch-database.js';

const MIGRATIONS = fileURLToPath(new URL('../../src/database/migrations/', import.meta.url));

/**
 * A scratch database with all tables in it. To migrate takes longer than all else that a shop does when it opens, so what the
 * migrations leave is kept, for all files and runs, until a migration changes.
 */
export async function migratedDatabase(): Promise<ScratchDatabase> {
  const database = await scratchDatabase();
  tables ??= isOnMysql ? tablesOnMysql() : tablesOnSqlite();
  if (isOnMysql) await onServer(database.url, await tables);
  else copyFileSync(await tables, pathOf(database));
  return database;
}

/** On MySQL the statements that make them, on SQLite a file that has them: looked for once, for all shops of a test file. */
let tables: Promise<string> | undefined;

async function tablesOnSqlite(): Promise<string> {
  const kept = keptFile('sqlite');
  if (existsSync(kept)) return kept;
  const database = await scratchDatabase();
  await (await migrated(database)).destroy();
  keep(kept, readFileSync(pathOf(database)));
  await database.drop();
  return kept;
}

/** As the server itself tells them. */
async function tablesOnMysql(): Promise<string> {
  const kept = keptFile('sql');
  if (existsSync(kept)) return readFileSync(kept, 'utf8');
  const database = await scratchDatabase();
  const source = await migrated(database);
  const statements = ['SET foreign_key_checks = 0'];
  for (const [table] of await rowsOf(source, 'SHOW TABLES')) {
    const [[, create]] = (await rowsOf(source, `SHOW CREATE TABLE ${table}`)) as [[string, string]];
    statements.push(create);
    const rows = await rowsOf(source, `SELECT * FROM ${table}`);
    if (rows.length > 0) statements.push(mysql.format(`INSERT INTO ${table} VALUES ?`, [rows]));
  }
  await source.destroy();
  await database.drop();
  const script = statements.join(';\n');
  keep(kept, script);
  return script;
}

const migrated = ({ url }: ScratchDatabase): Promise<DataSource> =>
  openDataSource(optionsFor({ DATABASE_URL: url, DATABASE_POOL_SIZE: 1 }));

async function rowsOf(source: DataSource, query: string): Promise<string[][]> {
  const rows: Record<string, string>[] = await source.query(query);
  return rows.map((row) => Object.values(row));
}

const pathOf = ({ url }: ScratchDatabase): string => url.slice('sqlite:'.length);

/** Another server would tell them otherwise. */
function keptFile(ending: string): string {
  const hash = createHash('sha256').update(process.env['TEST_DATABASE_URL'] ?? '');
  for (const name of readdirSync(MIGRATIONS).sort()) hash.update(name).update(readFileSync(join(MIGRATIONS, name)));
  return join(tmpdir(), `wx-checkout-test-tables-${hash.digest('hex').slice(0, 16)}.${ending}`);
}

/** Several processes may make it at once; each file is whole, and the last one stays. */
function keep(file: string, content: string | Buffer): void {
  const draft = `${file}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, content);
  renameSync(draft, file);
}
