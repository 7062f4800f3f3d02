import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mysql from 'mysql2/promise';

/** A database for one test, deleted afterwards. */
export interface ScratchDatabase {
  url: string;
  drop(): Promise<void>;
}

/** Creates it on SQLite, or on the MySQL or MariaDB server of `TEST_DATABASE_URL`. The same tests run on both. */
export function createScratchDatabase(): Promise<ScratchDatabase> {
  const server = process.env['TEST_DATABASE_URL'];
  return server === undefined ? createSqliteDatabase() : createMysqlDatabase(new URL(server));
}

export const isOnMysql = process.env['TEST_DATABASE_URL'] !== undefined;

async function createSqliteDatabase(): Promise<ScratchDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'wx-checkout-'));
  return { url: `sqlite:${join(folder, 'shop.sqlite')}`, drop: () => rm(folder, { recursive: true, force: true }) };
}

/** The database that the URL names need not exist. */
async function createMysqlDatabase(address: URL): Promise<ScratchDatabase> {
  const name = `wxc_test_${randomBytes(6).toString('hex')}`;
  const server = new URL('/', address);
  await executeOnServer(server, `CREATE DATABASE ${name}`);
  const url = new URL(`/${name}`, server);
  return { url: url.toString(), drop: () => executeOnServer(server, `DROP DATABASE IF EXISTS ${name}`) };
}

/** Executes statements, separated by semicolons, on a new connection. */
export async function executeOnServer(url: URL | string, statements: string): Promise<void> {
  const { hostname: host, port, username, password, pathname } = new URL(url);
  const connection = await mysql.createConnection({
    host,
    port: Number(port || 3306),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: pathname.slice(1),
    multipleStatements: true,
  });
  try {
    await connection.query(statements);
  } finally {
    await connection.end();
  }
}
