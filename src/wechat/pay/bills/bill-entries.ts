/** One row of a trade bill. */
export interface TradeEntry {
  /** REVOKED: a payment by code that the merchant reversed. */
  type: 'PAYMENT' | 'REFUND' | 'REVOKED';
  /** When the payment was made, or the refund was accepted. */
  at: Date;
  outTradeNo: string;
  transactionId: string;
  /** The merchant's number of the refund; null on a payment. */
  outRefundNo: string | null;
  /** WeChat's number of the refund; null on a payment. */
  refundId: string | null;
  /** The order's amount, or the refund as requested. */
  amountFen: number;
  /** What the merchant receives, or gives back: the amount without coupons that WeChat does not settle. */
  settledFen: number;
  /** The coupons of the payment, or the part of the refund that returns to coupons. */
  couponFen: number;
  /** The fee, rounded to fen, half away from zero. Negative for a refund: WeChat gives it back. */
  feeFen: number;
  /** The same fee exactly, in millionths of a fen: WeChat writes five decimals of a yuan. */
  feeMicroFen: number;
  /** As written, such as `0.60%`; null if the bill has none. */
  feeRate: string | null;
  /** WeChat's state of the row, as written. */
  state: string;
  /**
   * The refund's state when WeChat made the bill, never updated. UNKNOWN: a word that this version does not know, see
   * `refundStateText`. Null on a payment, and where the bill has no state.
   */
  refundState: 'SUCCEEDED' | 'PROCESSING' | 'FAILED' | 'ABNORMAL' | 'UNKNOWN' | null;
  /** The same as written; empty on a payment, and where the bill has no state. */
  refundStateText: string;
  /** As written, such as `JSAPI`. Bills name trade types that this service does not make. */
  tradeType: string;
  appId: string;
  mchId: string;
  openid: string;
  /** Columns that this version does not know, by their names. */
  extra: Readonly<Record<string, string>>;
}

/** One row of a fund bill: a movement of the merchant's basic account. */
export interface FundEntry {
  /** When the balance changed. */
  at: Date;
  /** WeChat's number of the payment or refund. */
  wechatNo: string;
  /** Number of the movement. */
  flowNo: string;
  /** As written: an open list. */
  businessName: string;
  /** As written: an open list. */
  businessType: string;
  /**
   * What the business type means for trades. WeChat's refund is net of the fee that it gives back, unless the fee has a row
   * of its own. OTHER: top-ups, withdrawals, refunds that were closed, and any type that this version does not know.
   */
  category: 'PAYMENT' | 'REFUND' | 'FEE' | 'OTHER';
  direction: 'IN' | 'OUT';
  amountFen: number;
  /** The balance after the movement. */
  balanceFen: number;
  applicant: string;
  remark: string;
  voucherNo: string;
}

export interface CountedSum {
  count: number;
  fen: number;
}

/** What the rows of a trade bill add up to, counted while reading. */
export interface TradeTotals {
  /** All rows. */
  rows: number;
  payments: CountedSum;
  refunds: CountedSum;
  revoked: CountedSum;
  /** Fees of all rows, minus those given back, rounded to fen from the exact sum. */
  feesFen: number;
}

/** What the rows of a fund bill add up to. */
export interface FundTotals {
  rows: number;
  received: CountedSum;
  paidOut: CountedSum;
  /** The balance before the first row and after the last one; null without rows. */
  openingFen: number | null;
  closingFen: number | null;
}

/**
 * The result after the last row. `ok` is true when every row was readable and the counts and sums equal the bill's totals
 * row. Otherwise `problems` says why, in at most twenty English sentences; `totals` then counts the readable rows.
 */
export type BillTotalsCheck<Totals> = { ok: true; totals: Totals } | { ok: false; totals: Totals; problems: string[] };
