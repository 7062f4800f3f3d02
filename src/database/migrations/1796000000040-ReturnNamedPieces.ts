import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';
import {
  addColumn,
  createTable,
  boolean,
  integer,
  nullable,
  autoIncrementId,
  defaultZero,
  varchar,
} from './columns.js';

const NEW_INDEX = {
  name: 'stock_movements_once_each',
  columnNames: ['order_no', 'product_id', 'kind', 'refund_no'],
  isUnique: true,
};
const OLD_INDEX = { name: 'stock_movements_once', columnNames: ['order_no', 'product_id', 'kind'], isUnique: true };

/** A full refund in progress that was approved with a return of the goods. */
const FULL_REFUND_IN_PROGRESS = `r.return_stock = 1 AND r.is_surplus = 0 AND r.status IN ('PROCESSING', 'ABNORMAL')
  AND r.amount_fen >= r.paid_fen AND o.status = 'PAID' AND o.stock_returned_at IS NULL`;

/** Refunds list the items that return to stock, instead of returning the whole order or nothing. */
export class ReturnNamedPieces1796000000040 implements MigrationInterface {
  readonly name = 'ReturnNamedPieces1796000000040';

  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumn(queryRunner, 'order_items', defaultZero(integer('return_held')));
    await addColumn(queryRunner, 'refunds', nullable(boolean('return_coupon')));
    await addColumn(queryRunner, 'stock_movements', { ...varchar('refund_no', 64), default: "''" });
    await this.replaceIndex(queryRunner, NEW_INDEX, OLD_INDEX);
    await createTable(queryRunner, {
      name: 'refund_items',
      columns: [autoIncrementId(), integer('refund_id'), varchar('product_id', 24), integer('quantity')],
      indices: [{ name: 'refund_items_once', columnNames: ['refund_id', 'product_id'], isUnique: true }],
    });
    await this.fill(queryRunner);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('refund_items');
    await this.replaceIndex(queryRunner, OLD_INDEX, NEW_INDEX);
    await queryRunner.dropColumn('stock_movements', 'refund_no');
    await queryRunner.dropColumn('refunds', 'return_coupon');
    await queryRunner.dropColumn('order_items', 'return_held');
  }

  /** MySQL commits each step at once: an interrupted migration continues here. */
  private async replaceIndex(queryRunner: QueryRunner, to: typeof OLD_INDEX, from: typeof OLD_INDEX): Promise<void> {
    const known = (await queryRunner.getTable('stock_movements'))?.indices.map(({ name }) => name) ?? [];
    if (!known.includes(to.name)) await queryRunner.createIndex('stock_movements', new TableIndex(to));
    if (known.includes(from.name)) await queryRunner.dropIndex('stock_movements', from.name);
  }

  /**
   * An order with returned goods has returned all of its items. A full refund in progress that returns the goods lists all items.
   * A partial refund never meant the whole order, so it gets the default.
   */
  private async fill(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`INSERT INTO refund_items (refund_id, product_id, quantity)
      SELECT r.id, i.product_id, i.quantity FROM refunds r JOIN orders o ON o.order_no = r.order_no
      JOIN order_items i ON i.order_id = o.id WHERE ${FULL_REFUND_IN_PROGRESS}
      AND NOT EXISTS (SELECT 1 FROM refund_items known WHERE known.refund_id = r.id AND known.product_id = i.product_id)`);
    await queryRunner.query(`UPDATE order_items SET return_held = quantity WHERE order_id IN
      (SELECT o.id FROM orders o WHERE o.stock_returned_at IS NOT NULL
        OR EXISTS (SELECT 1 FROM refunds r WHERE r.order_no = o.order_no AND ${FULL_REFUND_IN_PROGRESS}))`);
    await queryRunner.query(`UPDATE refunds SET return_stock = NULL WHERE return_stock = 1
      AND status IN ('PROCESSING', 'ABNORMAL', 'FAILED')
      AND NOT EXISTS (SELECT 1 FROM refund_items i WHERE i.refund_id = refunds.id)`);
  }
}
