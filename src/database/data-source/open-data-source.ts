import { DataSource, type DataSourceOptions, type QueryRunner, type ReplicationMode } from 'typeorm';
import { isGaleraNode, migrate } from '../migration/migrate.js';
import { usePlainQueries } from './plain-queries.js';

/** READ COMMITTED, so that the loser of a compare-and-set can read the new row. A short lock wait, because UnitOfWork retries. */
const SESSION_STATEMENTS = [
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  'SET SESSION innodb_lock_wait_timeout = 3',
];
/** On a cluster node, so that rows committed on another node are visible: a user may log in there and order here. */
const GALERA_SESSION_STATEMENTS = ['SET SESSION wsrep_sync_wait = 1'];

interface ConnectionPool {
  on(event: 'connection', listener: (connection: { query(statement: string): unknown }) => void): void;
}

/** Connects and runs the pending migrations. Several instances may start at once: one migrates, the others wait. */
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

/** Configures the existing connection and every connection that the pool opens later. */
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

/** A data source that adjusts the column types of the entities, and the way to send statements, to its dialect. */
export class ShopDataSource extends DataSource {
  override createQueryRunner(mode?: ReplicationMode): QueryRunner {
    const runner = super.createQueryRunner(mode);
    return this.options.type === 'mysql' ? usePlainQueries(runner) : runner;
  }

  /** SQLite generates ids only for columns of type INTEGER, which have 64 bits there. */
  protected override async buildMetadatas(): Promise<void> {
    await super.buildMetadatas();
    if (this.options.type !== 'better-sqlite3') return;
    for (const column of this.entityMetadatas.flatMap(({ generatedColumns }) => generatedColumns)) {
      if (column.type === 'bigint') column.type = 'integer';
    }
  }
}
