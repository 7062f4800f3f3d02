import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, integer, defaultZero } from './columns.js';

/** What changes of accounts meet at, on the nodes of a cluster too: there a row that stays the same is no meeting place. */
export class CountStaffChanges1795000000010 implements MigrationInterface {
  readonly name = 'CountStaffChanges1795000000010';

  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumn(queryRunner, 'admins', defaultZero(integer('change_count')));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropColumn('admins', 'change_count');
  }
}
