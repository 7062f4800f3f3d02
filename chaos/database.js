import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readFileSync } from 'node:fs';
import mysql from 'mysql2/promise';
import { ManagedProcess } from './managed-process.js';
import { waitUntil } from './wait.js';

/**
 * The database of the service. `urlFor` returns the URL for an instance; `restart` kills the server with -9 and starts it
 * again, and is null for a server that the run did not start.
 *
 * @typedef {{ urlFor: (instance: number) => string, restart: (() => Promise<void>) | null, secrets: Record<string, string>,
 *   name: string, drop: () => Promise<void> }} Database
 */

/**
 * @param {{ options: import('./options.js').Options, folder: string, port: number, password: string }} input
 * @returns {Promise<Database>}
 */
export async function openDatabase({ options, folder, port, password }) {
  if (options.urls.length > 0) return useGivenDatabase(options.urls);
  if (options.database === 'own') return startOwnMariaDb({ folder, port, password });
  if (options.database !== 'sqlite') return useGivenDatabase([options.database]);
  const url = `sqlite:${folder}/shop.sqlite`;
  return { urlFor: () => url, restart: null, secrets: {}, name: 'SQLite', drop: async () => undefined };
}

/**
 * Starts a MariaDB in the folder of the run, durable as in production: innodb_flush_log_at_trx_commit is 1.
 * @param {{ folder: string, port: number, password: string }} where
 * @returns {Promise<Database>}
 */
async function startOwnMariaDb({ folder, port, password }) {
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
  const install = [
    '--no-defaults',
    ...as,
    `--datadir=${data}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
  ];
  const env = { PATH: process.env['PATH'] ?? '', TMPDIR: scratch };
  const { status, stderr } = spawnSync('mariadb-install-db', install, { encoding: 'utf8', env });
  if (status !== 0) throw new Error(`mariadb-install-db failed: ${stderr}`);

  const start = async () => {
    const child = new ManagedProcess({
      command: 'mariadbd',
      args: [
        ...['--no-defaults', ...as, `--datadir=${data}`, `--socket=${data}/socket`, `--pid-file=${data}/pid`],
        ...['--character-set-server=utf8mb4', '--bind-address=127.0.0.1', `--port=${port}`, '--max-connections=300'],
        ...['--innodb-flush-log-at-trx-commit=1', '--innodb-buffer-pool-size=256M', '--skip-name-resolve'],
      ],
      environment: env,
      directory: data,
      log: `${folder}/mariadb.log`,
    });
    await waitUntil('MariaDB to answer', 60_000, () => {
      if (child.exitStatus !== null) throw new Error(`MariaDB ended (${child.exitStatus}): see ${folder}/mariadb.log`);
      return isUp(`mysql://root@127.0.0.1:${port}`);
    });
    return child;
  };

  let server = await start();
  await executeOnServer(`mysql://root@127.0.0.1:${port}`, [
    'CREATE DATABASE shop CHARACTER SET utf8mb4',
    `CREATE USER shop@'127.0.0.1' IDENTIFIED BY '${password}'`,
    "GRANT ALL ON shop.* TO shop@'127.0.0.1'",
  ]);
  const stop = async () => {
    server.signal('SIGKILL');
    await server.exited;
  };
  return {
    urlFor: () => `mysql://shop:${password}@127.0.0.1:${port}/shop`,
    restart: async () => {
      await stop();
      server = await start();
    },
    secrets: { 'the password of the database': password },
    name: 'its own MariaDB',
    drop: stop,
  };
}

/**
 * Uses existing servers, which are never restarted. Without a database name in the URL, creates one and drops it at the end.
 * @param {string[]} urls
 * @returns {Promise<Database>}
 */
async function useGivenDatabase(urls) {
  const [first = ''] = urls;
  const isNamed = new URL(first).pathname.length > 1;
  const name = isNamed ? new URL(first).pathname.slice(1) : `wxc_chaos_${process.pid}`;
  const server = serverOf(first);
  if (isNamed && (await countTables(first, name)) > 0)
    throw new Error(`The database ${name} is not empty. Use an empty one.`);
  await executeOnServer(server, [`CREATE DATABASE IF NOT EXISTS \`${name}\` CHARACTER SET utf8mb4`]);
  const addresses = urls.map((url) => `${serverOf(url)}/${name}`);
  const secrets = urls
    .map((url) => decodeURIComponent(new URL(url).password))
    .filter((password) => password.length >= 8);
  return {
    urlFor: (instance) => /** @type {string} */ (addresses[instance % addresses.length]),
    restart: null,
    secrets: Object.fromEntries(secrets.map((password, index) => [`the password of database ${index + 1}`, password])),
    name: urls.length > 1 ? `a cluster of ${urls.length}` : new URL(first).host,
    drop: () => (isNamed ? Promise.resolve() : executeOnServer(server, [`DROP DATABASE IF EXISTS \`${name}\``])),
  };
}

/** @param {string} url */
function serverOf(url) {
  const address = new URL(url);
  return `mysql://${address.username}${address.password && `:${address.password}`}@${address.host}`;
}

/**
 * @param {string} url
 * @param {string} name
 */
async function countTables(url, name) {
  const connection = await mysql.createConnection({ uri: serverOf(url), connectTimeout: 3000 });
  try {
    const [rows] = await connection.query('SELECT 1 FROM information_schema.tables WHERE table_schema = ? LIMIT 1', [
      name,
    ]);
    return /** @type {unknown[]} */ (rows).length;
  } finally {
    await connection.end();
  }
}

/**
 * @param {string} server
 * @param {string[]} statements
 */
async function executeOnServer(server, statements) {
  const connection = await mysql.createConnection({ uri: server, connectTimeout: 3000 });
  try {
    for (const statement of statements) await connection.query(statement);
  } finally {
    await connection.end();
  }
}

/** @param {string} server */
async function isUp(server) {
  return executeOnServer(server, ['SELECT 1']).then(
    () => true,
    () => false,
  );
}
