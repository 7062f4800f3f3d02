import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, text, nullable } from './columns.js';

/** What an event says besides its result, as JSON. Rows from before keep their sentence in `detail`. */
export class KeepFactsOfEvents1796000000080 implements MigrationInterface {
  readonly name = 'KeepFactsOfEvents1796000000080';

  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumn(queryRunner, 'payment_events', nullable(text('facts')));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropColumn('payment_events', 'facts');
  }
}
