import { type EntityManager, type EntityTarget, FindOperator, type ObjectLiteral, type QueryResult } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';

/**
 * Single-table statements for the code that runs for every notice. They do the same as `findOne`, `update` and `insert` of
 * TypeORM's manager on both dialects, without relations, listeners and generated values. Building the statements in TypeORM
 * took half of the time of a notice.
 */

/** Conditions on columns: a value, `In` or `Not`. Null is not allowed, because it never equals anything in SQL. */
type Conditions<E> = { [P in keyof E]?: NonNullable<E[P]> | FindOperator<NonNullable<E[P]>> };

/** The given columns of the first row that meets all conditions; null if there is none. */
export async function findRow<E extends ObjectLiteral, P extends keyof E & string>(
  tx: EntityManager,
  entity: EntityTarget<E>,
  properties: P[],
  where: Conditions<E>,
): Promise<Pick<E, P> | null> {
  const statement = new StatementBuilder(tx, entity);
  const columns = properties.map((property) => statement.column(property));
  const names = columns.map((column) => statement.name(column)).join(', ');
  statement.write(`SELECT ${names} FROM ${statement.table} WHERE `).compare(where).write(' LIMIT 1');
  const [row] = (await statement.run()).records as ObjectLiteral[];
  if (row === undefined) return null;
  const values = columns.map((column): [string, unknown] => [
    column.propertyName,
    tx.dataSource.driver.prepareHydratedValue(row[column.databaseName], column),
  ]);
  return Object.fromEntries(values) as Pick<E, P>;
}

/** @returns the number of rows that met all conditions. A compare-and-set has succeeded if it is one. */
export async function updateRows<E extends ObjectLiteral>(
  tx: EntityManager,
  entity: EntityTarget<E>,
  where: Conditions<E>,
  values: Partial<E>,
): Promise<number> {
  const statement = new StatementBuilder(tx, entity);
  statement.write(`UPDATE ${statement.table} SET `);
  for (const [index, [property, value]] of Object.entries(values).entries()) {
    const column = statement.column(property);
    statement.write(`${index === 0 ? '' : ', '}${statement.name(column)} = `).value(column, value);
  }
  return (await statement.write(' WHERE ').compare(where).run()).affected ?? 0;
}

/** Columns that are not given get the default of the table. */
export async function insertRow<E extends ObjectLiteral>(
  tx: EntityManager,
  entity: EntityTarget<E>,
  row: Partial<E>,
): Promise<void> {
  const statement = new StatementBuilder(tx, entity);
  const columns = Object.keys(row).map((property) => statement.column(property));
  const names = columns.map((column) => statement.name(column)).join(', ');
  statement.write(`INSERT INTO ${statement.table} (${names}) VALUES (`);
  for (const [index, column] of columns.entries()) {
    if (index > 0) statement.write(', ');
    statement.value(column, row[column.propertyName]);
  }
  await statement.write(')').run();
}

/** Builds a statement with a question mark for each value. */
class StatementBuilder {
  readonly table: string;
  private text = '';
  private readonly values: unknown[] = [];
  private readonly metadata;

  constructor(
    private readonly tx: EntityManager,
    entity: EntityTarget<ObjectLiteral>,
  ) {
    this.metadata = tx.dataSource.getMetadata(entity);
    this.table = tx.dataSource.driver.escape(this.metadata.tableName);
  }

  column(property: string): ColumnMetadata {
    const column = this.metadata.findColumnWithPropertyName(property);
    if (!column) throw new Error(`${this.table} has no column for ${property}.`);
    return column;
  }

  name(column: ColumnMetadata): string {
    return this.tx.dataSource.driver.escape(column.databaseName);
  }

  write(text: string): this {
    this.text += text;
    return this;
  }

  /** Converts dates and booleans as TypeORM does, because the dialects store them differently. */
  value(column: ColumnMetadata, value: unknown): this {
    if (value === undefined) throw new Error(`${this.table}.${column.databaseName} has no value.`);
    this.values.push(this.tx.dataSource.driver.preparePersistentValue(value, column));
    return this.write('?');
  }

  compare(where: Conditions<ObjectLiteral>): this {
    const conditions = Object.entries(where);
    // A statement without a condition would affect the whole table, which is always a mistake here.
    if (conditions.length === 0) throw new Error(`A statement on ${this.table} has no condition.`);
    for (const [index, [property, expected]] of conditions.entries()) {
      if (index > 0) this.write(' AND ');
      const column = this.column(property);
      const value: unknown = expected instanceof FindOperator ? expected.value : expected;
      this.write(`${this.name(column)} ${comparisonOperator(expected)} `);
      if (value === null) throw new Error(`${this.table}.${column.databaseName} must not be compared with null.`);
      if (Array.isArray(value)) this.list(column, value);
      else this.value(column, value);
    }
    return this;
  }

  run(): Promise<QueryResult> {
    const { queryRunner } = this.tx;
    if (!queryRunner) throw new Error('The entity manager has no query runner: call this inside UnitOfWork.run.');
    return queryRunner.query(this.text, this.values, true);
  }

  private list(column: ColumnMetadata, values: unknown[]): void {
    if (values.length === 0)
      throw new Error(`${this.table}.${column.databaseName} must not be compared with an empty list.`);
    for (const [index, value] of values.entries()) this.write(index === 0 ? '(' : ', ').value(column, value);
    this.write(')');
  }
}

function comparisonOperator(expected: unknown): string {
  if (!(expected instanceof FindOperator)) return '=';
  const isList = Array.isArray(expected.value);
  if (expected.type === 'in' && isList) return 'IN';
  if (expected.type === 'not' && !isList) return '!=';
  throw new Error(`Conditions do not support the operator ${expected.type} with this value.`);
}
