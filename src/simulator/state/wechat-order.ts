import { Fields } from '../wire/fields.js';
import { SignType } from '../wire/signer.js';

export const TRADE_STATES = ['NOTPAY', 'USERPAYING', 'PAYERROR', 'SUCCESS', 'REFUND', 'CLOSED'] as const;
export type TradeState = (typeof TRADE_STATES)[number];

/** `NO_CASH` coupons (recharge-free) are not settled to the merchant, `CASH` ones are. */
export const COUPON_TYPES = ['CASH', 'NO_CASH'] as const;
export type CouponType = (typeof COUPON_TYPES)[number];

export interface UsedCoupon {
  readonly id: string;
  readonly type: CouponType;
  readonly feeFen: number;
}

/** Money that came in. It never changes. */
export interface Transaction {
  readonly transactionId: string;
  readonly openid: string;
  readonly bankType: string;
  readonly totalFen: number;
  readonly cashFen: number;
  readonly coupons: readonly UsedCoupon[];
  readonly paidAt: Date;
  /** From when orderquery tells of it; later than `paidAt` when WeChat is slow. */
  readonly visibleAt: Date;
}

/** What the merchant receives of it. */
export function settlementFen({ totalFen, coupons }: Transaction): number {
  return totalFen - unsettledFen(coupons);
}

/** The part of recharge-free coupons. */
export function unsettledFen(coupons: readonly UsedCoupon[]): number {
  return coupons.filter(({ type }) => type === 'NO_CASH').reduce((sum, { feeFen }) => sum + feeFen, 0);
}

export interface Prepay {
  readonly prepayId: string;
  readonly codeUrl?: string;
  readonly mwebUrl?: string;
  readonly madeAt: Date;
  /** Two hours after it was made. */
  readonly expiresAt: Date;
}

/** An order as WeChat keeps it. */
export interface WechatOrder {
  readonly outTradeNo: string;
  /** All that was sent at the first submission, without `sign`. */
  readonly parameters: Fields;
  readonly signType: SignType;
  readonly tradeType: string;
  readonly totalFen: number;
  readonly notifyUrl: string;
  readonly createdAt: Date;
  /** The newest last; older ones stay usable until they expire. */
  readonly prepays: Prepay[];
  /** The sheet cannot be paid from here on; the order stays NOTPAY. Undefined for none or for a value that was past when sent. */
  sheetClosesAt: Date | undefined;
  state: TradeState;
  closedAt?: Date;
  transaction?: Transaction;
}

/** What orderquery says: a payment may already have happened and not be visible yet. */
export function visibleState(order: WechatOrder, now: Date): TradeState {
  if (order.state === 'SUCCESS' && order.transaction !== undefined && order.transaction.visibleAt > now)
    return 'NOTPAY';
  return order.state;
}
