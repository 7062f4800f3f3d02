import { ApiProperty } from '@nestjs/swagger';
import type { Coupon } from '../coupon/coupon.entity.js';
import { COUPON_STATUSES, type CouponStatus, CouponTermsView, couponTermsView } from '../coupon/coupon.view.js';
import type { UserCoupon } from '../coupon/user-coupon.entity.js';
import type { Order } from './order.entity.js';

/** A user's coupon with the terms and the order that determine its state. */
export interface UserCouponWithOrder extends UserCoupon {
  terms: Coupon;
  /** The order that the coupon is reserved or used for. */
  holder: Order | null;
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
function couponStatusOf({ terms, holder }: Pick<UserCouponWithOrder, 'terms' | 'holder'>, now: Date): CouponStatus {
  if (holder) return holder.status === 'PAID' ? 'USED' : 'RESERVED';
  return terms.expiresAt.getTime() > now.getTime() ? 'AVAILABLE' : 'EXPIRED';
}
