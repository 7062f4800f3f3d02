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
}
