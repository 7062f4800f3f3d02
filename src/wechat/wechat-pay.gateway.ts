import type { Outcome, Refused } from './outcome.js';

/**
 * The ways to pay that the shop offers: in a mini-program or an official account, by a QR code, in an app of the shop's own,
 * and in a mobile browser outside WeChat (H5).
 */
export const TRADE_TYPES = ['JSAPI', 'NATIVE', 'APP', 'MWEB'] as const;
export type TradeType = (typeof TRADE_TYPES)[number];

/** A payment to be prepared: amounts in fen, instants in UTC. */
export interface PrepayDraft {
  outTradeNo: string;
  tradeType: TradeType;
  amountFen: number;
  /** What the payer reads. Cut to what WeChat takes. */
  description: string;
  /** Who pays; JSAPI needs it. */
  openid: string;
  payerIp: string;
  /** The address below which WeChat's notices come in; each protocol appends its own door. */
  notifyUrlBase: string;
  /** NATIVE's product number at WeChat. */
  productId: string;
  createdAt: Date;
  expiresAt: Date;
}

export interface Prepay {
  prepayId: string;
  /** What leads to the cashier where no client opens it: NATIVE's text of the QR code, MWEB's page. Otherwise null. */
  codeUrl: string | null;
}

/** Characters that a `codeUrl` may have. */
export const MAX_CODE_URL_LENGTH = 512;

/** Everything that matters of a payment that took place. */
export interface PaidResult {
  outTradeNo: string;
  transactionId: string;
  /** What was charged for the order, in fen: WeChat's `total_fee`, coupons included. */
  paidFen: number;
  paidAt: Date;
}

/**
 * What WeChat says of a payment. `PAID` stays so after refunds; `FAILED` is an attempt that cannot be paid any more. `CLOSED`
 * with `isByTime` is our conclusion and not WeChat's word: its time is up, and it is not known to be paid.
 */
export type PaymentState =
  | ({ state: 'PAID' } & PaidResult)
  | { state: 'CLOSED'; isByTime?: true }
  | { state: 'OPEN' | 'PAYING' | 'FAILED' | 'ABSENT' };

/** A refund to be sent: amounts in fen. */
export interface RefundDraft {
  /** Ours, made before the first call and never changed: WeChat gives money back once for each. */
  outRefundNo: string;
  outTradeNo: string;
  transactionId: string;
  /** What the payment was, not what is left of it. */
  paidFen: number;
  refundFen: number;
  /** What the payer reads. Cut to what WeChat takes. */
  reason: string;
  notifyUrl: string;
  /** What `composePrepay` wrote of the payment. */
  paymentRequest: string;
}

/** WeChat has taken the refund on; the money is not back yet. */
export interface RefundAccepted {
  wechatRefundId: string;
}

/**
 * What WeChat says of one refund. `PROCESSING` on its way · `SUCCEEDED` the money is back · `ABNORMAL` it could not reach
 * the payer and lies with the merchant: a person must act · `CLOSED` nothing was paid back, for good.
 */
export interface RefundResult {
  outRefundNo: string;
  wechatRefundId: string;
  outTradeNo: string;
  refundFen: number;
  state: 'PROCESSING' | 'SUCCEEDED' | 'ABNORMAL' | 'CLOSED';
  /** When the money was back, UTC; null when WeChat does not say, and for every other state. */
  succeededAt: Date | null;
}

/** `ABSENT`: WeChat has no such refund. */
export type RefundState = RefundResult | { state: 'ABSENT' };

/** Goes straight into `wx.requestPayment` or the SDK, is shown as a QR code, or is where the browser is sent. */
export type ClientParameters = Readonly<Record<string, string>>;

/**
 * What the shop says to WeChat Pay, whichever version of the protocol says it. No method throws for what WeChat or the
 * network does: that is in the outcome, and callers must handle all three.
 *
 * Everything about a payment is told by the text that `composePrepay` wrote of it, never by today's settings: a payment
 * goes on under the appid and the protocol that it was begun with, whatever is configured later.
 */
export abstract class WechatPayGateway {
  /**
   * Writes down the request of a payment, once, so that every repetition says exactly the same: WeChat refuses the
   * same number with any difference. Holds no secret and no signature. `originOf` reads it.
   */
  abstract composePrepay(draft: PrepayDraft): string;

  /** Sends what `composePrepay` wrote, freshly signed. Repeating it is safe, and is the way out of an unknown outcome. */
  abstract prepay(request: string): Promise<Outcome<Prepay>>;

  /** Seconds for which what `prepay` gave opens the cashier, with some air: afterwards it must not be handed out. */
  abstract prepayTtlSeconds(request: string): number;

  /** Signs what the client needs to open the cashier. Any number of times for the same prepayment; calls nobody. */
  abstract clientParameters(request: string, prepay: Prepay): ClientParameters;

  /** Asks about the payment. Always safe. */
  abstract queryPayment(request: string): Promise<Outcome<PaymentState>>;

  /**
   * Closes the payment, so that it can never be paid again. Done is not proof: a close younger than five minutes may be
   * ignored silently, so ask afterwards. Repeating is safe.
   */
  abstract closePayment(request: string): Promise<Outcome<null>>;

  /** Writes down the request of a refund, once: a repetition must say the same. Holds no secret and no signature. */
  abstract composeRefund(draft: RefundDraft): string;

  /**
   * Why a refund cannot be sent now, such as a client certificate that has expired; null when it can. Calls nobody, so that
   * neither a sending is counted nor the payment's turn is taken. `refund` refuses for the same reasons.
   */
  abstract checkRefundReady(request: string): Refused | null;

  /**
   * Sends what `composeRefund` wrote, with the client certificate. Done means accepted, not paid back. Repeating it is
   * safe and is the way out of an unknown outcome; a new number could refund twice.
   */
  abstract refund(request: string): Promise<Outcome<RefundAccepted>>;

  /**
   * Asks about one refund, ours or one made by hand in the merchant platform. Always safe.
   * @param paymentRequest what `composePrepay` wrote of the payment that is given back.
   */
  abstract queryRefund(outRefundNo: string, paymentRequest: string): Promise<Outcome<RefundState>>;
}
