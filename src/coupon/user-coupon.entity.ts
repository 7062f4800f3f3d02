import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/**
 * One coupon in the hands of one user. Its state is not written down: no order, and it is free or has expired; a pending
 * order, and it is reserved; a paid one, and it is used. So whatever moves the order moves the coupon, in the same instant.
 */
@Entity('user_coupons')
@Index('user_coupons_user_id', ['userId', 'id'])
@Index('user_coupons_coupon_id', ['couponId', 'orderNo'])
export class UserCoupon {
  @PrimaryGeneratedColumn('increment', { type: 'integer' })
  id!: number;

  /** The `id` in `GET /api/coupons`, and the `couponId` of an order. */
  @Index('user_coupons_user_coupon_id', { unique: true })
  @Column('varchar', { length: 24 })
  userCouponId!: string;

  /** Which kind it is. */
  @Column('varchar', { length: 24 })
  couponId!: string;

  @Column('varchar', { length: 24 })
  userId!: string;

  /** The order that holds it. Unique, so that no order ever holds two. */
  @Index('user_coupons_order_no', { unique: true })
  @Column('varchar', { length: 32, nullable: true })
  orderNo!: string | null;

  @Column('datetime', { precision: 3 })
  grantedAt!: Date;
}
