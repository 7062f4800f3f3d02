import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';
import { createTable, integer, datetime } from './columns.js';

const OUTBOX_AGE = new TableIndex({ name: 'outbox_age', columnNames: ['status', 'created_at'] });

/** Stores the latest trusted time, and adds an index to find old outbox entries. */
export class WatchTheClock1796000000020 implements MigrationInterface {
  readonly name = 'WatchTheClock1796000000020';

  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'clock_marks',
      columns: [{ ...integer('id'), isPrimary: true }, datetime('at')],
    });
    // MySQL commits each step at once: an interrupted migration continues here.
    const outbox = await queryRunner.getTable('outbox');
    if (outbox?.indices.some(({ name }) => name === OUTBOX_AGE.name)) return;
    await queryRunner.createIndex('outbox', OUTBOX_AGE);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropIndex('outbox', OUTBOX_AGE);
    await queryRunner.dropTable('clock_marks');
  }
}
