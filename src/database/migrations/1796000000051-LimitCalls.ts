import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, createTable, datetime, nullable, varchar } from './columns.js';

/** The rate limit of each buyer, and a lease for the sync of a payment with WeChat. */
export class LimitCalls1796000000051 implements MigrationInterface {
  readonly name = 'LimitCalls1796000000051';

  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'call_budgets',
      // Milliseconds since 1970, because the database calculates with it.
      columns: [
        { ...varchar('user_id', 24), isPrimary: true },
        { name: 'free_at', type: 'bigint' },
      ],
      indices: [{ name: 'call_budgets_free_at', columnNames: ['free_at'] }],
    });
    await addColumn(queryRunner, 'payments', nullable(datetime('sync_until')));
    await addColumn(queryRunner, 'payments', nullable(varchar('sync_answer', 16)));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropColumn('payments', 'sync_answer');
    await queryRunner.dropColumn('payments', 'sync_until');
    await queryRunner.dropTable('call_budgets');
  }
}
