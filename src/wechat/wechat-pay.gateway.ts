import type { Outcome, Refused } from './outcome.js';

/**
 * The trade types that the shop offers: in a mini-program or an official account, by QR code, in the shop's own app, and in
 * a mobile browser outside WeChat (H5).
 */
export const TRADE_TYPES = ['JSAPI', 'NATIVE', 'APP', 'MWEB'] as const;
export type TradeType = (typeof TRADE_TYPES)[number];

/** A payment to be prepared: amounts in fen, times in UTC. */
export interface PrepayDraft {
  outTradeNo: string;
  tradeType: TradeType;
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
  createdAt: Date;
  expiresAt: Date;
}

export interface Prepay {
  prepayId: string;
  /** The cashier's URL where no client opens it: NATIVE's QR code text, MWEB's page. Otherwise null. */
  codeUrl: string | null;
}

/** In characters. */
export const MAX_CODE_URL_LENGTH = 512;

/** The result of a completed payment. */
export interface PaidResult {
  outTradeNo: string;
  transactionId: string;
  /** The amount charged for the order, in fen: WeChat's `total_fee`, coupons included. */
  paidFen: number;
  paidAt: Date;
}

/**
 * The state of a payment at WeChat. `PAID` stays after refunds. `FAILED` is an attempt that cannot be paid any more.
 * `CLOSED` with `isByExpiry` is our conclusion, not WeChat's answer: its time is over, and no payment is known.
 */
export type PaymentState =
  | ({ state: 'PAID' } & PaidResult)
  | { state: 'CLOSED'; isByExpiry?: true }
  | { state: 'OPEN' | 'PAYING' | 'FAILED' | 'ABSENT' };

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
  notifyUrl: string;
  /** The payment's request, as `composePrepay` wrote it. */
  paymentRequest: string;
}

/** WeChat has accepted the refund; the payer does not have the money yet. */
export interface RefundAccepted {
  wechatRefundId: string;
}

/**
 * The state of one refund at WeChat. `PROCESSING` in progress · `SUCCEEDED` the payer has the money · `ABNORMAL` the money
 * could not reach the payer and is with the merchant, who must act · `CLOSED` nothing was refunded, finally.
 */
export interface RefundResult {
  outRefundNo: string;
  wechatRefundId: string;
  outTradeNo: string;
  refundFen: number;
  state: 'PROCESSING' | 'SUCCEEDED' | 'ABNORMAL' | 'CLOSED';
  /** When the refund succeeded, UTC; null when WeChat does not report it, and for every other state. */
  succeededAt: Date | null;
}

/** `ABSENT`: WeChat has no such refund. */
export type WechatRefundState = RefundResult | { state: 'ABSENT' };

/** Passed unchanged to `wx.requestPayment` or the SDK, shown as a QR code, or opened in the browser. */
export type ClientParameters = Readonly<Record<string, string>>;

/**
 * The operations of WeChat Pay for any protocol version. No method throws for failures of WeChat or the network: they are in
 * the outcome, and callers must handle all three kinds.
 *
 * A stored request, as written by `composePrepay`, determines everything about its payment. A payment continues with its
 * appid and protocol, even if the settings change later.
 */
export abstract class WechatPayGateway {
  /**
   * Composes the request of a payment once, so that every repetition is identical: WeChat refuses the same number with any
   * difference. Contains no secret and no signature. `channelOf` reads it.
   */
  abstract composePrepay(draft: PrepayDraft): string;

  /** Sends a request of `composePrepay` with a fresh signature. Repeating is safe and resolves an unknown outcome. */
  abstract prepay(request: string): Promise<Outcome<Prepay>>;

  /**
   * Seconds for which a result of `prepay` can open the cashier, minus a margin. After that it must not be returned to a
   * client.
   */
  abstract prepayTtlSeconds(request: string): number;

  /** Signs the parameters that the client needs to open the cashier. May be repeated; makes no call. */
  abstract clientParameters(request: string, prepay: Prepay): ClientParameters;

  /** Queries the payment. Always safe. */
  abstract queryPayment(request: string): Promise<Outcome<PaymentState>>;

  /**
   * Closes the payment, so that it can never be paid again. Success is no proof: WeChat may silently ignore the close of an
   * order younger than five minutes, so query afterwards. Repeating is safe.
   */
  abstract closePayment(request: string): Promise<Outcome<null>>;

  /** Composes the request of a refund once: a repetition must be identical. Contains no secret and no signature. */
  abstract composeRefund(draft: RefundDraft): string;

  /**
   * Why a refund cannot be sent now, such as an expired client certificate; null when it can. It makes no call, so no
   * attempt is counted and the payment's slot is not used. `refund` refuses for the same reasons.
   */
  abstract checkRefundReady(request: string): Refused | null;

  /**
   * Sends a request of `composeRefund` with the client certificate. Success means accepted, not refunded. Repeating is safe
   * and resolves an unknown outcome; a new number could refund twice.
   */
  abstract refund(request: string): Promise<Outcome<RefundAccepted>>;

  /**
   * Queries one refund, made by this service or by hand in the merchant platform. Always safe.
   * @param paymentRequest the refunded payment's request, as `composePrepay` wrote it.
   */
  abstract queryRefund(outRefundNo: string, paymentRequest: string): Promise<Outcome<WechatRefundState>>;
}
