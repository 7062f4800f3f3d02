import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';
import { addColumn, createTable, flag, integer, moment, orNull, rowNumber, withZero, words } from './columns.js';

const UNSHIPPED = { name: 'orders_to_ship_since', columnNames: ['to_ship_since'] };

/** Parcels, what WeChat says of their orders, and by what unshipped orders are found. Orders paid before owe nothing here. */
export class CreateShipments1795000000014 implements MigrationInterface {
  readonly name = 'CreateShipments1795000000014';

  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumn(queryRunner, 'orders', withZero(integer('shipment_count')));
    await addColumn(queryRunner, 'orders', orNull(moment('to_ship_since')));
    await addColumn(queryRunner, 'orders', orNull(moment('shipped_at')));
    await this.indexUnshipped(queryRunner);
    await this.createShipments(queryRunner);
    await createTable(queryRunner, {
      name: 'shipping_duties',
      columns: [
        rowNumber(),
        words('order_no', 32),
        ...[orNull(moment('reshipped_at')), orNull(moment('reminded_at')), orNull(moment('confirmed_at'))],
        ...[orNull(moment('settlement_expected_at')), orNull(moment('settled_at'))],
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

  /** MySQL commits each step at once: a start killed half-way finds the first ones there, and goes on. */
  private async indexUnshipped(queryRunner: QueryRunner): Promise<void> {
    const known = await queryRunner.getTable('orders');
    if (known?.indices.some(({ name }) => name === UNSHIPPED.name)) return;
    await queryRunner.createIndex('orders', new TableIndex(UNSHIPPED));
  }

  private async createShipments(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'shipments',
      columns: [
        ...[rowNumber(), words('order_no', 32), integer('shipment_no'), words('parcel_key', 64)],
        ...[words('kind', 16), orNull(words('carrier', 128)), orNull(words('tracking_no', 128))],
        ...[words('item_desc', 120), orNull(words('receiver_contact', 32))],
        ...[flag('is_last'), flag('is_split'), flag('is_reship'), words('state', 16)],
        ...[integer('round'), integer('send_count'), flag('is_unsure'), orNull(moment('upload_time'))],
        ...[orNull(words('error_code', 32)), orNull(words('error_message', 500))],
        ...[words('actor_id', 24), words('actor_username', 64)],
        ...[moment('shipped_at'), orNull(moment('uploaded_at'))],
      ],
      indices: [
        { name: 'shipments_order_no', columnNames: ['order_no', 'shipment_no'], isUnique: true },
        { name: 'shipments_parcel_key', columnNames: ['order_no', 'parcel_key'], isUnique: true },
        { name: 'shipments_state', columnNames: ['state', 'id'] },
      ],
    });
  }
}
