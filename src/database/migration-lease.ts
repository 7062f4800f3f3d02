import type { QueryRunner } from 'typeorm';
import { newId } from '../common/ids.js';
import { isConflict, isUniqueViolation } from './database-errors.js';

/** Longer than a migration of ours takes, and longer than others wait for it. A holder that was killed is forgotten then. */
const LEASE_MINUTES = 5;

/**
 * Who may migrate a Galera cluster. Named locks are a node's own there, but a row is everybody's: of two nodes that take
 * it at once, one loses when it commits. The table has no migration of its own, since it must be there before the first.
 */
export class MigrationLease {
  private readonly holder = newId();

  /** False when somebody else has it, or was a moment faster. */
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
