import { Column, Entity, Index } from 'typeorm';
import { LargeRowId } from '../database/bigint-columns.js';

/**
 * `RECEIVED`: initial stock of a product · `ADJUSTED`: changed by staff · `RESERVED`: by an order · `RELEASED`: by the close of
 * an order · `REOPENED`: reserved again by a payment after the close · `RETURNED`: by a refund.
 */
export type StockMovementKind = 'RECEIVED' | 'ADJUSTED' | 'RESERVED' | 'RELEASED' | 'REOPENED' | 'RETURNED';

/**
 * A change of a product's stock. Append-only; the sum of all movements of a product is its stock. A unique key ensures that an
 * order reserves and releases a product once and that each refund returns it once.
 */
@Entity('stock_movements')
@Index('stock_movements_once_each', ['orderNo', 'productId', 'kind', 'refundNo'], { unique: true })
@Index('stock_movements_product_id', ['productId'])
export class StockMovement {
  @LargeRowId()
  id!: number;

  @Column('varchar', { length: 24 })
  productId!: string;

  @Column('varchar', { length: 32, nullable: true })
  orderNo!: string | null;

  @Column('varchar', { length: 16 })
  kind!: StockMovementKind;

  /** The refund that returned the units. Empty for other kinds, and for old returns from before refunds listed their items. */
  @Column('varchar', { length: 64, default: '' })
  refundNo!: string;

  /** The signed number of units added to `products.stock`. */
  @Column('integer')
  pieces!: number;

  @Column('datetime', { precision: 3 })
  createdAt!: Date;
}
