import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, text, datetime, nullable, autoIncrementId, varchar } from './columns.js';

/** The audit log of staff actions. */
export class CreateAuditLog1795000000005 implements MigrationInterface {
  readonly name = 'CreateAuditLog1795000000005';

  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'audit_log',
      columns: [
        ...[autoIncrementId(), datetime('at'), varchar('actor_id', 24), varchar('actor_username', 64)],
        ...[varchar('action', 64), varchar('subject', 64)],
        ...[text('before'), text('after')].map(nullable),
        varchar('ip', 64),
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
