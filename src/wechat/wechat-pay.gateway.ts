import type { Outcome } from './outcome.js';

/** The ways to pay that the shop offers. */
export const TRADE_TYPES = ['JSAPI', 'NATIVE'] as const;
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
  notifyUrl: string;
  /** NATIVE's product number at WeChat. */
  productId: string;
  createdAt: Date;
  expiresAt: Date;
}

export interface Prepay {
  prepayId: string;
  /** NATIVE alone: the text of the QR code. */
  codeUrl: string | null;
}

/** Everything that matters of a payment that took place. */
export interface PaidResult {
  outTradeNo: string;
  transactionId: string;
  /** What was charged for the order, in fen: WeChat's `total_fee`, coupons included. */
  paidFen: number;
  paidAt: Date;
}

/** What WeChat says of a payment. `PAID` stays so after refunds; `FAILED` is an attempt that cannot be paid any more. */
export type PaymentState =
  ({ state: 'PAID' } & PaidResult) | { state: 'OPEN' | 'PAYING' | 'CLOSED' | 'FAILED' | 'ABSENT' };

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

/** Goes straight into `wx.requestPayment`, or is shown as a QR code. */
export type ClientParameters = Readonly<Record<string, string>>;

/**
 * What the shop says to WeChat Pay, whichever version of the protocol says it. No method throws for what WeChat or the
 * network does: that is in the outcome, and callers must handle all three.
 */
export abstract class WechatPayGateway {
  /**
   * Writes down the request of a payment, once, so that every repetition says exactly the same: WeChat refuses the
   * same number with any difference. Holds no secret and no signature.
   */
  abstract composePrepay(draft: PrepayDraft): string;

  /** Sends what `composePrepay` wrote, freshly signed. Repeating it is safe, and is the way out of an unknown outcome. */
  abstract prepay(request: string): Promise<Outcome<Prepay>>;

  /** Signs what the client needs to open the cashier. Any number of times for the same prepayment; calls nobody. */
  abstract clientParameters(request: string, prepay: Prepay): ClientParameters;

  /** Asks about a payment. Always safe. */
  abstract queryPayment(outTradeNo: string): Promise<Outcome<PaymentState>>;

  /**
   * Closes a payment, so that it can never be paid again. Done is not proof: a close younger than five minutes may be
   * ignored silently, so ask afterwards. Repeating is safe.
   */
  abstract closePayment(outTradeNo: string): Promise<Outcome<null>>;

  /** Writes down the request of a refund, once: a repetition must say the same. Holds no secret and no signature. */
  abstract composeRefund(draft: RefundDraft): string;

  /**
   * Sends what `composeRefund` wrote, with the client certificate. Done means accepted, not paid back. Repeating it is
   * safe and is the way out of an unknown outcome; a new number could refund twice.
   */
  abstract refund(request: string): Promise<Outcome<RefundAccepted>>;

  /** Asks about one refund of ours. Always safe. */
  abstract queryRefund(outRefundNo: string): Promise<Outcome<RefundState>>;
}
