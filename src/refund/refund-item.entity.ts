import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { Refund } from './refund.entity.js';

/**
 * Pieces of one product that return to stock with a refund: reserved when it is decided, returned when it succeeds. Rows of
 * a failed refund are kept as a record only.
 */
@Entity('refund_items')
@Index('refund_items_once', ['refundId', 'productId'], { unique: true })
export class RefundItem {
  @PrimaryGeneratedColumn('increment', { type: 'integer' })
  id!: number;

  @Column('integer')
  refundId!: number;

  @ManyToOne(() => Refund, (refund) => refund.returnItems, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'refund_id' })
  refund!: Relation<Refund>;

  @Column('varchar', { length: 24 })
  productId!: string;

  @Column('integer')
  quantity!: number;
}
