import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, integer, longText, moment, orNull, rowNumber, words } from './columns.js';

/** People, sessions, products with their stock, orders. */
export class CreateShop1795000000001 implements MigrationInterface {
  readonly name = 'CreateShop1795000000001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await this.createPeople(queryRunner);
    await this.createCatalog(queryRunner);
    await this.createOrders(queryRunner);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of [
      'idempotency_keys',
      'order_items',
      'orders',
      'stock_movements',
      'products',
      'sessions',
      'users',
    ]) {
      await queryRunner.dropTable(table);
    }
  }

  private async createPeople(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'users',
      columns: [
        { ...words('id', 24), isPrimary: true },
        words('openid', 128),
        orNull(words('unionid', 128)),
        moment('created_at'),
      ],
      indices: [{ name: 'users_openid', columnNames: ['openid'], isUnique: true }],
    });
    await createTable(queryRunner, {
      name: 'sessions',
      columns: [{ ...words('store_key', 128), isPrimary: true }, longText('content'), moment('expires_at')],
      indices: [{ name: 'sessions_expires_at', columnNames: ['expires_at'] }],
    });
  }

  private async createCatalog(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'products',
      columns: [
        rowNumber(),
        words('product_id', 24),
        words('name', 100),
        { ...words('description', 2000), default: "''" },
        integer('price_fen'),
        integer('stock'),
        orNull(words('image_url', 500)),
        moment('created_at'),
      ],
      indices: [{ name: 'products_product_id', columnNames: ['product_id'], isUnique: true }],
    });
    await createTable(queryRunner, {
      name: 'stock_movements',
      columns: [
        rowNumber(),
        words('product_id', 24),
        orNull(words('order_no', 32)),
        words('kind', 16),
        integer('pieces'),
        moment('created_at'),
      ],
      indices: [
        { name: 'stock_movements_once', columnNames: ['order_no', 'product_id', 'kind'], isUnique: true },
        { name: 'stock_movements_product_id', columnNames: ['product_id'] },
      ],
    });
  }

  private async createOrders(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'orders',
      columns: [
        rowNumber(),
        ...[words('order_no', 32), words('user_id', 24), words('status', 16), words('refund_status', 16)],
        ...['total_fen', 'discount_fen', 'payable_fen', 'paid_fen', 'refunded_fen'].map((name) => integer(name)),
        ...[words('coupon_id', 24), words('remark', 200), words('transaction_id', 32), words('close_reason', 16)].map(
          orNull,
        ),
        ...[integer('attempt_count'), integer('close_tries'), orNull(moment('next_check_at'))],
        ...[moment('created_at'), moment('expires_at'), orNull(moment('paid_at')), orNull(moment('closed_at'))],
      ],
      indices: [
        { name: 'orders_order_no', columnNames: ['order_no'], isUnique: true },
        { name: 'orders_user_id', columnNames: ['user_id', 'id'] },
        { name: 'orders_next_check_at', columnNames: ['next_check_at'] },
        { name: 'orders_created_at', columnNames: ['created_at'] },
      ],
    });
    await createTable(queryRunner, {
      name: 'order_items',
      columns: [
        rowNumber(),
        integer('order_id'),
        words('product_id', 24),
        words('name', 100),
        integer('unit_fen'),
        integer('quantity'),
      ],
      indices: [{ name: 'order_items_order_id', columnNames: ['order_id'] }],
    });
    await createTable(queryRunner, {
      name: 'idempotency_keys',
      columns: [
        { ...words('user_id', 24), isPrimary: true },
        { ...words('key_hash', 64), isPrimary: true },
        words('request_hash', 64),
        longText('answer'),
        moment('created_at'),
      ],
      indices: [{ name: 'idempotency_keys_created_at', columnNames: ['created_at'] }],
    });
  }
}
