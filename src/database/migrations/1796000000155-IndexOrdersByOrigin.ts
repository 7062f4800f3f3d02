import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

const INDEX = new TableIndex({ name: 'orders_origin', columnNames: ['origin', 'id'] });

/** The list of payment orders, so that it does not read the orders of the shop. */
export class IndexOrdersByOrigin1796000000155 implements MigrationInterface {
  readonly name = 'IndexOrdersByOrigin1796000000155';

  async up(queryRunner: QueryRunner): Promise<void> {
    const known = await queryRunner.getTable('orders');
    if (known?.indices.some(({ name }) => name === INDEX.name)) return;
    await queryRunner.createIndex('orders', INDEX);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropIndex('orders', INDEX);
  }
}
