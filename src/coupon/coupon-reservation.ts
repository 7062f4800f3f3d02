import { type EntityManager, IsNull } from 'typeorm';
import { Coupon } from './coupon.entity.js';
import { UserCoupon } from './user-coupon.entity.js';

/** Which coupon an order wants to be placed with. */
export interface ReserveCouponInput {
  /** The id under which the user knows it. */
  userCouponId: string;
  userId: string;
  orderNo: string;
  /** What the lines come to, in fen. */
  totalFen: number;
  at: Date;
}

/** What came of the wish. `UNKNOWN`: there is none, or it is somebody else's, which nobody is told. */
export type ReserveCouponResult =
  | { kind: 'HELD'; discountFen: number }
  | { kind: 'UNKNOWN' | 'EXPIRED' | 'NOTHING_TO_TAKE_OFF' }
  | { kind: 'TAKEN'; byOrderNo: string | null }
  | { kind: 'BELOW_MINIMUM'; minSpendFen: number };

/**
 * What a coupon takes off. WeChat knows no payment of nothing, so the last fen is always left to pay: a coupon that is
 * worth more than the order takes all but that one.
 */
export function discountOf({ discountFen }: Pick<Coupon, 'discountFen'>, totalFen: number): number {
  return Math.min(discountFen, totalFen - 1);
}

/**
 * Takes the coupon for an order that is being placed, by compare-and-set: of two orders at once one has it. Its terms are
 * those of this moment. Anything but `HELD` has changed nothing.
 */
export async function reserveCoupon(tx: EntityManager, wish: ReserveCouponInput): Promise<ReserveCouponResult> {
  const { userCouponId, userId, orderNo, totalFen, at } = wish;
  const mine = await tx.findOneBy(UserCoupon, { userCouponId, userId });
  const terms = mine && (await tx.findOneBy(Coupon, { couponId: mine.couponId }));
  if (!terms) return { kind: 'UNKNOWN' };
  if (mine.orderNo !== null) return { kind: 'TAKEN', byOrderNo: mine.orderNo };
  if (terms.expiresAt.getTime() <= at.getTime()) return { kind: 'EXPIRED' };
  if (totalFen < terms.minSpendFen) return { kind: 'BELOW_MINIMUM', minSpendFen: terms.minSpendFen };
  const discountFen = discountOf(terms, totalFen);
  if (discountFen < 1) return { kind: 'NOTHING_TO_TAKE_OFF' };
  const isMine = await reserveCouponAgain(tx, userCouponId, orderNo);
  return isMine ? { kind: 'HELD', discountFen } : { kind: 'TAKEN', byOrderNo: null };
}

/**
 * Takes the coupon for an order that had it before, whatever its terms are by now: the discount was promised. False when
 * another order has it; nothing has changed then.
 */
export async function reserveCouponAgain(tx: EntityManager, userCouponId: string, orderNo: string): Promise<boolean> {
  const { affected } = await tx.update(UserCoupon, { userCouponId, orderNo: IsNull() }, { orderNo });
  return affected === 1;
}

/** Lets go of the coupon; false for whoever was not the first, or has lost it to another order long since. */
export async function releaseCoupon(tx: EntityManager, userCouponId: string, orderNo: string): Promise<boolean> {
  const { affected } = await tx.update(UserCoupon, { userCouponId, orderNo }, { orderNo: null });
  return affected === 1;
}

/** The same for a coupon that can still be used; one that has expired stays with the order that used it. */
export async function releaseCouponIfValid(
  tx: EntityManager,
  userCouponId: string,
  orderNo: string,
  at: Date,
): Promise<boolean> {
  const held = await tx.findOneBy(UserCoupon, { userCouponId, orderNo });
  const terms = held && (await tx.findOneBy(Coupon, { couponId: held.couponId }));
  if (!terms || terms.expiresAt.getTime() <= at.getTime()) return false;
  return releaseCoupon(tx, userCouponId, orderNo);
}
