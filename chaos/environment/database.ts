import type { Options } from '../options.ts';
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readFileSync } from 'node:fs';
import mysql from 'mysql2/promise';
import { ManagedProcess } from '../../tools/process/managed-process.ts';
import type { RunFolder } from './run-folder.ts';

/**
 * The database of the service. `urlFor` returns the URL for an instance; `restart` kills the server with -9 and starts
 * it again, and is null for a server that the run did not start.
 */
export type Database = {
  urlFor: (instance: number) => string;
  restart: (() => Promise<void>) | null;
  secrets: Record<string, string>;
  name: string;
  drop: () => Promise<void>;
};

interface OwnServerOptions {
  runFolder: RunFolder;
  port: number;
  password: string;
}

/** Opens or starts the database that the options name. */
export async function openDatabase(options: Options, server: OwnServerOptions): Promise<Database> {
  if (options.urls.length > 0) return useGivenDatabase(options.urls);
  if (options.database === 'own') return startOwnMariaDb(server);
  if (options.database !== 'sqlite') return useGivenDatabase([options.database]);
  const url = `sqlite:${server.runFolder.folder}/shop.sqlite`;
  return { urlFor: () => url, restart: null, secrets: {}, name: 'SQLite', drop: () => Promise.resolve() };
}

/** Starts a MariaDB in the folder of the run, durable as in production: innodb_flush_log_at_trx_commit is 1. */
async function startOwnMariaDb({ runFolder, port, password }: OwnServerOptions): Promise<Database> {
  const { folder, logFolder } = runFolder;
  const data = `${folder}/mariadb`;
  const scratch = `${folder}/mariadb-tmp`; // the default folder may not be accessible to the user mysql
  for (const own of [data, scratch]) mkdirSync(own);
  const isRoot = process.getuid?.() === 0;
  if (isRoot) {
    const [, uid = '', gid = ''] = /^mysql:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8')) ?? [];
    if (uid === '') throw new Error('The system has no user mysql, which MariaDB needs. Install mariadb-server.');
    chmodSync(folder, 0o711); // mysql must reach its own folder, but not read the others
    for (const own of [data, scratch]) chownSync(own, Number(uid), Number(gid));
  }
  const as = isRoot ? ['--user=mysql'] : [];
  const own = ['--no-defaults', ...as, `--datadir=${data}`];
  const install = [...own, '--auth-root-authentication-method=normal', '--skip-test-db'];
  const env = { PATH: process.env['PATH'] ?? '', TMPDIR: scratch };
  const { status, stderr } = spawnSync('mariadb-install-db', install, { encoding: 'utf8', env });
  if (status !== 0) throw new Error(`mariadb-install-db failed: ${stderr}`);

  const start = async () => {
    const child = new ManagedProcess({
      command: 'mariadbd',
      args: [
        ...own,
        ...[`--socket=${data}/socket`, `--pid-file=${data}/pid`],
        ...['--character-set-server=utf8mb4', '--bind-address=127.0.0.1', `--port=${port}`, '--max-connections=300'],
        ...['--innodb-flush-log-at-trx-commit=1', '--innodb-buffer-pool-size=256M', '--skip-name-resolve'],
      ],
      environment: env,
      directory: data,
      log: `${logFolder}/mariadb.log`,
    });
    await child.waitUntilReady(60_000, () => isUp(`mysql://root@127.0.0.1:${port}`));
    return child;
  };

  let server = await start();
  await executeOnServer(`mysql://root@127.0.0.1:${port}`, [
    'CREATE DATABASE shop CHARACTER SET utf8mb4',
    `CREATE USER shop@'127.0.0.1' IDENTIFIED BY '${password}'`,
    "GRANT ALL ON shop.* TO shop@'127.0.0.1'",
  ]);
  const kill = async () => {
    server.signal('SIGKILL');
    await server.exited;
  };
  return {
    urlFor: () => `mysql://shop:${password}@127.0.0.1:${port}/shop`,
    restart: async () => {
      await kill();
      server = await start();
    },
    secrets: { 'the password of the database': password },
    name: 'its own MariaDB',
    drop: kill,
  };
}

/**
 * Uses existing servers, which are never restarted. Without a database name in the URL, creates one and drops it at the
 * end.
 */
async function useGivenDatabase(urls: string[]): Promise<Database> {
  const [first = ''] = urls;
  const isNamed = new URL(first).pathname.length > 1;
  const name = isNamed ? new URL(first).pathname.slice(1) : `wxc_chaos_${process.pid}`;
  const server = serverOf(first);
  const tables = `SELECT 1 FROM information_schema.tables WHERE table_schema = ${mysql.escape(name)} LIMIT 1`;
  if (isNamed && ((await executeOnServer(server, [tables])) as unknown[]).length > 0)
    throw new Error(`The database ${name} is not empty. Use an empty one.`);
  await executeOnServer(server, [`CREATE DATABASE IF NOT EXISTS \`${name}\` CHARACTER SET utf8mb4`]);
  const addresses = urls.map((url) => `${serverOf(url)}/${name}`);
  const secrets = urls
    .map((url) => decodeURIComponent(new URL(url).password))
    .filter((password) => password.length >= 8);
  return {
    urlFor: (instance) => addresses[instance % addresses.length] ?? '',
    restart: null,
    secrets: Object.fromEntries(secrets.map((password, index) => [`the password of database ${index + 1}`, password])),
    name: urls.length > 1 ? `a cluster of ${urls.length}` : new URL(first).host,
    drop: async () => {
      if (!isNamed) await executeOnServer(server, [`DROP DATABASE IF EXISTS \`${name}\``]);
    },
  };
}

function serverOf(url: string) {
  const address = new URL(url);
  return `mysql://${address.username}${address.password && `:${address.password}`}@${address.host}`;
}

/** @returns the rows of the last statement */
async function executeOnServer(server: string, statements: string[]): Promise<unknown> {
  const connection = await mysql.createConnection({ uri: server, connectTimeout: 3000 });
  try {
    let rows: unknown;
    for (const statement of statements) [rows] = await connection.query(statement);
    return rows;
  } finally {
    await connection.end();
  }
}

async function isUp(server: string) {
  return executeOnServer(server, ['SELECT 1']).then(
    () => true,
    () => false,
  );
}
