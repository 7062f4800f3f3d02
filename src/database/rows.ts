import { type EntityManager, type EntityTarget, FindOperator, type ObjectLiteral, type QueryResult } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';

/**
 * Plain statements on single tables, for the paths that are walked for every notice. They say what `findOne`, `update`
 * and `insert` of TypeORM's manager say, on both dialects, with the entity's own columns; but there, putting the
 * statements together took half of a notice's time. No relations, no listeners, no generated values handed back.
 */

/** What columns may be compared with: a value, or `In` and `Not` of values. Null is never equal to anything. */
type Conditions<E> = { [P in keyof E]?: NonNullable<E[P]> | FindOperator<NonNullable<E[P]>> };

/** The named columns of the first row that meets every condition. */
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

/** @returns how many rows met every condition: a compare-and-set has won when that is one. */
export async function updateRows<E extends ObjectLiteral>(
  tx: EntityManager,
  entity: EntityTarget<E>,
  where: Conditions<E>,
  facts: Partial<E>,
): Promise<number> {
  const statement = new StatementBuilder(tx, entity);
  statement.write(`UPDATE ${statement.table} SET `);
  for (const [index, [property, value]] of Object.entries(facts).entries()) {
    const column = statement.column(property);
    statement.write(`${index === 0 ? '' : ', '}${statement.name(column)} = `).value(column, value);
  }
  return (await statement.write(' WHERE ').compare(where).run()).affected ?? 0;
}

/** Columns that are not named take the default that the table has for them. */
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

/** A statement on its way: text with a question mark for each value. */
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

  /** Dates and flags become what TypeORM makes of them: the dialects store them differently. */
  value(column: ColumnMetadata, value: unknown): this {
    if (value === undefined) throw new Error(`${this.table}.${column.databaseName} was given no value.`);
    this.values.push(this.tx.dataSource.driver.preparePersistentValue(value, column));
    return this.write('?');
  }

  compare(where: Conditions<ObjectLiteral>): this {
    const conditions = Object.entries(where);
    // A statement for the whole table is never meant here.
    if (conditions.length === 0) throw new Error(`${this.table} was asked for without a condition.`);
    for (const [index, [property, expected]] of conditions.entries()) {
      if (index > 0) this.write(' AND ');
      const column = this.column(property);
      const wanted: unknown = expected instanceof FindOperator ? expected.value : expected;
      this.write(`${this.name(column)} ${comparisonOperator(expected)} `);
      if (wanted === null) throw new Error(`${this.table}.${column.databaseName} was compared with null.`);
      if (Array.isArray(wanted)) this.list(column, wanted);
      else this.value(column, wanted);
    }
    return this;
  }

  run(): Promise<QueryResult> {
    const { queryRunner } = this.tx;
    if (!queryRunner) throw new Error('Only a unit of work has a connection to run statements on.');
    return queryRunner.query(this.text, this.values, true);
  }

  private list(column: ColumnMetadata, values: unknown[]): void {
    if (values.length === 0) throw new Error(`${this.table}.${column.databaseName} was compared with an empty list.`);
    for (const [index, value] of values.entries()) this.write(index === 0 ? '(' : ', ').value(column, value);
    this.write(')');
  }
}

function comparisonOperator(expected: unknown): string {
  if (!(expected instanceof FindOperator)) return '=';
  const isList = Array.isArray(expected.value);
  if (expected.type === 'in' && isList) return 'IN';
  if (expected.type === 'not' && !isList) return '!=';
  throw new Error(`Conditions know no ${expected.type} of that.`);
}
