import { type MigrationInterface, type QueryRunner, TableColumn, type TableColumnOptions, TableIndex } from 'typeorm';
import {
  addColumns,
  bigint,
  boolean,
  createTable,
  datetime,
  integer,
  largeRowId,
  nullable,
  text,
  varchar,
} from './columns.js';

const version = (): TableColumnOptions => ({ ...integer('version'), default: 1 });

const NEW_COLUMNS: Readonly<Record<string, TableColumnOptions[]>> = {
  orders: [
    { ...varchar('origin', 16), default: "'SHOP'" },
    version(),
    nullable(varchar('merchant_order_no', 64)),
    nullable(varchar('description', 200)),
    nullable(varchar('payer_openid', 128)),
    nullable(varchar('payer_source', 8)),
    nullable(varchar('app_id', 32)),
    nullable(varchar('allowed_trade_types', 64)),
    nullable(text('metadata')),
    nullable(varchar('late_payment_policy', 16)),
    { ...boolean('needs_shipping'), default: '1' },
  ],
  refunds: [version(), nullable(varchar('merchant_refund_no', 64))],
  shipments: [version()],
};
/** A payment order has no buyer's account, and its lines have no product. */
const NOW_NULLABLE = [
  ['orders', varchar('user_id', 24)],
  ['refunds', varchar('user_id', 24)],
  ['order_items', varchar('product_id', 24)],
] as const;
const INDICES = [
  ['orders', new TableIndex({ name: 'orders_merchant_order_no', columnNames: ['merchant_order_no'], isUnique: true })],
  [
    'refunds',
    new TableIndex({ name: 'refunds_merchant_refund_no', columnNames: ['merchant_refund_no'], isUnique: true }),
  ],
] as const;

/** Payment orders of the merchant's own order system, versions of what the APIs show, and the events about their changes. */
export class AddPaymentOrders1796000000130 implements MigrationInterface {
  readonly name = 'AddPaymentOrders1796000000130';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const [table, columns] of Object.entries(NEW_COLUMNS)) await addColumns(queryRunner, table, columns);
    for (const [table, column] of NOW_NULLABLE) await changeColumn(queryRunner, table, nullable(column));
    for (const [table, index] of INDICES) {
      const known = await queryRunner.getTable(table);
      if (!known?.indices.some(({ name }) => name === index.name)) await queryRunner.createIndex(table, index);
    }
    await createTable(queryRunner, {
      name: 'events',
      columns: [
        largeRowId(queryRunner),
        varchar('event_id', 32),
        nullable(bigint('position')),
        varchar('type', 32),
        varchar('subject', 64),
        text('data'),
        datetime('created_at'),
      ],
      indices: [
        { name: 'events_event_id', columnNames: ['event_id'], isUnique: true },
        { name: 'events_position', columnNames: ['position'], isUnique: true },
        { name: 'events_subject', columnNames: ['subject', 'id'] },
        { name: 'events_created_at', columnNames: ['created_at'] },
      ],
    });
  }

  /** Payment orders and their refunds stay, without a user. */
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('events');
    for (const [table, index] of INDICES) await queryRunner.dropIndex(table, index);
    for (const [table, column] of NOW_NULLABLE) {
      await queryRunner.query(`UPDATE ${table} SET ${column.name} = '' WHERE ${column.name} IS NULL`);
      await changeColumn(queryRunner, table, column);
    }
    for (const [table, columns] of Object.entries(NEW_COLUMNS))
      await queryRunner.dropColumns(
        table,
        columns.map(({ name }) => name),
      );
  }
}

async function changeColumn(queryRunner: QueryRunner, name: string, column: TableColumnOptions): Promise<void> {
  const table = await queryRunner.getTable(name);
  const oldColumn = table?.findColumnByName(column.name);
  if (!table || !oldColumn || oldColumn.isNullable === (column.isNullable === true)) return;
  await queryRunner.changeColumn(table, oldColumn, new TableColumn(column));
}
