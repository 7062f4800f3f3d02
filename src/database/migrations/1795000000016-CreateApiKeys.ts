import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, integer, datetime, nullable, autoIncrementId, varchar } from './columns.js';

/** API keys of the merchant's own programs. */
export class CreateApiKeys1795000000016 implements MigrationInterface {
  readonly name = 'CreateApiKeys1795000000016';

  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'api_keys',
      columns: [
        autoIncrementId(),
        ...[
          varchar('key_id', 24),
          varchar('name', 64),
          varchar('prefix', 32),
          varchar('key_hash', 64),
          varchar('scopes', 255),
        ],
        ...[varchar('created_by', 64), integer('max_refund_fen_per_day')],
        ...[nullable(varchar('refund_day', 8)), integer('refund_day_fen'), datetime('created_at')],
        ...[nullable(datetime('last_used_at')), nullable(datetime('expires_at')), nullable(datetime('revoked_at'))],
      ],
      indices: [{ name: 'api_keys_key_id', columnNames: ['key_id'], isUnique: true }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('api_keys');
  }
}
