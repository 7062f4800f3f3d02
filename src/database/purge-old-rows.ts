import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import type { UnitOfWork } from './unit-of-work.js';

/** Rows per statement: few, so that no other statement waits long for the table. */
const BATCH_SIZE = 500;
/** Milliseconds of one purge. The next one continues where it ended. */
const TIME_LIMIT_MS = 10_000;

export type PurgeOptions<Row extends ObjectLiteral> = {
  entity: EntityTarget<Row>;
  /** The property with the time of the row. It needs an index after the properties of `where`. */
  ageProperty: keyof Row & string;
  /** Restricts the purge to rows with exactly these values. */
  where?: Partial<Row>;
} & (
  | { before: Date }
  /** For rows that a wrong clock wrote. */
  | { after: Date }
);

/**
 * Deletes the rows before (or after) a time in batches, oldest first, until there are none or the time limit is reached. Each batch is a
 * transaction with one statement, which checks the current values of the rows. Safe to repeat and to run on all
 * instances.
 * @returns the number of deleted rows.
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

/** SQLite has no LIMIT on DELETE, and MySQL allows no LIMIT in a subquery of IN. */
async function deleteOldest<Row extends ObjectLiteral>(
  tx: EntityManager,
  options: PurgeOptions<Row>,
  batchSize: number,
): Promise<number> {
  const { entity, ageProperty, where = {} } = options;
  const { queryRunner, dataSource } = tx;
  if (!queryRunner) throw new Error('The entity manager has no query runner: call this inside UnitOfWork.run.');
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
    'before' in options ? compare(ageProperty, '<', options.before) : compare(ageProperty, '>', options.after),
  ].join(' AND ');
  const age = driver.escape(metadata.findColumnWithPropertyName(ageProperty)?.databaseName ?? ageProperty);
  const oldest = `WHERE ${conditions} ORDER BY ${age} LIMIT ${Math.trunc(batchSize)}`;
  const statement =
    dataSource.options.type === 'mysql'
      ? `DELETE FROM ${table} ${oldest}`
      : `DELETE FROM ${table} WHERE rowid IN (SELECT rowid FROM ${table} ${oldest})`;
  return (await queryRunner.query(statement, values, true)).affected ?? 0;
}
