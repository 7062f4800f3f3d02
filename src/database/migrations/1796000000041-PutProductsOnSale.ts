import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, boolean } from './columns.js';

/** Products can be taken off sale. Existing products stay on sale. */
export class PutProductsOnSale1796000000041 implements MigrationInterface {
  readonly name = 'PutProductsOnSale1796000000041';

  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumn(queryRunner, 'products', { ...boolean('on_sale'), default: '1' });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropColumn('products', 'on_sale');
  }
}
