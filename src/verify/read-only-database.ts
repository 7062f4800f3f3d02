import { existsSync } from 'node:fs';
import { DataSource, type DataSourceOptions, type QueryRunner } from 'typeorm';
import { type DatabaseUrl, parseDatabaseUrl } from '../config/database-url.js';
import { dataSourceOptions } from '../database/data-source-options.js';
import { migrations } from '../tables.js';

/** Milliseconds that SQLite may keep us waiting: only a change of the schema does. */
const SQLITE_TIMEOUT_MS = 5000;

/** Why nothing could be checked: neither a yes nor a no. The message is for the person who asked, and holds no secret. */
export class CannotVerifyError extends Error {}

/**
 * The database of a shop, opened so that nothing can be written: by SQLite's `readonly`, by MySQL's `READ ONLY`. Between
 * `begin` and `end` all that is read belongs to one moment, however the shop goes on meanwhile.
 */
export class ReadOnlyDatabase {
  private constructor(
    /** The dialect and the name of the database; without user, password and host. */
    readonly name: string,
    private readonly dataSource: DataSource,
    private readonly runner: QueryRunner,
  ) {}

  /** @throws CannotVerifyError when the database is away, or is none of this version's. Never migrates, never creates. */
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
      const books = new ReadOnlyDatabase(databaseNameOf(parsed), dataSource, dataSource.createQueryRunner());
      await books.setReadOnly();
      await books.assertSchema();
      return books;
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
    if (!this.isMysql) return; // opened so
    await this.runner.query('SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ');
    await this.runner.query('SET SESSION TRANSACTION READ ONLY');
  }

  /** What is read from now on is one moment's. MySQL and SQLite's WAL let everybody else go on. */
  async beginSnapshot(): Promise<void> {
    await this.query(this.isMysql ? 'START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY' : 'BEGIN');
    if (!this.isMysql) await this.query('SELECT COUNT(*) AS n FROM migrations'); // SQLite's moment is the first reading
  }

  async endSnapshot(): Promise<void> {
    await this.query('ROLLBACK');
  }

  /** @throws CannotVerifyError when the database goes away. */
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
    const there = new Set(await this.appliedMigrations());
    const known: string[] = migrations.map((Migration) => new Migration().name);
    const missing = known.filter((name) => !there.has(name));
    if (missing.length > 0) {
      throw new CannotVerifyError(
        `The schema is older than this version, it lacks ${missing.join(', ')}: npm run migrate.`,
      );
    }
    const strange = [...there].filter((name) => !known.includes(name));
    if (strange.length > 0) {
      throw new CannotVerifyError(
        `The schema is newer than this version, it has ${strange.join(', ')}: verify with that one.`,
      );
    }
  }

  private async appliedMigrations(): Promise<string[]> {
    try {
      return (await this.query<{ name: string }>('SELECT name FROM migrations')).map(({ name }) => name);
    } catch (error) {
      if (!/no such table|doesn't exist/i.test(String(error))) throw error;
      throw new CannotVerifyError('The database has no tables of a shop: the service has never been started with it.');
    }
  }
}

/** SQLite would make the file, and its folder, and find it empty. */
function assertFileExists(path: string): void {
  if (path === ':memory:') throw new CannotVerifyError('A database in memory can be seen by its own process alone.');
  if (!existsSync(path)) throw new CannotVerifyError(`There is no database at ${path}.`);
}

function toReadOnlyOptions(options: DataSourceOptions): DataSourceOptions {
  if (options.type !== 'better-sqlite3') return options;
  const prepareDatabase = (database: { pragma(statement: string): unknown }): void => {
    database.pragma('query_only = ON');
  };
  // The mode of the journal is the file's own: to set it is to write.
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

/** Drivers put no password into their messages. An AggregateError has an empty one, and its reason in `code`. */
function errorTextOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : error.name;
  return error.message === '' ? code : error.message;
}
