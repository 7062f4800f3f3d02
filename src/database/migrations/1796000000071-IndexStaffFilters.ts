import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

const INDICES: readonly (readonly [table: string, name: string, columnNames: string[]])[] = [
  ['orders', 'orders_status', ['status', 'id']],
  ['orders', 'orders_refund_status', ['refund_status', 'id']],
  ['orders', 'orders_shipped_at', ['shipped_at', 'id']],
  ['refunds', 'refunds_kind', ['kind', 'id']],
  ['refunds', 'refunds_wait_reason', ['wait_reason', 'id']],
  ['refunds', 'refunds_out_trade_no', ['out_trade_no']],
  ['refunds', 'refunds_transaction_id', ['transaction_id']],
];

/** An index for every filter of the lists of orders and refunds, so that a filter without matches reads no rows. */
export class IndexStaffFilters1796000000071 implements MigrationInterface {
  readonly name = 'IndexStaffFilters1796000000071';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const [table, name, columnNames] of INDICES) {
      const known = await queryRunner.getTable(table);
      if (known?.indices.some((index) => index.name === name)) continue;
      await queryRunner.createIndex(table, new TableIndex({ name, columnNames }));
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const [table, name] of INDICES) await queryRunner.dropIndex(table, name);
  }
}
