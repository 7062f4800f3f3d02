import type { EntityManager, EntityTarget, ObjectLiteral, QueryResult } from 'typeorm';
import { type Conditions, StatementBuilder } from './statement-builder.js';

/**
 * Single-table statements for the code that runs for every notice. They do the same as `findOne`, `update` and `insert` of
 * TypeORM's manager on both dialects, without relations, listeners and generated values. Building the statements in TypeORM
 * took half of the time of a notice.
 */

/** The given columns of the first row that meets all conditions; null if there is none. */
export async function findRow<E extends ObjectLiteral, P extends keyof E & string>(
  tx: EntityManager,
  entity: EntityTarget<E>,
  properties: P[],
  where: Conditions<E>,
): Promise<Pick<E, P> | null> {
  const statement = new StatementBuilder(tx, entity);
  const columns = properties.map((property) => statement.column(property));
  const [row] = await statement.select(columns, where, ' LIMIT 1');
  return row === undefined ? null : (row as Pick<E, P>);
}

/** All rows that meet all conditions, with all columns and no relations, in ascending order of a column. */
export async function findRows<E extends ObjectLiteral>(
  tx: EntityManager,
  entity: EntityTarget<E>,
  where: Conditions<E>,
  orderBy: keyof E & string,
): Promise<E[]> {
  const statement = new StatementBuilder(tx, entity);
  return (await statement.select(statement.columns, where, statement.orderBy([orderBy]))) as E[];
}

/** The given columns of all rows, or of the first ones, that meet all conditions, in ascending order of columns. */
export async function findColumns<E extends ObjectLiteral, P extends keyof E & string>(
  tx: EntityManager,
  entity: EntityTarget<E>,
  properties: P[],
  where: Conditions<E>,
  { orderBy, limit }: { orderBy: (keyof E & string)[]; limit?: number },
): Promise<Pick<E, P>[]> {
  const statement = new StatementBuilder(tx, entity);
  const columns = properties.map((property) => statement.column(property));
  const end = `${statement.orderBy(orderBy)}${limit === undefined ? '' : ` LIMIT ${limit}`}`;
  return (await statement.select(columns, where, end)) as Pick<E, P>[];
}

/**
 * @param increment a number column to which the same statement adds one.
 * @returns the number of rows that met all conditions. A compare-and-set has succeeded if it is one.
 */
export async function updateRows<E extends ObjectLiteral>(
  tx: EntityManager,
  entity: EntityTarget<E>,
  where: Conditions<E>,
  values: Partial<E>,
  increment?: keyof E & string,
): Promise<number> {
  const statement = new StatementBuilder(tx, entity);
  statement.write(`UPDATE ${statement.table} SET `);
  for (const [index, [property, value]] of Object.entries(values).entries()) {
    const column = statement.column(property);
    statement.write(`${index === 0 ? '' : ', '}${statement.name(column)} = `).value(column, value);
  }
  if (increment !== undefined) {
    const name = statement.name(statement.column(increment));
    statement.write(`, ${name} = ${name} + 1`);
  }
  return (await statement.write(' WHERE ').writeConditions(where).run()).affected ?? 0;
}

/** Adds one in SQL, so that concurrent changes all count. @returns the number of rows that met all conditions. */
export async function incrementRows<E extends ObjectLiteral>(
  tx: EntityManager,
  entity: EntityTarget<E>,
  where: Conditions<E>,
  property: keyof E & string,
): Promise<number> {
  const statement = new StatementBuilder(tx, entity);
  const name = statement.name(statement.column(property));
  statement.write(`UPDATE ${statement.table} SET ${name} = ${name} + 1 WHERE `).writeConditions(where);
  return (await statement.run()).affected ?? 0;
}

/**
 * Columns that are not given, or undefined as in a new entity, get the default of the table.
 * @returns the id that the database has generated; meaningless for a table without such an id.
 */
export async function insertRow<E extends ObjectLiteral>(
  tx: EntityManager,
  entity: EntityTarget<E>,
  row: Partial<E>,
): Promise<number> {
  return generatedIdOf((await insertAll(tx, entity, [row])).raw);
}

/** Inserts rows that have the same columns, as `insertRow` does. @param rows at most a few hundred. */
export async function insertRows<E extends ObjectLiteral>(
  tx: EntityManager,
  entity: EntityTarget<E>,
  rows: readonly Partial<E>[],
): Promise<void> {
  if (rows.length > 0) await insertAll(tx, entity, rows);
}

function insertAll(
  tx: EntityManager,
  entity: EntityTarget<ObjectLiteral>,
  rows: readonly ObjectLiteral[],
): Promise<QueryResult> {
  const statement = new StatementBuilder(tx, entity);
  const first = rows[0] ?? {};
  const given = Object.keys(first).filter((property) => first[property] !== undefined);
  const columns = given.map((property) => statement.column(property));
  const names = columns.map((column) => statement.name(column)).join(', ');
  statement.write(`INSERT INTO ${statement.table} (${names}) VALUES `);
  for (const [rowIndex, row] of rows.entries()) {
    statement.write(rowIndex === 0 ? '(' : ', (');
    for (const [index, column] of columns.entries()) {
      if (index > 0) statement.write(', ');
      statement.value(column, row[column.propertyName]);
    }
    statement.write(')');
  }
  return statement.run();
}

/** MySQL returns an object, SQLite the id itself. */
function generatedIdOf(raw: unknown): number {
  return Number(typeof raw === 'object' && raw !== null && 'insertId' in raw ? raw.insertId : raw);
}

/** Runs a change in portable SQL with a question mark for each value. @returns the number of affected rows. */
export async function executeChange(tx: EntityManager, sql: string, values: unknown[]): Promise<number> {
  if (!tx.queryRunner) throw new Error('The entity manager has no query runner: call this inside UnitOfWork.run.');
  return (await tx.queryRunner.query(sql, values, true)).affected ?? 0;
}
