import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A product of the shop. */
@Entity('products')
export class Product {
  /** Sort key of the list; not public. */
  @PrimaryGeneratedColumn('increment', { type: 'integer' })
  id!: number;

  /** The public `id`. */
  @Index('products_product_id', { unique: true })
  @Column('varchar', { length: 24 })
  productId!: string;

  @Column('varchar', { length: 100 })
  name!: string;

  @Column('varchar', { length: 2000, default: '' })
  description!: string;

  @Column('integer')
  priceFen!: number;

  /** Units that can still be ordered, without reserved units. Compare-and-set keeps it at 0 or above. */
  @Column('integer')
  stock!: number;

  /**
   * If false, buyers do not see the product and cannot order it. Existing orders can still be paid, closed and
   * refunded.
   */
  @Column('boolean', { default: true })
  onSale!: boolean;

  @Column('varchar', { length: 500, nullable: true })
  imageUrl!: string | null;

  @Column('datetime', { precision: 3 })
  createdAt!: Date;
}
