import { DataSource } from 'typeorm';
import { isOnMysql, createScratchDatabase } from '../../support/scratch-database.js';
import { TcpProxy } from '../../support/tcp-proxy.js';

/** A database that can be taken away: a cut wire on MySQL; on SQLite somebody else's transaction, which stops all writing. */
export interface DatabaseOutage {
  /** For `DATABASE_URL`. */
  url: string;
  begin(): Promise<void> | void;
  end(): Promise<void> | void;
  /** Throws the database away. */
  dropDatabase(): Promise<void>;
}

export async function createDatabaseWithOutage(): Promise<DatabaseOutage> {
  const database = await createScratchDatabase();
  if (!isOnMysql) {
    const somebodyElse = new DataSource({ type: 'better-sqlite3', database: database.url.slice('sqlite:'.length) });
    return {
      url: database.url,
      begin: async () => {
        await somebodyElse.initialize();
        await somebodyElse.query('BEGIN EXCLUSIVE');
      },
      end: () => somebodyElse.destroy(),
      dropDatabase: () => database.drop(),
    };
  }
  const url = new URL(database.url);
  const wire = await TcpProxy.open(url.hostname, Number(url.port || 3306));
  url.port = String(wire.port);
  return {
    url: url.toString(),
    begin: () => {
      wire.cuts();
    },
    end: () => {
      wire.restore();
    },
    dropDatabase: async () => {
      await wire.close();
      await database.drop();
    },
  };
}
