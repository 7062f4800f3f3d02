import { type EntityManager, IsNull } from 'typeorm';
import { Coupon } from './coupon.entity.js';
import { UserCoupon } from './user-coupon.entity.js';

/** The coupon to reserve for a new order. */
export interface ReserveCouponInput {
  /** Its `id` in the buyer's API. */
  userCouponId: string;
  userId: string;
  orderNo: string;
  /** Sum of the order's items in fen, before the discount. */
  totalFen: number;
  at: Date;
}

/** `UNKNOWN`: the user has no such coupon. A coupon of another user is reported the same way. */
export type ReserveCouponResult =
  | { kind: 'RESERVED'; discountFen: number }
  | { kind: 'UNKNOWN' | 'EXPIRED' | 'NOTHING_TO_DISCOUNT' }
  | { kind: 'ALREADY_RESERVED'; byOrderNo: string | null }
  | { kind: 'BELOW_MINIMUM'; minSpendFen: number };

/**
 * The discount in fen. WeChat does not accept payments of 0 fen, so at least one fen is left to pay, also when the coupon
 * is worth more than the order.
 */
export function discountOf({ discountFen }: Pick<Coupon, 'discountFen'>, totalFen: number): number {
  return Math.min(discountFen, totalFen - 1);
}

/**
 * Reserves the coupon for a new order by compare-and-set: of two concurrent orders, only one gets it. The current terms
 * apply. Any result other than `RESERVED` has changed nothing.
 */
export async function reserveCoupon(tx: EntityManager, input: ReserveCouponInput): Promise<ReserveCouponResult> {
  const { userCouponId, userId, orderNo, totalFen, at } = input;
  const owned = await tx.findOneBy(UserCoupon, { userCouponId, userId });
  const terms = owned && (await tx.findOneBy(Coupon, { couponId: owned.couponId }));
  if (!terms) return { kind: 'UNKNOWN' };
  if (owned.orderNo !== null) return { kind: 'ALREADY_RESERVED', byOrderNo: owned.orderNo };
  if (terms.expiresAt.getTime() <= at.getTime()) return { kind: 'EXPIRED' };
  if (totalFen < terms.minSpendFen) return { kind: 'BELOW_MINIMUM', minSpendFen: terms.minSpendFen };
  const discountFen = discountOf(terms, totalFen);
  if (discountFen < 1) return { kind: 'NOTHING_TO_DISCOUNT' };
  const isReserved = await reserveCouponAgain(tx, userCouponId, orderNo);
  return isReserved ? { kind: 'RESERVED', discountFen } : { kind: 'ALREADY_RESERVED', byOrderNo: null };
}

/**
 * Reserves the coupon for an order that used it before, without checking its current terms, because the order keeps its
 * discount. False when another order holds the coupon; nothing has changed then.
 */
export async function reserveCouponAgain(tx: EntityManager, userCouponId: string, orderNo: string): Promise<boolean> {
  const { affected } = await tx.update(UserCoupon, { userCouponId, orderNo: IsNull() }, { orderNo });
  return affected === 1;
}

/** Releases the coupon. False when the order no longer holds it. */
export async function releaseCoupon(tx: EntityManager, userCouponId: string, orderNo: string): Promise<boolean> {
  const { affected } = await tx.update(UserCoupon, { userCouponId, orderNo }, { orderNo: null });
  return affected === 1;
}

/** Releases the coupon unless it has expired. An expired coupon stays with the order that used it. */
export async function releaseCouponIfValid(
  tx: EntityManager,
  userCouponId: string,
  orderNo: string,
  at: Date,
): Promise<boolean> {
  const ownCoupon = await tx.findOneBy(UserCoupon, { userCouponId, orderNo });
  const terms = ownCoupon && (await tx.findOneBy(Coupon, { couponId: ownCoupon.couponId }));
  if (!terms || terms.expiresAt.getTime() <= at.getTime()) return false;
  return releaseCoupon(tx, userCouponId, orderNo);
}
