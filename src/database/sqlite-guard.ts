import type { DataSource } from 'typeorm';
import { DomainError } from '../common/domain-error.js';

interface SqliteDriver {
  databaseConnection: { inTransaction: boolean; exec(statement: string): unknown };
  /** TypeORM's one runner, which counts how deep it believes to be in transactions. */
  queryRunner?: unknown;
}

/**
 * Keeps TypeORM's belief about SQLite's one connection true. A commit that fails for want of space has been rolled back
 * by SQLite itself; TypeORM still counts a transaction then, and every later "commit" would only release a savepoint of a
 * transaction that never ends: WeChat would hear SUCCESS of what the next crash forgets.
 */
export class SqliteGuard {
  private readonly driver: SqliteDriver;

  constructor(dataSource: DataSource) {
    this.driver = dataSource.driver as unknown as SqliteDriver;
  }

  /** Before a transaction begins. @throws DomainError SERVICE_UNAVAILABLE while another one cannot be ended. */
  ensureNoTransaction(): void {
    if (this.driver.databaseConnection.inTransaction) this.reset();
  }

  /** Ends whatever is open, and lets TypeORM count from the beginning. */
  reset(): void {
    delete this.driver.queryRunner;
    try {
      if (this.driver.databaseConnection.inTransaction) this.driver.databaseConnection.exec('ROLLBACK');
    } catch (error) {
      throw new DomainError('SERVICE_UNAVAILABLE', { cause: error });
    }
  }
}
