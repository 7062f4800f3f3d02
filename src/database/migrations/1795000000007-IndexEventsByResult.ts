import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

const INDEX = new TableIndex({ name: 'payment_events_result', columnNames: ['type', 'result', 'id'] });

/** The last event of a kind, found without reading the journal: a scrape asks for the last good notice every few seconds. */
export class IndexEventsByResult1795000000007 implements MigrationInterface {
  readonly name = 'IndexEventsByResult1795000000007';

  async up(queryRunner: QueryRunner): Promise<void> {
    // MySQL commits it at once: a start killed right after finds it there, and goes on.
    const table = await queryRunner.getTable('payment_events');
    if (table?.indices.some(({ name }) => name === INDEX.name)) return;
    await queryRunner.createIndex('payment_events', INDEX);
  }

  down(queryRunner: QueryRunner): Promise<void> {
    return queryRunner.dropIndex('payment_events', INDEX);
  }
}
