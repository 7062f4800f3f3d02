import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

const INDEX = new TableIndex({ name: 'payment_events_result', columnNames: ['type', 'result', 'id'] });

/** An index to find the last event of a type and result: each metrics scrape queries the last accepted notice. */
export class IndexEventsByResult1795000000007 implements MigrationInterface {
  readonly name = 'IndexEventsByResult1795000000007';

  async up(queryRunner: QueryRunner): Promise<void> {
    // MySQL commits it at once: an interrupted migration continues here.
    const table = await queryRunner.getTable('payment_events');
    if (table?.indices.some(({ name }) => name === INDEX.name)) return;
    await queryRunner.createIndex('payment_events', INDEX);
  }

  down(queryRunner: QueryRunner): Promise<void> {
    return queryRunner.dropIndex('payment_events', INDEX);
  }
}
