import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, text, nullable } from './columns.js';

/** Structured details of an event as JSON. Older rows keep their text in `detail`. */
export class KeepFactsOfEvents1796000000080 implements MigrationInterface {
  readonly name = 'KeepFactsOfEvents1796000000080';

  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumn(queryRunner, 'payment_events', nullable(text('facts')));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropColumn('payment_events', 'facts');
  }
}
