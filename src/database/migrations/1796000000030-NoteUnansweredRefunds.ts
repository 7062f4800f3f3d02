import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, datetime, nullable } from './columns.js';

/** When a refund was last sent with an unknown outcome. For some minutes WeChat may not return it in a query. */
export class NoteUnansweredRefunds1796000000030 implements MigrationInterface {
  readonly name = 'NoteUnansweredRefunds1796000000030';

  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumn(queryRunner, 'refunds', nullable(datetime('unanswered_send_at')));
    // It is unknown whether earlier requests got a response, so treat the last one as sent now.
    const now = new Date().toISOString().replace('T', ' ').replace('Z', '');
    await queryRunner.query(
      `UPDATE refunds SET unanswered_send_at = '${now}' WHERE unanswered_send_at IS NULL AND send_count > 0 AND status IN ('PROCESSING', 'ABNORMAL')`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropColumn('refunds', 'unanswered_send_at');
  }
}
