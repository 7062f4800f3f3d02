import { Column, Entity, Index } from 'typeorm';
import { LargeRowId } from '../database/large-row-id.js';

/**
 * `RECEIVED` with the product · `ADJUSTED` by staff, up or down · `RESERVED` by an order · `RELEASED` by its close ·
 * `REVIVED` taken again by a payment after the close · `RETURNED` after a refund.
 */
export type StockMovementKind = 'RECEIVED' | 'ADJUSTED' | 'RESERVED' | 'RELEASED' | 'REVIVED' | 'RETURNED';

/**
 * Append-only: the sum of a product's changes is its stock. An order reserves and releases a product once, and each of its
 * refunds returns a product once, by a unique key.
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

  /** The refund that returned the pieces; empty for every other kind, and for returns before refunds named their pieces. */
  @Column('varchar', { length: 64, default: '' })
  refundNo!: string;

  /** Pieces, signed: what was added to `products.stock`. */
  @Column('integer')
  pieces!: number;

  @Column('datetime', { precision: 3 })
  createdAt!: Date;
}
