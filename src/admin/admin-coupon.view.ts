import { ApiProperty } from '@nestjs/swagger';
import type { GrantCouponResult } from '../coupon/coupon.service.js';
import type { Coupon } from '../coupon/coupon.entity.js';
import { CouponTermsView, couponTermsView } from '../coupon/coupon.view.js';
import { UserCouponView, userCouponView } from '../order/coupon.view.js';

/** How many of a kind are in the hands of users, and how many of those have been used. */
export interface CouponCounts {
  granted: number;
  used: number;
}

/** A kind of coupon as staff see it. */
export class AdminCouponView extends CouponTermsView {
  @ApiProperty({ type: String, format: 'date-time' })
  createdAt!: Date;

  @ApiProperty({ description: 'How many were handed out.' })
  grantedCount!: number;

  @ApiProperty({ description: 'How many of them are used: held by a paid order.' })
  usedCount!: number;
}

export function adminCouponView(coupon: Coupon, { granted, used }: CouponCounts): AdminCouponView {
  const { createdAt } = coupon;
  return { ...couponTermsView(coupon), createdAt, grantedCount: granted, usedCount: used };
}

/** A coupon that was handed out. `id` is the user's: the `couponId` of an order. */
export class GrantedCouponView extends UserCouponView {
  @ApiProperty({ description: 'The kind that it is of.' })
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
