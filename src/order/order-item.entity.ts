import { Column, Entity, Index, JoinColumn, ManyToOne } from 'typeorm';
import { LargeRowId } from '../database/bigint-columns.js';

/** One line of an order, with the product's name and price at the time of the order. */
@Entity('order_items')
export class OrderItem {
  @LargeRowId()
  id!: number;

  @Index('order_items_order_id')
  @Column('integer')
  orderId!: number;

  /** The other side of `Order.items`, by name because `Order` imports this class. Never loaded. */
  @ManyToOne('Order', 'items', { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'order_id' })
  order?: object;

  /** Null for a line of a payment order. */
  @Column('varchar', { length: 24, nullable: true })
  productId!: string | null;

  @Column('varchar', { length: 100 })
  name!: string;

  @Column('integer')
  unitFen!: number;

  @Column('integer')
  quantity!: number;

  /** The item's share of the order's discount, for all of its units. */
  @Column('integer', { default: 0 })
  discountFen!: number;

  /**
   * Units that refunds have returned to stock, or have reserved and return when they succeed. Compare-and-set keeps it
   * at most `quantity`.
   */
  @Column('integer', { default: 0 })
  returnHeld!: number;
}
