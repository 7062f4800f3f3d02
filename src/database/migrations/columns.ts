import { type QueryRunner, Table, TableColumn, type TableColumnOptions, type TableOptions } from 'typeorm';

/** Columns that mean the same on SQLite and on MySQL. */
export const autoIncrementId = (): TableColumnOptions => ({
  ...{ name: 'id', type: 'integer', isPrimary: true },
  ...{ isGenerated: true, generationStrategy: 'increment' },
});

export const varchar = (name: string, length: number): TableColumnOptions => ({
  name,
  type: 'varchar',
  length: String(length),
});

export const text = (name: string): TableColumnOptions => ({ name, type: 'text' });

/** Fen fit an integer; `bigint` would come back from MySQL as a string. */
export const integer = (name: string): TableColumnOptions => ({ name, type: 'integer' });

export const boolean = (name: string): TableColumnOptions => ({ name, type: 'boolean' });

/** An instant in UTC, to the millisecond. */
export const datetime = (name: string): TableColumnOptions => ({ name, type: 'datetime', precision: 3 });

export const nullable = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isNullable: true });

/** Adds a column to a table that has rows, unless it is there: MySQL commits each one at once, and a start may be killed half-way. */
export async function addColumn(queryRunner: QueryRunner, table: string, column: TableColumnOptions): Promise<void> {
  if (await queryRunner.hasColumn(table, column.name)) return;
  await queryRunner.addColumn(table, new TableColumn(column));
}

export const defaultZero = (column: TableColumnOptions): TableColumnOptions => ({ ...column, default: 0 });

/**
 * Creates the table so that two texts are the same only when they are equal byte for byte, as on SQLite. MySQL's usual
 * collations think `oAbc` and `oabc` one openid, and would let one person into another's orders; even `utf8mb4_bin`
 * overlooks spaces at the end. The one that does neither has two names.
 */
export async function createTable(queryRunner: QueryRunner, options: TableOptions): Promise<void> {
  // MySQL commits each table at once: a start killed half-way finds the first ones there, and goes on.
  await queryRunner.createTable(new Table(options), true);
  if (queryRunner.dataSource.options.type !== 'mysql') return;
  const [row] = (await queryRunner.query('SELECT VERSION() AS version')) as { version: string }[];
  const collation = row?.version.includes('MariaDB') ? 'utf8mb4_nopad_bin' : 'utf8mb4_0900_bin';
  await queryRunner.query(`ALTER TABLE \`${options.name}\` CONVERT TO CHARACTER SET utf8mb4 COLLATE ${collation}`);
}
