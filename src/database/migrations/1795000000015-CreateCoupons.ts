import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  addColumn,
  createTable,
  integer,
  datetime,
  nullable,
  autoIncrementId,
  defaultZero,
  varchar,
} from './columns.js';

/** Coupons, the coupons granted to users, and the discount of each order item. */
export class CreateCoupons1795000000015 implements MigrationInterface {
  readonly name = 'CreateCoupons1795000000015';

  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'coupons',
      columns: [
        ...[
          autoIncrementId(),
          varchar('coupon_id', 24),
          varchar('name', 100),
          integer('discount_fen'),
          integer('min_spend_fen'),
        ],
        ...[datetime('expires_at'), datetime('created_at')],
      ],
      indices: [{ name: 'coupons_coupon_id', columnNames: ['coupon_id'], isUnique: true }],
    });
    await createTable(queryRunner, {
      name: 'user_coupons',
      columns: [
        ...[autoIncrementId(), varchar('user_coupon_id', 24), varchar('coupon_id', 24), varchar('user_id', 24)],
        ...[nullable(varchar('order_no', 32)), datetime('granted_at')],
      ],
      indices: [
        { name: 'user_coupons_user_coupon_id', columnNames: ['user_coupon_id'], isUnique: true },
        { name: 'user_coupons_order_no', columnNames: ['order_no'], isUnique: true },
        { name: 'user_coupons_user_id', columnNames: ['user_id', 'id'] },
        { name: 'user_coupons_coupon_id', columnNames: ['coupon_id', 'order_no'] },
      ],
    });
    await addColumn(queryRunner, 'order_items', defaultZero(integer('discount_fen')));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropColumn('order_items', 'discount_fen');
    await queryRunner.dropTable('user_coupons');
    await queryRunner.dropTable('coupons');
  }
}
