import { ApiProperty } from '@nestjs/swagger';
import type { Coupon } from '../coupon/coupon.entity.js';
import { COUPON_STATUSES, type CouponStatus, CouponTermsView, couponTermsView } from '../coupon/coupon.view.js';
import type { UserCoupon } from '../coupon/user-coupon.entity.js';
import type { Order } from './order.entity.js';

/** A user's coupon with what its state follows from. */
export interface UserCouponWithOrder extends UserCoupon {
  terms: Coupon;
  /** The order that holds it. */
  holder: Order | null;
}

/** A coupon as its user sees it. */
export class UserCouponView extends CouponTermsView {
  @ApiProperty({
    enum: COUPON_STATUSES,
    description: '`RESERVED` by an order that is not paid yet, `USED` by one that is, `EXPIRED` without being used.',
  })
  status!: CouponStatus;
}

export function userCouponView(coupon: UserCouponWithOrder, now: Date): UserCouponView {
  return { ...couponTermsView(coupon.terms), id: coupon.userCouponId, status: couponStatusOf(coupon, now) };
}

/** A coupon that an order holds stays with it, however late it is. */
function couponStatusOf({ terms, holder }: Pick<UserCouponWithOrder, 'terms' | 'holder'>, now: Date): CouponStatus {
  if (holder) return holder.status === 'PAID' ? 'USED' : 'RESERVED';
  return terms.expiresAt.getTime() > now.getTime() ? 'AVAILABLE' : 'EXPIRED';
}
