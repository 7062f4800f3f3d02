import type { DataSource } from 'typeorm';
import { DomainError } from '../../common/problem/domain-error.js';

interface SqliteDriver {
  databaseConnection: { inTransaction: boolean; exec(statement: string): unknown };
  /** TypeORM's only query runner, which counts the transaction depth. */
  queryRunner?: unknown;
}

/**
 * Keeps TypeORM's transaction depth of the only SQLite connection correct. When a commit fails because the disk is full, SQLite
 * rolls the transaction back, but TypeORM still counts it. Each later commit would then only release a savepoint of a transaction
 * that never ends, and WeChat would receive SUCCESS for changes that the next crash loses.
 */
export class SqliteGuard {
  private readonly driver: SqliteDriver;

  constructor(dataSource: DataSource) {
    this.driver = dataSource.driver as unknown as SqliteDriver;
  }

  /** Called before a transaction begins. @throws DomainError SERVICE_UNAVAILABLE if an open one cannot be rolled back. */
  ensureNoTransaction(): void {
    if (this.driver.databaseConnection.inTransaction) this.reset();
  }

  /** Rolls back an open transaction and resets TypeORM's transaction depth. */
  reset(): void {
    delete this.driver.queryRunner;
    try {
      if (this.driver.databaseConnection.inTransaction) this.driver.databaseConnection.exec('ROLLBACK');
    } catch (error) {
      throw new DomainError('SERVICE_UNAVAILABLE', { cause: error });
    }
  }
}
