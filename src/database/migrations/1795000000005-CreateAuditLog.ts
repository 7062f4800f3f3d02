import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, longText, moment, orNull, rowNumber, words } from './columns.js';

/** What staff did. */
export class CreateAuditLog1795000000005 implements MigrationInterface {
  readonly name = 'CreateAuditLog1795000000005';

  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'audit_log',
      columns: [
        ...[rowNumber(), moment('at'), words('actor_id', 24), words('actor_username', 64)],
        ...[words('action', 64), words('subject', 64)],
        ...[longText('before'), longText('after')].map(orNull),
        words('ip', 64),
      ],
      indices: [
        { name: 'audit_log_at', columnNames: ['at'] },
        { name: 'audit_log_actor', columnNames: ['actor_username', 'id'] },
        { name: 'audit_log_subject', columnNames: ['subject', 'id'] },
        { name: 'audit_log_action', columnNames: ['action', 'id'] },
      ],
    });
  }

  down(queryRunner: QueryRunner): Promise<void> {
    return queryRunner.dropTable('audit_log');
  }
}
