import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, integer, defaultZero } from './columns.js';

/** The number of refund requests of the buyer per order, including those of existing orders. */
export class CountRefundRequests1796000000031 implements MigrationInterface {
  readonly name = 'CountRefundRequests1796000000031';

  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumn(queryRunner, 'orders', defaultZero(integer('refund_request_count')));
    await queryRunner.query(
      `UPDATE orders SET refund_request_count =
        (SELECT COUNT(*) FROM refunds r WHERE r.order_no = orders.order_no AND r.kind = 'USER')
        WHERE order_no IN (SELECT r.order_no FROM refunds r WHERE r.kind = 'USER')`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropColumn('orders', 'refund_request_count');
  }
}
