import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';
import { addColumn, integer, datetime, nullable, defaultZero } from './columns.js';

const PENDING_ORDERS = new TableIndex({ name: 'orders_user_status', columnNames: ['user_id', 'status'] });

/** Blocking of buyers, and a counter that serializes the orders of one buyer, so that unpaid orders can be counted. */
export class LimitBuyers1796000000050 implements MigrationInterface {
  readonly name = 'LimitBuyers1796000000050';

  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumn(queryRunner, 'users', nullable(datetime('blocked_at')));
    await addColumn(queryRunner, 'users', defaultZero(integer('session_epoch')));
    await addColumn(queryRunner, 'users', defaultZero(integer('order_turn')));
    const table = await queryRunner.getTable('orders');
    if (table?.indices.some(({ name }) => name === PENDING_ORDERS.name)) return;
    await queryRunner.createIndex('orders', PENDING_ORDERS);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropIndex('orders', PENDING_ORDERS);
    for (const column of ['order_turn', 'session_epoch', 'blocked_at']) await queryRunner.dropColumn('users', column);
  }
}
