import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';

/**
 * Units of one product that return to stock with a refund: reserved when it is decided, returned when it succeeds. Rows
 * of a failed refund stay, but reserve nothing. If it succeeds after all, its units are reserved again as far as they are
 * available: its rows are reduced or deleted.
 */
@Entity('refund_items')
@Index('refund_items_once', ['refundId', 'productId'], { unique: true })
export class RefundItem {
  @PrimaryGeneratedColumn('increment', { type: 'integer' })
  id!: number;

  @Column('integer')
  refundId!: number;

  /** The other side of `Refund.returnItems`, by name: otherwise the two entities would import each other. */
  @ManyToOne('Refund', 'returnItems', { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'refund_id' })
  refund?: object;

  @Column('varchar', { length: 24 })
  productId!: string;

  @Column('integer')
  quantity!: number;
}
