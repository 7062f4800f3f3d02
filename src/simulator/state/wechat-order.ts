import { Charset } from '../wire/charset.js';
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
  /** Of a payment by the app protocol of 2014; it has these numbers beside the transaction's. */
  readonly v1?: V1Receipt;
}

export interface V1Receipt {
  readonly bankBillNo: string;
  /** The same in each repeat of the notice. 128 characters. */
  readonly notifyId: string;
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
  readonly createdAt: Date;
  /** Two hours after it was made. */
  readonly expiresAt: Date;
}

/** Minutes for which an mweb_url is good, in milliseconds. Its prepay_id lives on. */
const MWEB_URL_TTL_MS = 5 * 60_000;

/** Whether a browser may still follow its mweb_url; true for a prepay that has none. */
export function isMwebUrlValid({ mwebUrl, createdAt: madeAt }: Prepay, now: Date): boolean {
  return mwebUrl === undefined || now.getTime() < madeAt.getTime() + MWEB_URL_TTL_MS;
}

interface V1OrderDetails {
  /** `input_charset` of the package: the notice is written in it too. */
  readonly charset: Charset;
}

/** An order as WeChat keeps it. */
export interface WechatOrder {
  readonly outTradeNo: string;
  /** Under which it was placed: its notices, its openid and the arguments of the phone have this one. */
  readonly appid: string;
  /** What an order by the app protocol of 2014 has of its own; undefined for one of v2. */
  readonly v1?: V1OrderDetails;
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
  /** What the merchant said of the goods, by delivernotify of the app protocol of 2014. */
  delivery?: { readonly isDelivered: boolean; readonly message: string };
  transaction?: Transaction;
}

/** What orderquery says: a payment may already have happened and not be visible yet. */
export function visibleState(order: WechatOrder, now: Date): TradeState {
  if (order.state === 'SUCCESS' && order.transaction !== undefined && order.transaction.visibleAt > now)
    return 'NOTPAY';
  return order.state;
}
