import { DataSource } from 'typeorm';
import { isOnMysql, createScratchDatabase } from '../../support/database/scratch-database.js';
import { TcpProxy } from '../../support/wechat/tcp-proxy.js';

/** A database that can become unavailable: on MySQL its connections are cut, on SQLite another transaction locks it. */
export interface DatabaseOutage {
  /** Value for `DATABASE_URL`. */
  url: string;
  begin(): Promise<void> | void;
  end(): Promise<void> | void;
  /** Deletes the database. */
  dropDatabase(): Promise<void>;
}

export async function createDatabaseWithOutage(): Promise<DatabaseOutage> {
  const database = await createScratchDatabase();
  if (!isOnMysql) {
    const otherClient = new DataSource({ type: 'better-sqlite3', database: database.url.slice('sqlite:'.length) });
    return {
      url: database.url,
      begin: async () => {
        await otherClient.initialize();
        await otherClient.query('BEGIN EXCLUSIVE');
      },
      end: () => otherClient.destroy(),
      dropDatabase: () => database.drop(),
    };
  }
  const url = new URL(database.url);
  const proxy = await TcpProxy.open(url.hostname, Number(url.port || 3306));
  url.port = String(proxy.port);
  return {
    url: url.toString(),
    begin: () => {
      proxy.disconnect();
    },
    end: () => {
      proxy.reconnect();
    },
    dropDatabase: async () => {
      await proxy.close();
      await database.drop();
    },
  };
}
