import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';
import {
  addColumn,
  createTable,
  boolean,
  integer,
  datetime,
  nullable,
  autoIncrementId,
  defaultZero,
  varchar,
} from './columns.js';

const UNSHIPPED = { name: 'orders_to_ship_since', columnNames: ['to_ship_since'] };

/** Shipments, their state at WeChat, and an index of unshipped orders. Orders paid before this version need no shipment. */
export class CreateShipments1795000000014 implements MigrationInterface {
  readonly name = 'CreateShipments1795000000014';

  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumn(queryRunner, 'orders', defaultZero(integer('shipment_count')));
    await addColumn(queryRunner, 'orders', nullable(datetime('to_ship_since')));
    await addColumn(queryRunner, 'orders', nullable(datetime('shipped_at')));
    await this.indexUnshipped(queryRunner);
    await this.createShipments(queryRunner);
    await createTable(queryRunner, {
      name: 'shipping_duties',
      columns: [
        autoIncrementId(),
        varchar('order_no', 32),
        ...[nullable(datetime('reshipped_at')), nullable(datetime('reminded_at')), nullable(datetime('confirmed_at'))],
        ...[nullable(datetime('settlement_expected_at')), nullable(datetime('settled_at'))],
      ],
      indices: [{ name: 'shipping_duties_order_no', columnNames: ['order_no'], isUnique: true }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('shipping_duties');
    await queryRunner.dropTable('shipments');
    await queryRunner.dropIndex('orders', UNSHIPPED.name);
    for (const column of ['shipped_at', 'to_ship_since', 'shipment_count'])
      await queryRunner.dropColumn('orders', column);
  }

  /** MySQL commits each step at once: an interrupted migration continues here. */
  private async indexUnshipped(queryRunner: QueryRunner): Promise<void> {
    const known = await queryRunner.getTable('orders');
    if (known?.indices.some(({ name }) => name === UNSHIPPED.name)) return;
    await queryRunner.createIndex('orders', new TableIndex(UNSHIPPED));
  }

  private async createShipments(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'shipments',
      columns: [
        ...[autoIncrementId(), varchar('order_no', 32), integer('shipment_no'), varchar('parcel_key', 64)],
        ...[varchar('kind', 16), nullable(varchar('carrier', 128)), nullable(varchar('tracking_no', 128))],
        ...[varchar('item_desc', 120), nullable(varchar('receiver_contact', 32))],
        ...[boolean('is_last'), boolean('is_split'), boolean('is_reship'), varchar('state', 16)],
        ...[integer('round'), integer('send_count'), boolean('is_unsure'), nullable(datetime('upload_time'))],
        ...[nullable(varchar('error_code', 32)), nullable(varchar('error_message', 500))],
        ...[varchar('actor_id', 24), varchar('actor_username', 64)],
        ...[datetime('shipped_at'), nullable(datetime('uploaded_at'))],
      ],
      indices: [
        { name: 'shipments_order_no', columnNames: ['order_no', 'shipment_no'], isUnique: true },
        { name: 'shipments_parcel_key', columnNames: ['order_no', 'parcel_key'], isUnique: true },
        { name: 'shipments_state', columnNames: ['state', 'id'] },
      ],
    });
  }
}
