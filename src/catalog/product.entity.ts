import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** Something the shop sells. */
@Entity('products')
export class Product {
  /** The order of the list; never shown. */
  @PrimaryGeneratedColumn('increment', { type: 'integer' })
  id!: number;

  /** The `id` that the outside knows. */
  @Index('products_product_id', { unique: true })
  @Column('varchar', { length: 24 })
  productId!: string;

  @Column('varchar', { length: 100 })
  name!: string;

  @Column('varchar', { length: 2000, default: '' })
  description!: string;

  @Column('integer')
  priceFen!: number;

  /** What can still be ordered: reserved pieces are gone from it. Never below 0, by compare-and-set. */
  @Column('integer')
  stock!: number;

  /** False: not shown to buyers, and not to be ordered. Orders that exist are paid, closed and refunded as ever. */
  @Column('boolean', { default: true })
  onSale!: boolean;

  @Column('varchar', { length: 500, nullable: true })
  imageUrl!: string | null;

  @Column('datetime', { precision: 3 })
  createdAt!: Date;
}
