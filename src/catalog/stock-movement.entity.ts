import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/**
 * `RECEIVED` with the product · `ADJUSTED` by staff, up or down · `RESERVED` by an order · `RELEASED` by its close ·
 * `REVIVED` taken again by a payment after the close · `RETURNED` after a refund.
 */
export type StockMovementKind = 'RECEIVED' | 'ADJUSTED' | 'RESERVED' | 'RELEASED' | 'REVIVED' | 'RETURNED';

/** Append-only: the sum of a product's changes is its stock. An order reserves and releases a product once, by a unique key. */
@Entity('stock_movements')
@Index('stock_movements_once', ['orderNo', 'productId', 'kind'], { unique: true })
@Index('stock_movements_product_id', ['productId'])
export class StockMovement {
  @PrimaryGeneratedColumn('increment', { type: 'integer' })
  id!: number;

  @Column('varchar', { length: 24 })
  productId!: string;

  @Column('varchar', { length: 32, nullable: true })
  orderNo!: string | null;

  @Column('varchar', { length: 16 })
  kind!: StockMovementKind;

  /** Pieces, signed: what was added to `products.stock`. */
  @Column('integer')
  pieces!: number;

  @Column('datetime', { precision: 3 })
  createdAt!: Date;
}
