import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, integer, text, datetime, nullable, autoIncrementId, varchar } from './columns.js';

/** The outbox of messages to other systems. */
export class CreateOutbox1795000000011 implements MigrationInterface {
  readonly name = 'CreateOutbox1795000000011';

  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'outbox',
      columns: [
        autoIncrementId(),
        ...[varchar('topic', 32), varchar('entry_key', 128), varchar('subject', 64), text('payload')],
        ...[varchar('status', 16), integer('tries'), nullable(datetime('next_check_at'))],
        ...[nullable(varchar('result', 32)), nullable(varchar('detail', 500))],
        ...[datetime('created_at'), nullable(datetime('ended_at'))],
      ],
      indices: [
        { name: 'outbox_entry_key', columnNames: ['entry_key'], isUnique: true },
        { name: 'outbox_next_check_at', columnNames: ['next_check_at'] },
        { name: 'outbox_subject', columnNames: ['subject', 'id'] },
        { name: 'outbox_status', columnNames: ['status', 'topic', 'id'] },
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('outbox');
  }
}
