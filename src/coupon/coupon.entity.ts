import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A kind of coupon that staff have made: so much off, from so much on, until then. Fen, and an instant in UTC. */
@Entity('coupons')
export class Coupon {
  /** The order of the list; never shown. */
  @PrimaryGeneratedColumn('increment', { type: 'integer' })
  id!: number;

  /** The `id` that staff know. */
  @Index('coupons_coupon_id', { unique: true })
  @Column('varchar', { length: 24 })
  couponId!: string;

  @Column('varchar', { length: 100 })
  name!: string;

  @Column('integer')
  discountFen!: number;

  /** What an order's lines must come to, before the discount. */
  @Column('integer')
  minSpendFen!: number;

  /** From this moment on no order can be placed with it. One that was placed before keeps its discount. */
  @Column('datetime', { precision: 3 })
  expiresAt!: Date;

  @Column('datetime', { precision: 3 })
  createdAt!: Date;
}
