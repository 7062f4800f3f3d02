import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, integer, text, datetime, nullable, autoIncrementId, varchar } from './columns.js';

/** Users, sessions, products with their stock, and orders. */
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
        { ...varchar('id', 24), isPrimary: true },
        varchar('openid', 128),
        nullable(varchar('unionid', 128)),
        datetime('created_at'),
      ],
      indices: [{ name: 'users_openid', columnNames: ['openid'], isUnique: true }],
    });
    await createTable(queryRunner, {
      name: 'sessions',
      columns: [{ ...varchar('store_key', 128), isPrimary: true }, text('content'), datetime('expires_at')],
      indices: [{ name: 'sessions_expires_at', columnNames: ['expires_at'] }],
    });
  }

  private async createCatalog(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'products',
      columns: [
        autoIncrementId(),
        varchar('product_id', 24),
        varchar('name', 100),
        { ...varchar('description', 2000), default: "''" },
        integer('price_fen'),
        integer('stock'),
        nullable(varchar('image_url', 500)),
        datetime('created_at'),
      ],
      indices: [{ name: 'products_product_id', columnNames: ['product_id'], isUnique: true }],
    });
    await createTable(queryRunner, {
      name: 'stock_movements',
      columns: [
        autoIncrementId(),
        varchar('product_id', 24),
        nullable(varchar('order_no', 32)),
        varchar('kind', 16),
        integer('pieces'),
        datetime('created_at'),
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
        autoIncrementId(),
        ...[varchar('order_no', 32), varchar('user_id', 24), varchar('status', 16), varchar('refund_status', 16)],
        ...['total_fen', 'discount_fen', 'payable_fen', 'paid_fen', 'refunded_fen'].map((name) => integer(name)),
        ...[
          varchar('coupon_id', 24),
          varchar('remark', 200),
          varchar('transaction_id', 32),
          varchar('close_reason', 16),
        ].map(nullable),
        ...[integer('attempt_count'), integer('close_tries'), nullable(datetime('next_check_at'))],
        ...[
          datetime('created_at'),
          datetime('expires_at'),
          nullable(datetime('paid_at')),
          nullable(datetime('closed_at')),
        ],
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
        autoIncrementId(),
        integer('order_id'),
        varchar('product_id', 24),
        varchar('name', 100),
        integer('unit_fen'),
        integer('quantity'),
      ],
      indices: [{ name: 'order_items_order_id', columnNames: ['order_id'] }],
    });
    await createTable(queryRunner, {
      name: 'idempotency_keys',
      columns: [
        { ...varchar('user_id', 24), isPrimary: true },
        { ...varchar('key_hash', 64), isPrimary: true },
        varchar('request_hash', 64),
        text('answer'),
        datetime('created_at'),
      ],
      indices: [{ name: 'idempotency_keys_created_at', columnNames: ['created_at'] }],
    });
  }
}
