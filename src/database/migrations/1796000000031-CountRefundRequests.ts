import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, integer, defaultZero } from './columns.js';

/** How many refunds the buyer has asked for in the life of an order. Orders of before are counted. */
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
