import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';
import { addColumn, datetime, nullable } from './columns.js';

const TABLES = ['payments', 'refunds', 'orders'];
const COLUMN = 'early_check_at';
const indexOf = (table: string): string => `${table}_${COLUMN}`;

/**
 * The earliest time at which a query without a response may be repeated before its scheduled time, once WeChat responds
 * again.
 */
export class BringChecksForward1796000000025 implements MigrationInterface {
  readonly name = 'BringChecksForward1796000000025';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const name of TABLES) {
      await addColumn(queryRunner, name, nullable(datetime(COLUMN)));
      const table = await queryRunner.getTable(name);
      if (table?.indices.some((index) => index.name === indexOf(name))) continue;
      await queryRunner.createIndex(name, new TableIndex({ name: indexOf(name), columnNames: [COLUMN] }));
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const name of TABLES) {
      await queryRunner.dropIndex(name, indexOf(name));
      await queryRunner.dropColumn(name, COLUMN);
    }
  }
}
