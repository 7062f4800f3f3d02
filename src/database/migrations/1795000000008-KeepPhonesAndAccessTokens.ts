import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, createTable, integer, text, datetime, nullable, varchar } from './columns.js';

/** Encrypted phone numbers, and encrypted access tokens of WeChat's platform that all instances share. */
export class KeepPhonesAndAccessTokens1795000000008 implements MigrationInterface {
  readonly name = 'KeepPhonesAndAccessTokens1795000000008';

  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumn(queryRunner, 'users', nullable(varchar('sealed_phone', 255)));
    await createTable(queryRunner, {
      name: 'access_tokens',
      columns: [
        { ...varchar('name', 64), isPrimary: true },
        ...[integer('serial'), nullable(text('sealed_token'))],
        ...[datetime('renew_at'), datetime('expires_at'), datetime('forced_at')].map(nullable),
        ...[varchar('lease_id', 24), nullable(datetime('lease_until'))],
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('access_tokens');
    await queryRunner.dropColumn('users', 'sealed_phone');
  }
}
