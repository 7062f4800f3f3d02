import type { EntityManager } from 'typeorm';
import { DomainError, type DomainErrorContext } from '../common/problem/domain-error.js';
import { formatYuan } from '../common/fen.js';
import {
  type ReserveCouponResult,
  type ReserveCouponInput,
  reserveCoupon,
  reserveCouponAgain,
  releaseCoupon,
  releaseCouponIfValid,
} from './coupon-reservation.js';
import { findRow } from '../database/rows.js';

/** The fields of an order that its coupon depends on. */
type OrderWithCoupon = Pick<OrderOfCoupon, 'orderNo' | 'userCouponId'>;

/**
 * Reserves a coupon for an order in the transaction that places it.
 * @returns the discount in fen.
 * @throws DomainError COUPON_NOT_USABLE with the reason. In that case the transaction must not commit.
 */
export async function reserveOrderCoupon(tx: EntityManager, input: ReserveCouponInput): Promise<number> {
  const result = await reserveCoupon(tx, input);
  if (result.kind === 'RESERVED') return result.discountFen;
  throw new DomainError('COUPON_NOT_USABLE', await couponRefusalDetails(tx, result));
}

/**
 * Reserves the coupon again for a closed order that is delivered after a late payment. False when another order has it.
 */
export async function reserveOrderCouponAgain(
  tx: EntityManager,
  { orderNo, userCouponId }: OrderWithCoupon,
): Promise<boolean> {
  return userCouponId === null || reserveCouponAgain(tx, userCouponId, orderNo);
}

/** Releases the coupon of an order that is being closed. True when there was one. */
export async function releaseOrderCoupon(
  tx: EntityManager,
  { orderNo, userCouponId }: OrderWithCoupon,
): Promise<boolean> {
  return userCouponId !== null && releaseCoupon(tx, userCouponId, orderNo);
}

/**
 * Releases the coupon of a paid order when the order is fully refunded and the coupon has not expired. It happens once,
 * whichever refund is the last. Call it in the same transaction, after the refund was added to the order's totals.
 */
export async function releaseOrderCouponIfRefunded(tx: EntityManager, orderNo: string, at: Date): Promise<boolean> {
  const order = await findOrderOfCoupon(tx, orderNo);
  if (order?.status !== 'PAID' || order.userCouponId === null || order.refundedFen < order.paidFen) return false;
  return releaseCouponIfValid(tx, order.userCouponId, orderNo, at);
}

type CouponRefusal = Exclude<ReserveCouponResult, { kind: 'RESERVED' }>;

/** The details never reveal another user's coupon: it is reported as unknown. */
async function couponRefusalDetails(tx: EntityManager, refusal: CouponRefusal): Promise<DomainErrorContext> {
  switch (refusal.kind) {
    case 'UNKNOWN':
      return { detail: ['You have no such coupon.', '您没有这张优惠券。'] };
    case 'EXPIRED':
      return { detail: ['This coupon has expired.', '该优惠券已过期。'] };
    case 'BELOW_MINIMUM':
      return {
        detail: [
          `This coupon needs an order of at least ${formatYuan(refusal.minSpendFen)}.`,
          `订单满 ${formatYuan(refusal.minSpendFen)} 才能使用该优惠券。`,
        ],
      };
    case 'NOTHING_TO_DISCOUNT':
      return {
        detail: [
          'An order must cost at least ¥0.01, so this coupon cannot reduce it.',
          '订单至少需支付 ¥0.01，没有可抵扣的金额。',
        ],
      };
    case 'ALREADY_RESERVED': {
      const orderNo = refusal.byOrderNo;
      const order = orderNo === null ? null : await findOrderOfCoupon(tx, orderNo);
      if (order?.status === 'PAID') {
        return {
          detail: [`This coupon was used for order ${orderNo ?? ''}.`, `该优惠券已用于订单 ${orderNo ?? ''}。`],
        };
      }
      const [en, zh] = orderNo === null ? ['another order', '其他订单'] : [`order ${orderNo}`, `订单 ${orderNo}`];
      return {
        detail: [
          `This coupon is reserved by ${en}. Pay that order, or cancel it to use the coupon again.`,
          `该优惠券已被${zh}占用：请支付该订单，或取消后再使用。`,
        ],
      };
    }
  }
}

/**
 * The columns of an order that decide about its coupon. The order module is above this one, so its rows are read by the name
 * of their table.
 */
export interface OrderOfCoupon {
  orderNo: string;
  userCouponId: string | null;
  status: string;
  paidFen: number;
  refundedFen: number;
}

export const ORDERS_TABLE = 'orders';

/** The order of a user's coupon by its number; null if there is none. */
function findOrderOfCoupon(tx: EntityManager, orderNo: string): Promise<OrderOfCoupon | null> {
  return findRow<OrderOfCoupon, keyof OrderOfCoupon>(
    tx,
    ORDERS_TABLE,
    ['orderNo', 'userCouponId', 'status', 'paidFen', 'refundedFen'],
    { orderNo },
  );
}
