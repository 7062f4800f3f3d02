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

/** A payment. It never changes. */
export interface Transaction {
  readonly transactionId: string;
  readonly openid: string;
  readonly bankType: string;
  readonly totalFen: number;
  readonly cashFen: number;
  readonly coupons: readonly UsedCoupon[];
  /** The fee of the merchant, taken from the settled amount. */
  readonly feeFen: number;
  /** The fee rate at the time of the payment in hundredths of a percent; its refunds have the same. */
  readonly feeBasisPoints: number;
  readonly paidAt: Date;
  /** From this time on orderquery reports it; later than `paidAt` when WeChat is slow. */
  readonly visibleAt: Date;
  /** Further numbers of a v1 payment. */
  readonly v1?: V1Receipt;
}

export interface V1Receipt {
  readonly bankBillNo: string;
  /** The same in each repeat of the notice. 128 characters. */
  readonly notifyId: string;
}

/** The amount that the merchant receives. */
export function settlementFen({ totalFen, coupons }: Transaction): number {
  return totalFen - unsettledFen(coupons);
}

/** The part of recharge-free coupons, which the merchant does not receive. */
export function unsettledFen(coupons: readonly UsedCoupon[]): number {
  return couponFen(coupons, 'NO_CASH');
}

/** The part of the coupons of one type. */
export function couponFen(coupons: readonly UsedCoupon[], wanted: CouponType): number {
  return coupons.filter(({ type }) => type === wanted).reduce((sum, { feeFen }) => sum + feeFen, 0);
}

export interface Prepay {
  readonly prepayId: string;
  readonly codeUrl?: string;
  readonly mwebUrl?: string;
  readonly createdAt: Date;
  /** Two hours after its creation. */
  readonly expiresAt: Date;
}

/** Validity of an mweb_url, in milliseconds. Its prepay_id stays valid. */
const MWEB_URL_TTL_MS = 5 * 60_000;

/** True when a browser may still open the mweb_url, or when there is none. */
export function isMwebUrlValid({ mwebUrl, createdAt: madeAt }: Prepay, now: Date): boolean {
  return mwebUrl === undefined || now.getTime() < madeAt.getTime() + MWEB_URL_TTL_MS;
}

/** The protocol that created an order or requested a refund; its notices have the same. `v1`: the 2014 app protocol. */
export const PROTOCOLS = ['v2', 'v1', 'v3'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/** An order as WeChat stores it; all protocols share one store. */
export interface WechatOrder {
  readonly protocol: Protocol;
  readonly outTradeNo: string;
  /** The appid of the order request. The notices, the openid and the arguments of the phone use it too. */
  readonly appid: string;
  /** `input_charset` of the package of a v1 order; its notice uses it too. */
  readonly charset?: 'GBK' | 'UTF-8';
  /** The sign type of a v2 or v1 order; v3 has no choice. */
  readonly signType?: 'MD5' | 'HMAC-SHA256';
  /** All parameters of the first request in its protocol's names, without `sign`: the same order again has the same. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly tradeType: string;
  readonly totalFen: number;
  readonly description: string;
  readonly attach: string | undefined;
  readonly deviceInfo: string | undefined;
  /** The payer's, for JSAPI. */
  readonly openid: string | undefined;
  /** The end of payment that the merchant asked for. */
  readonly expiresAt: Date | undefined;
  readonly notifyUrl: string;
  readonly createdAt: Date;
  /** The newest is last; older ones stay valid until they expire. */
  readonly prepays: Prepay[];
  /**
   * From this time on the sheet cannot be paid; the order stays NOTPAY. Undefined when time_expire is absent, or
   * was already past when sent, except for v1 orders with `v1TimeExpire: 'strict'`.
   */
  sheetClosesAt: Date | undefined;
  state: TradeState;
  closedAt?: Date;
  /** What the merchant reported by delivernotify (v1). */
  delivery?: { readonly isDelivered: boolean; readonly message: string };
  transaction?: Transaction;
}

/** The state that orderquery reports: a payment may not be visible yet. */
export function visibleState(order: WechatOrder, now: Date): TradeState {
  if (order.state === 'SUCCESS' && order.transaction !== undefined && order.transaction.visibleAt > now)
    return 'NOTPAY';
  return order.state;
}
