import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables that grow with every order, payment, notice, message or staff action. */
const TABLES = ['payment_events', 'audit_log', 'outbox', 'stock_movements', 'order_items', 'refused_notices'];

/**
 * 64-bit ids for the tables that only grow. MySQL and MariaDB copy the table to change the column type; SQLite's ids already
 * have 64 bits.
 */
export class WidenRowIds1796000000070 implements MigrationInterface {
  readonly name = 'WidenRowIds1796000000070';

  async up(queryRunner: QueryRunner): Promise<void> {
    await changeIds(queryRunner, 'bigint');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await changeIds(queryRunner, 'int');
  }
}

async function changeIds(queryRunner: QueryRunner, type: 'bigint' | 'int'): Promise<void> {
  if (queryRunner.dataSource.options.type !== 'mysql') return;
  for (const name of TABLES) {
    const table = await queryRunner.getTable(name);
    // An interrupted migration does not copy a table again.
    if (table?.findColumnByName('id')?.type === type) continue;
    await queryRunner.query(`ALTER TABLE ${name} MODIFY id ${type} NOT NULL AUTO_INCREMENT`);
  }
}
