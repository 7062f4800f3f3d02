import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, integer, moment, orNull, rowNumber, words } from './columns.js';

/** Keys of the shop's own programs. */
export class CreateApiKeys1795000000016 implements MigrationInterface {
  readonly name = 'CreateApiKeys1795000000016';

  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'api_keys',
      columns: [
        rowNumber(),
        ...[words('key_id', 24), words('name', 64), words('prefix', 32), words('key_hash', 64), words('scopes', 255)],
        ...[words('created_by', 64), integer('max_refund_fen_per_day')],
        ...[orNull(words('refund_day', 8)), integer('refund_day_fen'), moment('created_at')],
        ...[orNull(moment('last_used_at')), orNull(moment('expires_at')), orNull(moment('revoked_at'))],
      ],
      indices: [{ name: 'api_keys_key_id', columnNames: ['key_id'], isUnique: true }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('api_keys');
  }
}
