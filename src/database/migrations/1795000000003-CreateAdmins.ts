import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, boolean, datetime, varchar } from './columns.js';

/** The merchant's staff. */
export class CreateAdmins1795000000003 implements MigrationInterface {
  readonly name = 'CreateAdmins1795000000003';

  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'admins',
      columns: [
        { ...varchar('id', 24), isPrimary: true },
        varchar('username', 64),
        varchar('password_hash', 255),
        varchar('role', 16),
        boolean('is_disabled'),
        datetime('created_at'),
      ],
      indices: [{ name: 'admins_username', columnNames: ['username'], isUnique: true }],
    });
  }

  down(queryRunner: QueryRunner): Promise<void> {
    return queryRunner.dropTable('admins');
  }
}
