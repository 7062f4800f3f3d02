import type { ChannelAccount } from './payment-channel.js';

/**
 * The trade types that the shop offers: in a mini-program or an official account, by QR code, in the shop's own app,
 * and in a mobile browser outside WeChat (H5).
 */
export const TRADE_TYPES = ['JSAPI', 'NATIVE', 'APP', 'MWEB'] as const;
export type TradeType = (typeof TRADE_TYPES)[number];

/** A payment to be prepared: amounts in fen, times in UTC. */
export interface PrepayDraft {
  outTradeNo: string;
  tradeType: TradeType;
  /** The mini-program or official account in which it is paid; null for the shop's own. APP uses the shop's mobile app. */
  appId: string | null;
  amountFen: number;
  /** Shown to the payer. Truncated to WeChat's limit. */
  description: string;
  /** The payer; required for JSAPI. */
  openid: string;
  payerIp: string;
  /** The base URL of WeChat's notices. Each protocol appends its own path. */
  notifyUrlBase: string;
  /** NATIVE's product number at WeChat. */
  productId: string;
  /** When the attempt begins. */
  createdAt: Date;
  expiresAt: Date;
}

export interface Prepay {
  prepayId: string;
  /** The payment page's URL where no client opens it: NATIVE's QR code text, MWEB's page. Otherwise null. */
  codeUrl: string | null;
}

/** Seconds for which WeChat lets a prepay_id be paid. */
export const PREPAY_TTL_SECONDS = 2 * 3600;

/** Seconds for which an earlier prepay_id is returned again, so that ten minutes are left to pay. */
export const PREPAY_REUSE_SECONDS = PREPAY_TTL_SECONDS - 600;

/** In characters. */
export const MAX_CODE_URL_LENGTH = 512;

/** The result of a completed payment. */
export interface PaidResult {
  outTradeNo: string;
  transactionId: string;
  /** The price of the order, in fen, with the part that a coupon of WeChat pays. */
  paidFen: number;
  paidAt: Date;
}

/**
 * The state of a payment at WeChat. `PAID` stays after refunds. `FAILED` is an attempt that cannot be paid any more.
 * `CLOSED` with `isByExpiry` is our conclusion, not WeChat's response: the protocol has no close call, its own `time_expire`
 * is over, and no payment is known.
 */
export type PaymentQueryResult =
  | ({ state: 'PAID' } & PaidResult)
  | { state: 'CLOSED'; isByExpiry?: true }
  | { state: 'OPEN' | 'PAYING' | 'FAILED' | 'NOT_FOUND' };

/** A refund to be sent: amounts in fen. */
export interface RefundDraft {
  /** Our number, created before the first call and never changed: WeChat refunds once per number. */
  outRefundNo: string;
  outTradeNo: string;
  transactionId: string;
  /** The paid amount, not the remaining amount. */
  paidFen: number;
  refundFen: number;
  /** Shown to the payer. Truncated to WeChat's limit. */
  reason: string;
  /** The base URL of WeChat's notices. Each protocol appends its own path. */
  notifyUrlBase: string;
  /** The refunded payment's account. */
  payment: ChannelAccount;
}

/** WeChat has accepted the refund; the payer does not have the money yet. */
export interface RefundAccepted {
  wechatRefundId: string;
}

/**
 * The state of one refund at WeChat. `PROCESSING` in progress · `SUCCEEDED` the payer has the money · `ABNORMAL` the
 * money could not reach the payer and is with the merchant, who must act · `CLOSED` nothing was refunded, finally.
 */
export interface RefundResult {
  outRefundNo: string;
  wechatRefundId: string;
  outTradeNo: string;
  refundFen: number;
  state: 'PROCESSING' | 'SUCCEEDED' | 'ABNORMAL' | 'CLOSED';
  /** When the refund succeeded, UTC; null when WeChat does not report it, and for every other state. */
  succeededAt: Date | null;
  /** For CLOSED and ABNORMAL: the protocol's code of that state and its meaning, for staff. Otherwise null. */
  error: RefundError | null;
}

export interface RefundError {
  code: string;
  message: string;
}

/** `NOT_FOUND`: WeChat has no such refund. */
export type RefundQueryResult = RefundResult | { state: 'NOT_FOUND' };

/** An ABNORMAL refund whose money is with the merchant, and where staff want it to go. */
export interface AbnormalRefund {
  outRefundNo: string;
  wechatRefundId: string;
  destination: RefundDestination;
}

/** Where the money of an ABNORMAL refund can go. */
export const REDIRECT_DESTINATIONS = ['MERCHANT', 'USER_BANK_CARD'] as const;

/**
 * `MERCHANT`: the merchant's bank account; the buyer gets the money outside of WeChat. `USER_BANK_CARD`: a debit card of the
 * buyer. Its number and holder are sent encrypted, and never stored or logged.
 */
export type RefundDestination =
  { to: 'MERCHANT' } | { to: 'USER_BANK_CARD'; bankType: string; bankAccount: string; realName: string };

/** Passed unchanged to `wx.requestPayment` or the SDK, shown as a QR code, or opened in the browser. */
export type ClientParameters = Readonly<Record<string, string>>;
