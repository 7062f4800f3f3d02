import { type EntityManager, type EntityTarget, FindOperator, type ObjectLiteral, type QueryResult } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';

/**
 * Single-table statements for the code that runs for every notice. They do the same as `findOne`, `update` and `insert` of
 * TypeORM's manager on both dialects, without relations, listeners and generated values. Building the statements in TypeORM
 * took half of the time of a notice.
 */

/** Conditions on columns: a value, `In` or `Not`. Null is not allowed, because it never equals anything in SQL. */
export type Conditions<E> = { [P in keyof E]?: NonNullable<E[P]> | FindOperator<NonNullable<E[P]>> };

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
  const order = ` ORDER BY ${statement.name(statement.column(orderBy))}`;
  return (await statement.select(statement.columns, where, order)) as E[];
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

  get columns(): ColumnMetadata[] {
    return this.metadata.columns;
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

  writeConditions(where: Conditions<ObjectLiteral>): this {
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

  /** The rows by property, converted as TypeORM does. */
  async select(columns: ColumnMetadata[], where: Conditions<ObjectLiteral>, end: string): Promise<ObjectLiteral[]> {
    const names = columns.map((column) => this.name(column)).join(', ');
    this.write(`SELECT ${names} FROM ${this.table} WHERE `).writeConditions(where).write(end);
    const { driver } = this.tx.dataSource;
    const records = (await this.run()).records as ObjectLiteral[];
    return records.map((record) =>
      Object.fromEntries(
        columns.map((column): [string, unknown] => [
          column.propertyName,
          driver.prepareHydratedValue(record[column.databaseName], column),
        ]),
      ),
    );
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
