import { WechatRefundStatus } from '../book/wechat-refund.js';

/** One line of a trade bill. Amounts in fen and not negative; the bill writes the fee of a refund negative. */
export type TradeRow = {
  /** Payment time, or the time when the refund was accepted. Its Beijing day is the bill's. */
  readonly at: Date;
  readonly appid: string;
  readonly deviceInfo: string;
  readonly transactionId: string;
  readonly outTradeNo: string;
  readonly openid: string;
  readonly tradeType: string;
  readonly bankType: string;
  readonly description: string;
  readonly attach: string;
  readonly feeFen: number;
  readonly feeBasisPoints: number;
} & (PaymentPart | RefundPart);

interface PaymentPart {
  readonly type: 'PAYMENT';
  readonly totalFen: number;
  /** Without recharge-free coupons. */
  readonly settledFen: number;
  /** Coupons that are settled to the merchant. */
  readonly couponFen: number;
  readonly isRevoked?: boolean;
}

interface RefundPart {
  readonly type: 'REFUND';
  readonly refundId: string;
  readonly outRefundNo: string;
  /** As asked. */
  readonly totalFen: number;
  /** Without recharge-free coupons. */
  readonly settledFen: number;
  readonly couponFen: number;
  /** At the time when the bill is made. */
  readonly status: WechatRefundStatus;
  /** When the payer received it; undefined unless the status is SUCCESS. */
  readonly succeededAt: Date | undefined;
}

/** The number by which a change of a bill names a line: out_trade_no of a payment, out_refund_no of a refund. */
export function merchantNoOf(row: TradeRow): string {
  return row.type === 'PAYMENT' ? row.outTradeNo : row.outRefundNo;
}

export function wechatNoOf(row: TradeRow): string {
  return row.type === 'PAYMENT' ? row.transactionId : row.refundId;
}
