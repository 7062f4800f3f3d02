import { ApiProperty } from '@nestjs/swagger';
import type { GrantCouponResult } from '../coupon/coupon.service.js';
import type { Coupon } from '../coupon/coupon.entity.js';
import { CouponTermsView, couponTermsView } from '../coupon/coupon.view.js';
import { UserCouponView, userCouponView } from '../order/coupon.view.js';

/** How many coupons of one type were granted to users, and how many of those are used. */
export interface CouponCounts {
  granted: number;
  used: number;
}

/** A coupon type in the admin API. */
export class AdminCouponView extends CouponTermsView {
  @ApiProperty({ type: String, format: 'date-time' })
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

/** A coupon granted to a user. `id` identifies the user's coupon; it is the `couponId` of an order. */
export class GrantedCouponView extends UserCouponView {
  @ApiProperty({ description: 'The coupon type.' })
  couponId!: string;

  @ApiProperty()
  userId!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  grantedAt!: Date;
}

export function grantedCouponView({ coupon, terms }: GrantCouponResult, now: Date): GrantedCouponView {
  const { couponId, userId, grantedAt } = coupon;
  return { ...userCouponView({ ...coupon, terms, holder: null }, now), couponId, userId, grantedAt };
}
