import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, integer, longText, moment, orNull, rowNumber, words } from './columns.js';

/** What is to be told outside. */
export class CreateOutbox1795000000011 implements MigrationInterface {
  readonly name = 'CreateOutbox1795000000011';

  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'outbox',
      columns: [
        rowNumber(),
        ...[words('topic', 32), words('entry_key', 128), words('subject', 64), longText('payload')],
        ...[words('status', 16), integer('tries'), orNull(moment('next_check_at'))],
        ...[orNull(words('result', 32)), orNull(words('detail', 500))],
        ...[moment('created_at'), orNull(moment('ended_at'))],
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
