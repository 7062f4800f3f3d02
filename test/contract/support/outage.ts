import { DataSource } from 'typeorm';
import { isOnMysql, scratchDatabase } from '../../support/scratch-database.js';
import { TcpProxy } from '../../support/tcp-proxy.js';

/** A database that can be taken away: a cut wire on MySQL; on SQLite somebody else's transaction, which stops all writing. */
export interface Outage {
  /** For `DATABASE_URL`. */
  url: string;
  begins(): Promise<void> | void;
  ends(): Promise<void> | void;
  /** Throws the database away. */
  isOver(): Promise<void>;
}

export async function databaseWithOutages(): Promise<Outage> {
  const database = await scratchDatabase();
  if (!isOnMysql) {
    const somebodyElse = new DataSource({ type: 'better-sqlite3', database: database.url.slice('sqlite:'.length) });
    return {
      url: database.url,
      begins: async () => {
        await somebodyElse.initialize();
        await somebodyElse.query('BEGIN EXCLUSIVE');
      },
      ends: () => somebodyElse.destroy(),
      isOver: () => database.drop(),
    };
  }
  const url = new URL(database.url);
  const wire = await TcpProxy.to(url.hostname, Number(url.port || 3306));
  url.port = String(wire.port);
  return {
    url: url.toString(),
    begins: () => {
      wire.cuts();
    },
    ends: () => {
      wire.mends();
    },
    isOver: async () => {
      await wire.closes();
      await database.drop();
    },
  };
}
