import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/**
 * One coupon of one user. It has no state of its own; it follows its order: no order = available or expired, pending =
 * reserved, paid = used. Every change of the order changes the coupon at the same time.
 */
@Entity('user_coupons')
@Index('user_coupons_user_id', ['userId', 'id'])
@Index('user_coupons_coupon_id', ['couponId', 'orderNo'])
export class UserCoupon {
  @PrimaryGeneratedColumn('increment', { type: 'integer' })
  id!: number;

  /** The `id` in `GET /api/coupons`. An order's API field `couponId` and its column `coupon_id` have this value. */
  @Index('user_coupons_user_coupon_id', { unique: true })
  @Column('varchar', { length: 24 })
  userCouponId!: string;

  /** Id of its terms. */
  @Column('varchar', { length: 24 })
  couponId!: string;

  @Column('varchar', { length: 24 })
  userId!: string;

  /** The order that has reserved or used it. Unique, so that an order has at most one coupon. */
  @Index('user_coupons_order_no', { unique: true })
  @Column('varchar', { length: 32, nullable: true })
  orderNo!: string | null;

  @Column('datetime', { precision: 3 })
  grantedAt!: Date;
}
