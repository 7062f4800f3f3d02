import { type QueryRunner, Table, TableColumn, type TableColumnOptions, type TableOptions } from 'typeorm';

/** A generated integer id. All helpers of this file define columns that behave the same on SQLite and MySQL. */
export const autoIncrementId = (): TableColumnOptions => ({
  name: 'id',
  type: 'integer',
  isPrimary: true,
  isGenerated: true,
  generationStrategy: 'increment',
});

/** The same with 64 bits, for a table that only grows. SQLite's generated ids always have 64 bits. */
export const largeRowId = (queryRunner: QueryRunner): TableColumnOptions => ({
  ...autoIncrementId(),
  type: queryRunner.dataSource.options.type === 'mysql' ? 'bigint' : 'integer',
});

export const varchar = (name: string, length: number): TableColumnOptions => ({
  name,
  type: 'varchar',
  length: String(length),
});

export const text = (name: string): TableColumnOptions => ({ name, type: 'text' });

/** Large enough for fen. MySQL's driver would return `bigint` as a string. */
export const integer = (name: string): TableColumnOptions => ({ name, type: 'integer' });

/** An entity needs a transformer, because MySQL's driver returns it as a string. */
export const bigint = (name: string): TableColumnOptions => ({ name, type: 'bigint' });

export const boolean = (name: string): TableColumnOptions => ({ name, type: 'boolean' });

/** An instant in UTC, to the millisecond. */
export const datetime = (name: string): TableColumnOptions => ({ name, type: 'datetime', precision: 3 });

export const nullable = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isNullable: true });

/** Adds a column unless it exists: MySQL commits each change at once, so an interrupted migration continues here. */
export async function addColumn(queryRunner: QueryRunner, table: string, column: TableColumnOptions): Promise<void> {
  if (await queryRunner.hasColumn(table, column.name)) return;
  await queryRunner.addColumn(table, new TableColumn(column));
}

/** The same for several columns: SQLite copies the table once for all of them. */
export async function addColumns(
  queryRunner: QueryRunner,
  table: string,
  columns: TableColumnOptions[],
): Promise<void> {
  const known = await queryRunner.getTable(table);
  const missing = columns.filter(({ name }) => !known?.findColumnByName(name));
  if (missing.length > 0)
    await queryRunner.addColumns(
      table,
      missing.map((column) => new TableColumn(column)),
    );
}

export const defaultZero = (column: TableColumnOptions): TableColumnOptions => ({ ...column, default: 0 });

/**
 * Creates a table in which two texts are equal only if they have the same bytes, as on SQLite. MySQL's default collations
 * treat the openids `oAbc` and `oabc` as equal, which would give one user access to the orders of another; `utf8mb4_bin`
 * ignores trailing spaces. The binary collation without padding has different names on MySQL and MariaDB.
 */
export async function createTable(queryRunner: QueryRunner, options: TableOptions): Promise<void> {
  // MySQL commits each table at once: an interrupted migration continues here.
  await queryRunner.createTable(new Table(options), true);
  if (queryRunner.dataSource.options.type !== 'mysql') return;
  const [row] = (await queryRunner.query('SELECT VERSION() AS version')) as { version: string }[];
  const collation = row?.version.includes('MariaDB') ? 'utf8mb4_nopad_bin' : 'utf8mb4_0900_bin';
  await queryRunner.query(`ALTER TABLE \`${options.name}\` CONVERT TO CHARACTER SET utf8mb4 COLLATE ${collation}`);
}
