import { DataSource, type DataSourceOptions, MigrationExecutor, type QueryRunner } from 'typeorm';
import { sha256 } from '../common/ids.js';

/** READ COMMITTED, so that a loser of a compare-and-set can read what the winner wrote; a short wait for locks, since the unit of work tries again. */
const SESSION = ['SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED', 'SET SESSION innodb_lock_wait_timeout = 3'];
const MIGRATION_LOCK_SECONDS = 120;

interface Pool {
  on(event: 'connection', listener: (connection: { query(statement: string): unknown }) => void): void;
}

/** Connects and brings the schema up to date. Any number of instances may start at once: one migrates, the others wait. */
export async function openDataSource(options: DataSourceOptions): Promise<DataSource> {
  const dataSource = await new DataSource(options).initialize();
  try {
    if (options.type === 'mysql') await prepareSessions(dataSource);
    await migrate(dataSource);
    return dataSource;
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
}

/** Every connection the pool will ever open, and the one it has. */
async function prepareSessions(dataSource: DataSource): Promise<void> {
  const { pool } = dataSource.driver as unknown as { pool: Pool };
  pool.on('connection', (connection) => {
    for (const statement of SESSION) connection.query(statement);
  });
  for (const statement of SESSION) await dataSource.query(statement);
}

async function migrate(dataSource: DataSource): Promise<void> {
  if (dataSource.options.type !== 'mysql') {
    await dataSource.runMigrations({ transaction: 'each' });
    return;
  }
  const runner = dataSource.createQueryRunner();
  // Locks belong to the server, not to a database: another shop's migration must not hold up ours. 64 characters at most.
  const name = `wx-checkout:${sha256(String(dataSource.driver.database)).slice(0, 32)}`;
  try {
    await lock(runner, name);
    // On the connection that holds the lock: with a pool of one there never is another.
    const executor = new MigrationExecutor(dataSource, runner);
    executor.transaction = 'each';
    await executor.executePendingMigrations();
  } finally {
    // The connection goes back to the pool, and would keep the lock for as long as it lives.
    await runner.query('SELECT RELEASE_LOCK(?)', [name]);
    await runner.release();
  }
}

async function lock(runner: QueryRunner, name: string): Promise<void> {
  const [row] = (await runner.query('SELECT GET_LOCK(?, ?) AS isHeld', [name, MIGRATION_LOCK_SECONDS])) as {
    isHeld: number | null;
  }[];
  if (Number(row?.isHeld) !== 1) throw new Error('Another instance has been migrating the database for two minutes.');
}
