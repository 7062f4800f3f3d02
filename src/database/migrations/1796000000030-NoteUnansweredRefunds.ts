import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, datetime, nullable } from './columns.js';

/** When a refund was last sent without a clear answer: until some minutes later WeChat may not show it. */
export class NoteUnansweredRefunds1796000000030 implements MigrationInterface {
  readonly name = 'NoteUnansweredRefunds1796000000030';

  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumn(queryRunner, 'refunds', nullable(datetime('unanswered_send_at')));
    // Whether earlier sendings were answered is not known: as if the last one had been this moment.
    const now = new Date().toISOString().replace('T', ' ').replace('Z', '');
    await queryRunner.query(
      `UPDATE refunds SET unanswered_send_at = '${now}' WHERE unanswered_send_at IS NULL AND send_count > 0 AND status IN ('PROCESSING', 'ABNORMAL')`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropColumn('refunds', 'unanswered_send_at');
  }
}
