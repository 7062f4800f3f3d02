import { setTimeout as pause } from 'node:timers/promises';
import type { DataSourceOptions } from 'typeorm';
import { parseDatabaseUrl } from '../config/database-url.js';
import { isConflict } from './database-errors.js';
import { makeFilesPrivate, makePrivateFolder } from './private-files.js';
import { SnakeCaseNamingStrategy } from './snake-case-naming-strategy.js';

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

/** One schema on both dialects: never synchronised, always migrated, all times in UTC. */
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
      timeout: 0, // waiting inside the driver would stop the whole process; the unit of work waits instead
      // The driver's default for WAL may forget the last commits when the power goes: WeChat has been told SUCCESS by then.
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
    ...{ type: 'mysql', host, port, username, password, database },
    charset: 'utf8mb4',
    timezone: 'Z',
    connectTimeout: 3000,
    poolSize,
    // A stack for each statement takes 6 % of a notice's time, and TypeORM's error names the caller without it.
    extra: { trace: false },
  };
}

/** Readers and a writer at the same time. Whoever opens a new file at the same moment holds it for that moment. */
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
