import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, boolean, integer, varchar } from './columns.js';

/** Failed logins by network and by name, and the known networks, shared by all instances. */
export class CountLogins1796000000055 implements MigrationInterface {
  readonly name = 'CountLogins1796000000055';

  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'login_counts',
      columns: [
        { ...varchar('counted', 64), isPrimary: true },
        integer('failures'),
        { name: 'since', type: 'bigint' },
        { name: 'last_at', type: 'bigint' },
        boolean('is_noted'),
      ],
      indices: [{ name: 'login_counts_last_at', columnNames: ['last_at'] }],
    });
    await createTable(queryRunner, {
      name: 'known_networks',
      columns: [
        { ...varchar('network', 64), isPrimary: true },
        { name: 'known_until', type: 'bigint' },
      ],
      indices: [{ name: 'known_networks_known_until', columnNames: ['known_until'] }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('known_networks');
    await queryRunner.dropTable('login_counts');
  }
}
