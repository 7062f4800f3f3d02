import type { EntityManager } from 'typeorm';
import { entities } from '../../../src/tables.js';
import { UnitOfWork } from '../../../src/database/unit-of-work.js';
import type { TestShop } from '../../support/test-shop.js';

type Row = Record<string, unknown>;

/** All rows of all tables, to compare and to restore. */
export class TableSnapshot {
  private constructor(private readonly tables: ReadonlyMap<string, Row[]>) {}

  /** In one transaction, so that no row changes between two tables. */
  static take(shop: TestShop): Promise<TableSnapshot> {
    return shop.firstInstance.app.get(UnitOfWork).run(async (tx) => {
      const tables = new Map<string, Row[]>();
      for (const table of tableNames(tx)) {
        tables.set(table, await tx.query<Row[]>(`SELECT * FROM ${table}`));
      }
      return new TableSnapshot(tables);
    });
  }

  /** Equal for equal rows. */
  get text(): string {
    return JSON.stringify([...this.tables]);
  }

  get rowCount(): number {
    return [...this.tables.values()].reduce((sum, rows) => sum + rows.length, 0);
  }

  async restore(shop: TestShop): Promise<void> {
    await shop.firstInstance.app.get(UnitOfWork).run(async (tx) => {
      for (const [table, rows] of this.tables) {
        await tx.query(`DELETE FROM ${table}`);
        for (const row of rows) await insert(tx, table, row);
      }
    });
  }
}

/** Inserts changed copies of the rows that match `where`. */
export async function copyRows(
  tx: EntityManager,
  table: string,
  where: string,
  change: (row: Row) => Row,
): Promise<void> {
  for (const row of await tx.query<Row[]>(`SELECT * FROM ${table} WHERE ${where}`)) {
    const copy = { ...row, ...change(row) };
    delete copy['id'];
    await insert(tx, table, copy);
  }
}

async function insert(tx: EntityManager, table: string, row: Row): Promise<void> {
  const columns = Object.keys(row);
  const places = columns.map(() => '?').join(', ');
  // The columns `before` and `after` of the audit log are reserved words in SQL.
  const names = columns.map((column) => `\`${column}\``).join(', ');
  await tx.query(`INSERT INTO ${table} (${names}) VALUES (${places})`, Object.values(row));
}

function tableNames(manager: EntityManager): string[] {
  return entities.map((entity) => manager.dataSource.getMetadata(entity).tableName);
}
