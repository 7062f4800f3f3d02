import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mysql from 'mysql2/promise';

/** A database of its own for one test, gone afterwards. */
export interface ScratchDatabase {
  url: string;
  drop(): Promise<void>;
}

/** On SQLite, or on the MySQL / MariaDB server that `TEST_DATABASE_URL` names: the same suite runs on both. */
export function scratchDatabase(): Promise<ScratchDatabase> {
  const server = process.env['TEST_DATABASE_URL'];
  return server === undefined ? onSqlite() : onMysql(new URL(server));
}

export const isOnMysql = process.env['TEST_DATABASE_URL'] !== undefined;

async function onSqlite(): Promise<ScratchDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'wx-checkout-'));
  return { url: `sqlite:${join(folder, 'shop.sqlite')}`, drop: () => rm(folder, { recursive: true, force: true }) };
}

async function onMysql(server: URL): Promise<ScratchDatabase> {
  const name = `wxc_test_${randomBytes(6).toString('hex')}`;
  await query(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.toString(), drop: () => query(server, `DROP DATABASE IF EXISTS ${name}`) };
}

async function query(server: URL, statement: string): Promise<void> {
  const connection = await mysql.createConnection({
    host: server.hostname,
    port: Number(server.port || 3306),
    user: decodeURIComponent(server.username),
    password: decodeURIComponent(server.password),
  });
  try {
    await connection.query(statement);
  } finally {
    await connection.end();
  }
}
