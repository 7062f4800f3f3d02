import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, flag, moment, words } from './columns.js';

/** The merchant's staff. */
export class CreateAdmins1795000000003 implements MigrationInterface {
  readonly name = 'CreateAdmins1795000000003';

  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'admins',
      columns: [
        { ...words('id', 24), isPrimary: true },
        words('username', 64),
        words('password_hash', 255),
        words('role', 16),
        flag('is_disabled'),
        moment('created_at'),
      ],
      indices: [{ name: 'admins_username', columnNames: ['username'], isUnique: true }],
    });
  }

  down(queryRunner: QueryRunner): Promise<void> {
    return queryRunner.dropTable('admins');
  }
}
