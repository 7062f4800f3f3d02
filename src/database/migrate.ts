import { setTimeout as pause } from 'node:timers/promises';
import { type DataSource, MigrationExecutor, type QueryRunner } from 'typeorm';
import { sha256 } from '../common/ids.js';
import { isConflict } from './database-errors.js';
import { MigrationLease } from './migration-lease.js';

const LOCK_TIMEOUT_SECONDS = 120;
const POLL_INTERVAL_MS = 50;

/** What begins to migrate, and what ends it, whether it went well or not. */
interface MigrationLock {
  acquire(runner: QueryRunner): Promise<boolean>;
  release(runner: QueryRunner, isDone: boolean): Promise<void>;
}

/**
 * Brings the schema up to date. Any number of instances may start at once: one migrates, the others wait. A database that
 * is up to date is left alone.
 * @throws Error when another instance has been migrating for two minutes; whatever the migration threw.
 */
export async function migrate(dataSource: DataSource): Promise<void> {
  const runner = dataSource.createQueryRunner();
  // On the connection that holds the lock: with a pool of one there never is another.
  const executor = new MigrationExecutor(dataSource, runner);
  const lock = await createLock(dataSource, runner);
  executor.transaction = lock === SQLITE_LOCK ? 'none' : 'each';
  try {
    if ((await executor.getPendingMigrations()).length === 0) return;
    await acquireInTime(lock, runner);
    let isDone = false;
    try {
      await executor.executePendingMigrations();
      isDone = true;
    } finally {
      await lock.release(runner, isDone);
    }
  } finally {
    await runner.release();
  }
}

/** Whether this server is a node of a Galera cluster. */
export async function isGaleraNode(on: { query(statement: string): Promise<unknown> }): Promise<boolean> {
  const [row] = (await on.query("SHOW GLOBAL VARIABLES LIKE 'wsrep_on'")) as { Value: string }[];
  return row?.Value === 'ON';
}

async function createLock(dataSource: DataSource, runner: QueryRunner): Promise<MigrationLock> {
  if (dataSource.options.type !== 'mysql') return SQLITE_LOCK;
  return (await isGaleraNode(runner)) ? new MigrationLease() : new MysqlNamedLock(String(dataSource.driver.database));
}

async function acquireInTime(lock: MigrationLock, runner: QueryRunner): Promise<void> {
  const deadline = performance.now() + LOCK_TIMEOUT_SECONDS * 1000;
  while (!(await lock.acquire(runner))) {
    if (performance.now() > deadline)
      throw new Error('Another instance has been migrating the database for two minutes.');
    await pause(POLL_INTERVAL_MS);
  }
}

/**
 * The file's own lock for writing, so all pending migrations are one transaction. SQLite heeds foreign keys when a table
 * is made anew, and can be told not to only outside of a transaction.
 */
const SQLITE_LOCK: MigrationLock = {
  async acquire(runner) {
    await runner.beforeMigration();
    try {
      await runner.query('BEGIN IMMEDIATE');
      return true;
    } catch (error) {
      await runner.afterMigration();
      if (isConflict(error)) return false;
      throw error;
    }
  },
  async release(runner, isDone) {
    await runner.query(isDone ? 'COMMIT' : 'ROLLBACK');
    await runner.afterMigration();
  },
};

/** On one MySQL server: a lock that dies with its connection. */
class MysqlNamedLock implements MigrationLock {
  private readonly name: string;

  constructor(database: string) {
    // Locks belong to the server, not to a database: another shop's migration must not hold up ours. 64 characters at most.
    this.name = `wx-checkout:${sha256(database).slice(0, 32)}`;
  }

  async acquire(runner: QueryRunner): Promise<boolean> {
    const [row] = (await runner.query('SELECT GET_LOCK(?, ?) AS isHeld', [this.name, LOCK_TIMEOUT_SECONDS])) as {
      isHeld: number | null;
    }[];
    return Number(row?.isHeld) === 1;
  }

  /** The connection goes back to the pool, and would keep the lock for as long as it lives. */
  async release(runner: QueryRunner): Promise<void> {
    await runner.query('SELECT RELEASE_LOCK(?)', [this.name]);
  }
}
