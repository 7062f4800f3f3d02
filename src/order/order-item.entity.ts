import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { LargeRowId } from '../database/large-row-id.js';
import { Order } from './order.entity.js';

/** One line of an order, with the product's name and price at the time of the order. */
@Entity('order_items')
export class OrderItem {
  @LargeRowId()
  id!: number;

  @Index('order_items_order_id')
  @Column('integer')
  orderId!: number;

  @ManyToOne(() => Order, (order) => order.items, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'order_id' })
  order!: Relation<Order>;

  @Column('varchar', { length: 24 })
  productId!: string;

  @Column('varchar', { length: 100 })
  name!: string;

  @Column('integer')
  unitFen!: number;

  @Column('integer')
  quantity!: number;

  /** The line's share of the order's discount, for all of its pieces. */
  @Column('integer', { default: 0 })
  discountFen!: number;

  /**
   * Pieces that refunds have returned to stock, or have reserved and return when they succeed. Compare-and-set keeps it at
   * most `quantity`.
   */
  @Column('integer', { default: 0 })
  returnHeld!: number;
}
