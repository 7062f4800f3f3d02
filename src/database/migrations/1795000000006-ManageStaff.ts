import { type MigrationInterface, type QueryRunner, TableColumn, type TableColumnOptions } from 'typeorm';
import { createTable, integer, datetime, nullable, varchar } from './columns.js';

const ADDED: TableColumnOptions[] = [
  { ...integer('session_epoch'), default: 0 },
  { ...nullable(varchar('kept_session', 64)) },
];

/** Invalidation of staff sessions, and failed logins counted across all instances. */
export class ManageStaff1795000000006 implements MigrationInterface {
  readonly name = 'ManageStaff1795000000006';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const column of ADDED) {
      // MySQL commits each change at once: an interrupted migration continues here.
      if (await queryRunner.hasColumn('admins', column.name)) continue;
      await queryRunner.addColumn('admins', new TableColumn(column));
    }
    await createTable(queryRunner, {
      name: 'login_failures',
      columns: [
        { ...varchar('who', 64), isPrimary: true },
        ...[varchar('failed_at', 255), varchar('guess_id', 24), nullable(datetime('guess_until')), datetime('last_at')],
      ],
      indices: [{ name: 'login_failures_last_at', columnNames: ['last_at'] }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('login_failures');
    for (const { name } of ADDED.toReversed()) await queryRunner.dropColumn('admins', name);
  }
}
