import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, createTable, integer, moment, orNull, rowNumber, withZero, words } from './columns.js';

/** Kinds of coupons, who holds them, and what each line of an order has of a discount. */
export class CreateCoupons1795000000015 implements MigrationInterface {
  readonly name = 'CreateCoupons1795000000015';

  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'coupons',
      columns: [
        ...[rowNumber(), words('coupon_id', 24), words('name', 100), integer('discount_fen'), integer('min_spend_fen')],
        ...[moment('expires_at'), moment('created_at')],
      ],
      indices: [{ name: 'coupons_coupon_id', columnNames: ['coupon_id'], isUnique: true }],
    });
    await createTable(queryRunner, {
      name: 'user_coupons',
      columns: [
        ...[rowNumber(), words('user_coupon_id', 24), words('coupon_id', 24), words('user_id', 24)],
        ...[orNull(words('order_no', 32)), moment('granted_at')],
      ],
      indices: [
        { name: 'user_coupons_user_coupon_id', columnNames: ['user_coupon_id'], isUnique: true },
        { name: 'user_coupons_order_no', columnNames: ['order_no'], isUnique: true },
        { name: 'user_coupons_user_id', columnNames: ['user_id', 'id'] },
        { name: 'user_coupons_coupon_id', columnNames: ['coupon_id', 'order_no'] },
      ],
    });
    await addColumn(queryRunner, 'order_items', withZero(integer('discount_fen')));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropColumn('order_items', 'discount_fen');
    await queryRunner.dropTable('user_coupons');
    await queryRunner.dropTable('coupons');
  }
}
