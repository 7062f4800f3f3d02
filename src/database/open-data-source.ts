import type { DataSource, DataSourceOptions } from 'typeorm';
import { isGaleraNode, migrate } from './migrate.js';
import { ShopDataSource } from './shop-data-source.js';

/** READ COMMITTED, so that a loser of a compare-and-set can read what the winner wrote; a short wait for locks, since the unit of work tries again. */
const SESSION_STATEMENTS = [
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  'SET SESSION innodb_lock_wait_timeout = 3',
];
/** On a node of a cluster, so that what was committed on another is read here: somebody logs in there and orders here. */
const GALERA_SESSION_STATEMENTS = ['SET SESSION wsrep_sync_wait = 1'];

interface ConnectionPool {
  on(event: 'connection', listener: (connection: { query(statement: string): unknown }) => void): void;
}

/** Connects and brings the schema up to date. Any number of instances may start at once: one migrates, the others wait. */
export async function openDataSource(options: DataSourceOptions): Promise<DataSource> {
  const dataSource = await new ShopDataSource(options).initialize();
  try {
    if (options.type === 'mysql') await prepareSessions(dataSource);
    await migrate(dataSource);
    return dataSource;
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
}

/** Every connection the pool will ever open, and the one it has. */
async function prepareSessions(dataSource: DataSource): Promise<void> {
  const statements = (await isGaleraNode(dataSource))
    ? [...SESSION_STATEMENTS, ...GALERA_SESSION_STATEMENTS]
    : SESSION_STATEMENTS;
  const { pool } = dataSource.driver as unknown as { pool: ConnectionPool };
  pool.on('connection', (connection) => {
    for (const statement of statements) connection.query(statement);
  });
  for (const statement of statements) await dataSource.query(statement);
}
