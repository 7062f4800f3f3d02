import { setTimeout as pause } from 'node:timers/promises';
import { type DataSourceOptions, DefaultNamingStrategy, type NamingStrategyInterface } from 'typeorm';
import { parseDatabaseUrl } from '../../config/database-url.js';
import { isConflict } from '../database-errors.js';
import { makeFilesPrivate, makePrivateFolder } from '../sqlite/private-files.js';

/** Maps property names such as `outTradeNo` to column names such as `out_trade_no`. */
class SnakeCaseNamingStrategy extends DefaultNamingStrategy implements NamingStrategyInterface {
  override columnName(propertyName: string, customName: string | undefined, embeddedPrefixes: string[]): string {
    return [...embeddedPrefixes, customName ?? propertyName].map((name) => snakeCase(name)).join('_');
  }

  override joinColumnName(relationName: string, referencedColumnName: string): string {
    return snakeCase(`${relationName}_${referencedColumnName}`);
  }
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

const WAL_TIMEOUT_MS = 5000;

type EntityClass = abstract new () => object;
type MigrationClass = new () => object;

export interface DataSourceInput {
  url: string;
  poolSize?: number;
  entities: EntityClass[];
  migrations: MigrationClass[];
}

interface SqliteConnection {
  pragma(statement: string): unknown;
}

/** Options for both dialects: schema changes only by migrations, all times in UTC. */
export function dataSourceOptions({ url, poolSize = 20, entities, migrations }: DataSourceInput): DataSourceOptions {
  const parsed = parseDatabaseUrl(url);
  if (parsed === null) throw new Error('DATABASE_URL must be sqlite:PATH or mysql://user:pass@host:port/db');
  const shared = {
    entities: entities as (new () => object)[],
    migrations: migrations as (new () => object)[],
    synchronize: false,
    namingStrategy: new SnakeCaseNamingStrategy(),
    logging: false,
  };
  if (parsed.dialect === 'sqlite') {
    if (parsed.path !== ':memory:') makePrivateFolder(parsed.path);
    return {
      ...shared,
      type: 'better-sqlite3',
      database: parsed.path,
      timeout: 0, // waiting in the driver would block the whole process; UnitOfWork retries instead
      // The driver's default for WAL can lose the last commits in a power failure, after WeChat has received SUCCESS.
      prepareDatabase: async (database: SqliteConnection) => {
        if (parsed.path !== ':memory:') {
          makeFilesPrivate(parsed.path);
          await switchToWal(database);
        }
        database.pragma('synchronous = FULL');
      },
    };
  }
  const { host, port, username, password, database } = parsed;
  return {
    ...shared,
    type: 'mysql',
    host,
    port,
    username,
    password,
    database,
    charset: 'utf8mb4',
    timezone: 'Z',
    connectTimeout: 3000,
    poolSize,
    // A stack trace per statement costs 6 % of the time of a notice; TypeORM's error names the caller without it.
    extra: { trace: false },
  };
}

/** WAL allows readers beside a writer. Retries, because another process that opens a new file locks it for a moment. */
async function switchToWal(database: SqliteConnection): Promise<void> {
  const deadline = performance.now() + WAL_TIMEOUT_MS;
  for (;;) {
    try {
      database.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      if (!isConflict(error) || performance.now() > deadline) throw error;
      await pause(20);
    }
  }
}
