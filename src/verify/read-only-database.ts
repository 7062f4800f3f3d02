import { existsSync } from 'node:fs';
import { DataSource, type DataSourceOptions, type QueryRunner } from 'typeorm';
import { type DatabaseUrl, parseDatabaseUrl } from '../config/database-url.js';
import { dataSourceOptions } from '../database/data-source/data-source-options.js';
import { migrations } from '../tables.js';

/** Milliseconds to wait for SQLite's lock, which only a schema change holds. */
const SQLITE_TIMEOUT_MS = 5000;

/**
 * Only MariaDB reads this comment. It would run a grouped table once per row instead of once per page, and cache the results of subqueries
 * whose arguments never repeat.
 */
const MARIADB_OPTIONS = "SET /*M! optimizer_switch = 'split_materialized=off,subquery_cache=off', */ @unused = NULL";

/** The check was not possible, so there is no result. The message is for the user and contains no secret. */
export class CannotVerifyError extends Error {}

/**
 * The database of a shop, opened read-only by SQLite's `readonly` or MySQL's `READ ONLY`. All reads between `beginSnapshot` and
 * `endSnapshot` see the same snapshot while the shop continues to write.
 */
export class ReadOnlyDatabase {
  private constructor(
    /** The dialect and the name of the database; without user, password and host. */
    readonly name: string,
    private readonly dataSource: DataSource,
    private readonly runner: QueryRunner,
  ) {}

  /** Never migrates or creates a database. @throws CannotVerifyError if it is unreachable or has another schema version. */
  static async open(url: string): Promise<ReadOnlyDatabase> {
    const parsed = parseDatabaseUrl(url);
    if (parsed === null)
      throw new CannotVerifyError('DATABASE_URL must be sqlite:PATH or mysql://user:pass@host:port/db');
    if (parsed.dialect === 'sqlite') assertFileExists(parsed.path);
    const dataSource = new DataSource(
      toReadOnlyOptions(dataSourceOptions({ url, poolSize: 1, entities: [], migrations: [] })),
    );
    try {
      await dataSource.initialize();
      const database = new ReadOnlyDatabase(databaseNameOf(parsed), dataSource, dataSource.createQueryRunner());
      await database.setReadOnly();
      await database.assertSchema();
      return database;
    } catch (error) {
      if (dataSource.isInitialized) await dataSource.destroy();
      throw error instanceof CannotVerifyError
        ? error
        : new CannotVerifyError(`The database cannot be read: ${errorTextOf(error)}`);
    }
  }

  private get isMysql(): boolean {
    return this.dataSource.options.type === 'mysql';
  }

  private async setReadOnly(): Promise<void> {
    if (!this.isMysql) return; // SQLite is opened read-only
    await this.runner.query('SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ');
    await this.runner.query('SET SESSION TRANSACTION READ ONLY');
    await this.runner.query(MARIADB_OPTIONS);
  }

  /** Starts a snapshot. It does not block writers, neither on MySQL nor on SQLite with WAL. */
  async beginSnapshot(): Promise<void> {
    await this.query(this.isMysql ? 'START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY' : 'BEGIN');
    if (!this.isMysql) await this.query('SELECT COUNT(*) AS n FROM migrations'); // SQLite's snapshot begins with the first read
  }

  async endSnapshot(): Promise<void> {
    await this.query('ROLLBACK');
  }

  /** @throws CannotVerifyError if the database becomes unreachable. */
  async query<Row>(statement: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    try {
      return (await this.runner.query(statement, [...parameters])) as Row[];
    } catch (error) {
      throw new CannotVerifyError(`The database cannot be read: ${errorTextOf(error)}`, { cause: error });
    }
  }

  async close(): Promise<void> {
    await this.runner.release();
    await this.dataSource.destroy();
  }

  private async assertSchema(): Promise<void> {
    const applied = new Set(await this.appliedMigrations());
    const known: string[] = migrations.map((Migration) => new Migration().name);
    const missing = known.filter((name) => !applied.has(name));
    if (missing.length > 0) {
      throw new CannotVerifyError(
        `The schema is older than this version: ${missing.join(', ')} is missing. Run npm run migrate.`,
      );
    }
    const unknown = [...applied].filter((name) => !known.includes(name));
    if (unknown.length > 0) {
      throw new CannotVerifyError(
        `The schema is newer than this version: it contains ${unknown.join(', ')}. Verify with the newer version.`,
      );
    }
  }

  private async appliedMigrations(): Promise<string[]> {
    try {
      return (await this.query<{ name: string }>('SELECT name FROM migrations')).map(({ name }) => name);
    } catch (error) {
      if (!/no such table|doesn't exist/i.test(String(error))) throw error;
      throw new CannotVerifyError('The database has no tables: the service has never been started with it.');
    }
  }
}

/** Opening a missing file would create an empty SQLite database. */
function assertFileExists(path: string): void {
  if (path === ':memory:')
    throw new CannotVerifyError('An in-memory database is only visible to its own process. Use a database file.');
  if (!existsSync(path)) throw new CannotVerifyError(`There is no database at ${path}.`);
}

function toReadOnlyOptions(options: DataSourceOptions): DataSourceOptions {
  if (options.type !== 'better-sqlite3') return options;
  const prepareDatabase = (database: { pragma(statement: string): unknown }): void => {
    database.pragma('query_only = ON');
  };
  // No WAL pragma, because setting the journal mode writes to the file.
  return {
    ...options,
    readonly: true,
    fileMustExist: true,
    enableWAL: false,
    timeout: SQLITE_TIMEOUT_MS,
    prepareDatabase,
  };
}

function databaseNameOf(parsed: DatabaseUrl): string {
  return parsed.dialect === 'sqlite' ? `sqlite ${parsed.path}` : `mysql ${parsed.database}`;
}

/** Drivers' messages contain no password. An AggregateError has an empty message and its reason in `code`. */
function errorTextOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : error.name;
  return error.message === '' ? code : error.message;
}
