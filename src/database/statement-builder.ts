import { type EntityManager, type EntityTarget, FindOperator, type ObjectLiteral, type QueryResult } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';

/**
 * Conditions on columns: a value, `In`, `Not`, `LessThanOrEqual`, `MoreThan` or `IsNull`. Null itself is not allowed, because it
 * never equals anything in SQL.
 */
export type Conditions<E> = { [P in keyof E]?: NonNullable<E[P]> | FindOperator<NonNullable<E[P]>> };

/** Builds a statement with a question mark for each value. */
export class StatementBuilder {
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

  orderBy(properties: string[]): string {
    return ` ORDER BY ${properties.map((property) => this.name(this.column(property))).join(', ')}`;
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
      if (expected instanceof FindOperator && expected.type === 'isNull') {
        this.write(`${this.name(column)} IS NULL`);
        continue;
      }
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
  if (expected.type === 'lessThanOrEqual' && !isList) return '<=';
  if (expected.type === 'moreThan' && !isList) return '>';
  throw new Error(`Conditions do not support the operator ${expected.type} with this value.`);
}
