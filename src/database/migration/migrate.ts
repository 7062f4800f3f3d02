import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type DataSource, MigrationExecutor, type QueryRunner } from 'typeorm';
import { sha256, newId } from '../../common/ids.js';
import { isConflict, isUniqueViolation } from '../database-errors.js';
import { createEmptyDatabase, type EmptyDatabase } from '../sqlite/empty-database.js';

/** Longer than any migration takes and than other instances wait. The lease of a killed holder expires then. */
const LEASE_MINUTES = 5;

/**
 * Allows one instance to migrate a Galera cluster. Named locks are local to a node there, but a row is shared: if two nodes
 * write it at once, one fails at its commit. The table has no migration, because it must exist before the first one.
 */
class MigrationLease {
  private readonly holder = newId();

  /** @returns false if another instance holds the lease or was faster. */
  async acquire(runner: QueryRunner): Promise<boolean> {
    try {
      await runner.query(
        'CREATE TABLE IF NOT EXISTS migration_lease (id INTEGER PRIMARY KEY, holder VARCHAR(24) NULL, held_until DATETIME(3) NULL)',
      );
      const [row] = (await runner.query('SELECT id FROM migration_lease')) as unknown[];
      if (row === undefined) await runner.query('INSERT INTO migration_lease (id) VALUES (1)');
      const claimed = (await runner.query(
        `UPDATE migration_lease SET holder = ?, held_until = UTC_TIMESTAMP(3) + INTERVAL ${LEASE_MINUTES} MINUTE
         WHERE id = 1 AND (holder IS NULL OR held_until < UTC_TIMESTAMP(3))`,
        [this.holder],
      )) as { affectedRows: number };
      return claimed.affectedRows === 1;
    } catch (error) {
      if (isConflict(error) || isUniqueViolation(error)) return false;
      throw error;
    }
  }

  async release(runner: QueryRunner): Promise<void> {
    await runner.query('UPDATE migration_lease SET holder = NULL WHERE holder = ?', [this.holder]);
  }
}

const LOCK_TIMEOUT_SECONDS = 120;
const POLL_INTERVAL_MS = 50;

/** Makes sure that only one instance migrates at a time. `isDone` says whether the migration succeeded. */
interface MigrationLock {
  acquire(runner: QueryRunner): Promise<boolean>;
  release(runner: QueryRunner, isDone: boolean): Promise<void>;
}

/**
 * Runs the pending migrations. Several instances may start at once: one migrates, the others wait. Does nothing if the
 * schema is up to date.
 * @param empty the tables of a new SQLite database, null to run all migrations there too
 * @throws Error if another instance has been migrating for two minutes, or the error of the migration.
 */
export async function migrate(dataSource: DataSource, empty = readEmptyDatabase()): Promise<void> {
  const runner = dataSource.createQueryRunner();
  // Use the connection that holds the lock, because a pool of one has no other.
  const executor = new MigrationExecutor(dataSource, runner);
  const lock = await createLock(dataSource, runner);
  executor.transaction = lock === SQLITE_LOCK ? 'none' : 'each';
  try {
    if ((await executor.getPendingMigrations()).length === 0) return;
    await acquireInTime(lock, runner);
    let isDone = false;
    try {
      const isCreated = lock === SQLITE_LOCK && empty !== null && (await createEmptyDatabase(runner, empty));
      if (!isCreated) await executor.executePendingMigrations();
      isDone = true;
    } finally {
      await lock.release(runner, isDone);
    }
  } finally {
    await runner.release();
  }
}

/** What the build wrote beside the bundle of the service; null when the service runs from other files, as in tests. */
function readEmptyDatabase(): EmptyDatabase | null {
  const file = join(import.meta.dirname, '../empty-database.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as EmptyDatabase) : null;
}

/** True if this server is a node of a Galera cluster. */
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
      throw new Error('Another instance has been migrating the database for two minutes. Check it, then start again.');
    await pause(POLL_INTERVAL_MS);
  }
}

/**
 * Uses SQLite's write lock, so all pending migrations are one transaction. Foreign key checks must be off while a table is
 * recreated, and they can be switched off only outside a transaction.
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

/** A named lock of one MySQL server. It ends with its connection. */
class MysqlNamedLock implements MigrationLock {
  private readonly name: string;

  constructor(database: string) {
    // Locks are per server, so the name contains the database: other shops must not block this one. At most 64 characters.
    this.name = `wx-checkout:${sha256(database).slice(0, 32)}`;
  }

  async acquire(runner: QueryRunner): Promise<boolean> {
    const [row] = (await runner.query('SELECT GET_LOCK(?, ?) AS isHeld', [this.name, LOCK_TIMEOUT_SECONDS])) as {
      isHeld: number | null;
    }[];
    return Number(row?.isHeld) === 1;
  }

  /** Releases the lock explicitly, because the connection returns to the pool and would keep it. */
  async release(runner: QueryRunner): Promise<void> {
    await runner.query('SELECT RELEASE_LOCK(?)', [this.name]);
  }
}
