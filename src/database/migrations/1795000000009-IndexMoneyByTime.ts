import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

const INDICES: { table: string; name: string; column: string }[] = [
  { table: 'payments', name: 'payments_created_at', column: 'created_at' },
  { table: 'payments', name: 'payments_paid_at', column: 'paid_at' },
  { table: 'refunds', name: 'refunds_requested_at', column: 'requested_at' },
  { table: 'refunds', name: 'refunds_completed_at', column: 'completed_at' },
];

/** Indexes by time, so that a sum over a week does not read all payments. */
export class IndexMoneyByTime1795000000009 implements MigrationInterface {
  readonly name = 'IndexMoneyByTime1795000000009';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const { table, name, column } of INDICES) {
      // MySQL commits each index at once: an interrupted migration continues here.
      const known = await queryRunner.getTable(table);
      if (known?.indices.some((index) => index.name === name)) continue;
      await queryRunner.createIndex(table, new TableIndex({ name, columnNames: [column] }));
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const { table, name } of INDICES) await queryRunner.dropIndex(table, name);
  }
}
