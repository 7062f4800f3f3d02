import type { QueryRunner } from 'typeorm';
import { newId } from '../common/ids.js';
import { isConflict, isUniqueViolation } from './database-errors.js';

/** Longer than any migration takes and than other instances wait. The lease of a killed holder expires then. */
const LEASE_MINUTES = 5;

/**
 * Allows one instance to migrate a Galera cluster. Named locks are local to a node there, but a row is shared: if two nodes
 * write it at once, one fails at its commit. The table has no migration, because it must exist before the first one.
 */
export class MigrationLease {
  private readonly holder = newId();

  /** @returns false if another instance holds the lease or was faster. */
  async acquire(runner: QueryRunner): Promise<boolean> {
    try {
      await runner.query(
        'CREATE TABLE IF NOT EXISTS migration_lease (id INTEGER PRIMARY KEY, holder VARCHAR(24) NULL, held_until DATETIME(3) NULL)',
      );
      const [row] = (await runner.query('SELECT id FROM migration_lease')) as unknown[];
      if (row === undefined) await runner.query('INSERT INTO migration_lease (id) VALUES (1)');
      const taken = (await runner.query(
        `UPDATE migration_lease SET holder = ?, held_until = UTC_TIMESTAMP(3) + INTERVAL ${LEASE_MINUTES} MINUTE
         WHERE id = 1 AND (holder IS NULL OR held_until < UTC_TIMESTAMP(3))`,
        [this.holder],
      )) as { affectedRows: number };
      return taken.affectedRows === 1;
    } catch (error) {
      if (isConflict(error) || isUniqueViolation(error)) return false;
      throw error;
    }
  }

  async release(runner: QueryRunner): Promise<void> {
    await runner.query('UPDATE migration_lease SET holder = NULL WHERE holder = ?', [this.holder]);
  }
}
