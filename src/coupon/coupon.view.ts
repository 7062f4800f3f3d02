import { ApiProperty } from '@nestjs/swagger';
import { ApiTime } from '../common/time/api-time.js';
import type { Coupon } from './coupon.entity.js';
import type { UserCoupon } from './user-coupon.entity.js';
import type { OrderOfCoupon } from './order-coupon.js';

export const COUPON_STATUSES = ['AVAILABLE', 'RESERVED', 'USED', 'EXPIRED'] as const;
/** `RESERVED`: its order is not paid yet · `USED`: its order is paid · `EXPIRED`: it was not used in time. */
export type CouponStatus = (typeof COUPON_STATUSES)[number];

/** Fields of all views of a coupon. Amounts in fen, times in UTC. */
export class CouponTermsView {
  @ApiProperty()
  id!: string;

  @ApiProperty({ example: '满 20 减 5' })
  name!: string;

  @ApiProperty({ description: 'Discount in fen. At least one fen of an order is left to pay.' })
  discountFen!: number;

  @ApiProperty({ description: "Minimum sum of the order's items in fen, before the discount. 0: no minimum." })
  minSpendFen!: number;

  @ApiTime('From this time on, no order can be placed with it.')
  expiresAt!: Date;
}

export function couponTermsView({ couponId, name, discountFen, minSpendFen, expiresAt }: Coupon): CouponTermsView {
  return { id: couponId, name, discountFen, minSpendFen, expiresAt };
}

/** A user's coupon with the terms and the order that determine its state. */
export interface UserCouponWithOrder extends UserCoupon {
  terms: Coupon;
  /** The order that the coupon is reserved or used for. */
  order: OrderOfCoupon | null;
}

/** A coupon in the buyer's API. */
export class UserCouponView extends CouponTermsView {
  @ApiProperty({
    enum: COUPON_STATUSES,
    description:
      '`RESERVED`: its order is not paid yet. `USED`: its order is paid. `EXPIRED`: it was not used in time.',
  })
  status!: CouponStatus;
}

export function userCouponView(coupon: UserCouponWithOrder, now: Date): UserCouponView {
  return { ...couponTermsView(coupon.terms), id: coupon.userCouponId, status: couponStatusOf(coupon, now) };
}

/** A reserved coupon does not expire. */
function couponStatusOf({ terms, order }: Pick<UserCouponWithOrder, 'terms' | 'order'>, now: Date): CouponStatus {
  if (order) return order.status === 'PAID' ? 'USED' : 'RESERVED';
  return terms.expiresAt.getTime() > now.getTime() ? 'AVAILABLE' : 'EXPIRED';
}
