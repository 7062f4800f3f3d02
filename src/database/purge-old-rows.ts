import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import type { UnitOfWork } from './unit-of-work.js';

/** Rows of one statement: small, so that no caller waits for the table. */
const BATCH_SIZE = 500;
/** Milliseconds that one purge may take. The next one goes on where it ended. */
const TIME_LIMIT_MS = 10_000;

export interface PurgeOptions<Row extends ObjectLiteral> {
  entity: EntityTarget<Row>;
  /** The property by which rows grow old. It needs an index, after the properties of `where`. */
  ageProperty: keyof Row & string;
  /** Older rows go. */
  before: Date;
  /** Only rows with exactly these values. */
  where?: Partial<Row>;
}

/**
 * Deletes old rows in batches, oldest first, until none is left or the time is up. Each batch is a transaction of one
 * statement, so a row that changes meanwhile is looked at as it is then. Safe to repeat and to run on all instances.
 * @returns how many rows were deleted.
 */
export async function purgeOldRows<Row extends ObjectLiteral>(
  unitOfWork: UnitOfWork,
  options: PurgeOptions<Row>,
  limits: { batchSize?: number; timeLimitMs?: number } = {},
): Promise<number> {
  const { batchSize = BATCH_SIZE, timeLimitMs = TIME_LIMIT_MS } = limits;
  const deadline = performance.now() + timeLimitMs;
  let deleted = 0;
  for (;;) {
    const batch = await unitOfWork.run((tx) => deleteOldest(tx, options, batchSize));
    deleted += batch;
    if (batch < batchSize || performance.now() > deadline) return deleted;
  }
}

/** SQLite has no limit on DELETE, and MySQL allows none in a sub-query of IN. */
async function deleteOldest<Row extends ObjectLiteral>(
  tx: EntityManager,
  { entity, ageProperty, before, where = {} }: PurgeOptions<Row>,
  batchSize: number,
): Promise<number> {
  const { queryRunner, dataSource } = tx;
  if (!queryRunner) throw new Error('Only a unit of work has a connection to run statements on.');
  const { driver } = dataSource;
  const metadata = dataSource.getMetadata(entity);
  const table = driver.escape(metadata.tableName);
  const values: unknown[] = [];
  const compare = (property: string, operator: string, value: unknown): string => {
    const column = metadata.findColumnWithPropertyName(property);
    if (!column) throw new Error(`${table} has no column for ${property}.`);
    values.push(driver.preparePersistentValue(value, column));
    return `${driver.escape(column.databaseName)} ${operator} ?`;
  };
  const conditions = [
    ...Object.entries(where).map(([property, value]) => compare(property, '=', value)),
    compare(ageProperty, '<', before),
  ].join(' AND ');
  const age = driver.escape(metadata.findColumnWithPropertyName(ageProperty)?.databaseName ?? ageProperty);
  const oldest = `WHERE ${conditions} ORDER BY ${age} LIMIT ${Math.trunc(batchSize)}`;
  const statement =
    dataSource.options.type === 'mysql'
      ? `DELETE FROM ${table} ${oldest}`
      : `DELETE FROM ${table} WHERE rowid IN (SELECT rowid FROM ${table} ${oldest})`;
  return (await queryRunner.query(statement, values, true)).affected ?? 0;
}
