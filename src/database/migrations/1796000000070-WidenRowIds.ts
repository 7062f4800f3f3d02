import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables that grow with every order, payment, notice, message or action of staff. */
const TABLES = ['payment_events', 'audit_log', 'outbox', 'stock_movements', 'order_items', 'refused_notices'];

/**
 * 64-bit ids for the tables that only grow. MySQL and MariaDB copy a table to change the type of its column; SQLite's ids
 * have 64 bits already.
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
    // A start that was stopped half-way does not copy again what it has copied.
    if (table?.findColumnByName('id')?.type === type) continue;
    await queryRunner.query(`ALTER TABLE ${name} MODIFY id ${type} NOT NULL AUTO_INCREMENT`);
  }
}
