import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/**
 * Terms of a coupon: takes a fixed amount off orders above a minimum, until it expires. Amounts in fen, times in UTC.
 */
@Entity('coupons')
export class Coupon {
  /** Sort order of lists. Not part of the API. */
  @PrimaryGeneratedColumn('increment', { type: 'integer' })
  id!: number;

  /** The `id` in the admin API. */
  @Index('coupons_coupon_id', { unique: true })
  @Column('varchar', { length: 24 })
  couponId!: string;

  @Column('varchar', { length: 100 })
  name!: string;

  @Column('integer')
  discountFen!: number;

  /** Minimum sum of an order's items, before the discount. */
  @Column('integer')
  minSpendFen!: number;

  /** From this time on, no order can be placed with it. Earlier orders keep their discount. */
  @Column('datetime', { precision: 3 })
  expiresAt!: Date;

  @Column('datetime', { precision: 3 })
  createdAt!: Date;
}
