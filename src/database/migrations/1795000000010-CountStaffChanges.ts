import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, integer, defaultZero } from './columns.js';

/** A counter that every change of an account updates, so that concurrent changes conflict, also on different cluster nodes. */
export class CountStaffChanges1795000000010 implements MigrationInterface {
  readonly name = 'CountStaffChanges1795000000010';

  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumn(queryRunner, 'admins', defaultZero(integer('change_count')));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropColumn('admins', 'change_count');
  }
}
