import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, integer, text, datetime, nullable, autoIncrementId, varchar } from './columns.js';

/** A separate table for rejected notices, so that a flood of them does not fill the event log. */
export class CreateRefusedNotices1796000000061 implements MigrationInterface {
  readonly name = 'CreateRefusedNotices1796000000061';

  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'refused_notices',
      columns: [
        ...[
          autoIncrementId(),
          varchar('kind', 16),
          varchar('result', 32),
          varchar('out_trade_no', 32),
          integer('notices'),
        ],
        ...[datetime('first_at'), datetime('last_at'), nullable(text('raw'))],
      ],
      indices: [
        { name: 'refused_notices_subject', columnNames: ['out_trade_no', 'kind', 'result'], isUnique: true },
        { name: 'refused_notices_last_at', columnNames: ['last_at'] },
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('refused_notices');
  }
}
