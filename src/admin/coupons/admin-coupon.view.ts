import { ApiProperty } from '@nestjs/swagger';
import { ApiTime } from '../../common/time/api-time.js';
import type { GrantCouponResult } from '../../coupon/coupon.service.js';
import type { Coupon } from '../../coupon/coupon.entity.js';
import { CouponTermsView, couponTermsView, UserCouponView, userCouponView } from '../../coupon/coupon.view.js';

/** How many coupons of one type were granted to users, and how many of those are used. */
export interface CouponCounts {
  granted: number;
  used: number;
}

/** A coupon in the admin API. */
export class AdminCouponView extends CouponTermsView {
  @ApiTime()
  createdAt!: Date;

  @ApiProperty({ description: 'Number of coupons granted to users.' })
  grantedCount!: number;

  @ApiProperty({ description: 'Number of granted coupons that a paid order uses.' })
  usedCount!: number;
}

export function adminCouponView(coupon: Coupon, { granted, used }: CouponCounts): AdminCouponView {
  const { createdAt } = coupon;
  return { ...couponTermsView(coupon), createdAt, grantedCount: granted, usedCount: used };
}

/** A user coupon. `id` is its own id, which is the `couponId` of an order; `couponId` is the coupon that was granted. */
export class GrantedCouponView extends UserCouponView {
  @ApiProperty({ description: 'The coupon that was granted.' })
  couponId!: string;

  @ApiProperty()
  userId!: string;

  @ApiTime()
  grantedAt!: Date;
}

export function grantedCouponView({ coupon, terms }: GrantCouponResult, now: Date): GrantedCouponView {
  const { couponId, userId, grantedAt } = coupon;
  return { ...userCouponView({ ...coupon, terms, order: null }, now), couponId, userId, grantedAt };
}
