import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, nullable, varchar } from './columns.js';

const CREATOR_FROM_AUDIT_LOG =
  "SELECT MIN(actor_id) FROM audit_log WHERE action = 'api-key.create' AND subject = api_keys.key_id";
const CREATOR_FROM_NAME = 'SELECT MIN(id) FROM admins WHERE username = api_keys.created_by';

/** The creator of an API key and the administrator responsible for it, from the audit log or else from the stored name. */
export class KnowMakersOfKeys1796000000062 implements MigrationInterface {
  readonly name = 'KnowMakersOfKeys1796000000062';

  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumn(queryRunner, 'api_keys', nullable(varchar('created_by_id', 24)));
    await addColumn(queryRunner, 'api_keys', nullable(varchar('responsible_id', 24)));
    await queryRunner.query(
      `UPDATE api_keys SET created_by_id = (${CREATOR_FROM_AUDIT_LOG}) WHERE created_by_id IS NULL`,
    );
    await queryRunner.query(`UPDATE api_keys SET created_by_id = (${CREATOR_FROM_NAME}) WHERE created_by_id IS NULL`);
    await queryRunner.query('UPDATE api_keys SET responsible_id = created_by_id WHERE responsible_id IS NULL');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropColumn('api_keys', 'responsible_id');
    await queryRunner.dropColumn('api_keys', 'created_by_id');
  }
}
