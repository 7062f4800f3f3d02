import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, createTable, integer, longText, moment, orNull, words } from './columns.js';

/** Phone numbers, sealed; and the access tokens of WeChat's platform, sealed too, that all instances share. */
export class KeepPhonesAndAccessTokens1795000000008 implements MigrationInterface {
  readonly name = 'KeepPhonesAndAccessTokens1795000000008';

  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumn(queryRunner, 'users', orNull(words('sealed_phone', 255)));
    await createTable(queryRunner, {
      name: 'access_tokens',
      columns: [
        { ...words('name', 64), isPrimary: true },
        ...[integer('serial'), orNull(longText('sealed_token'))],
        ...[moment('renew_at'), moment('expires_at'), moment('forced_at')].map(orNull),
        ...[words('lease_id', 24), orNull(moment('lease_until'))],
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('access_tokens');
    await queryRunner.dropColumn('users', 'sealed_phone');
  }
}
