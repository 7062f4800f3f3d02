import { Transaction, UsedCoupon, WechatOrder } from './wechat-order.js';

export const WECHAT_REFUND_STATUSES = ['PROCESSING', 'SUCCESS', 'CHANGE', 'REFUNDCLOSE'] as const;
export type WechatRefundStatus = (typeof WECHAT_REFUND_STATUSES)[number];
/** `CHANGE` is an end for WeChat; only a person in the merchant platform leads out of it. */
export type FinalRefundStatus = Exclude<WechatRefundStatus, 'PROCESSING'>;

/** `VENDOR_PLATFORM`: made by hand in the merchant platform; the merchant's server never asked for it. */
export const REFUND_SOURCES = ['API', 'VENDOR_PLATFORM'] as const;
export type RefundSource = (typeof REFUND_SOURCES)[number];

/** A refund as WeChat keeps it. */
export interface WechatRefund {
  readonly outRefundNo: string;
  readonly refundId: string;
  readonly order: WechatOrder;
  readonly transaction: Transaction;
  readonly refundFen: number;
  /** What the payer gets in cash. */
  readonly cashFen: number;
  /** What goes back into the coupons. */
  readonly coupons: readonly UsedCoupon[];
  /** What the merchant pays: recharge-free coupons were never the merchant's. */
  readonly settlementFen: number;
  readonly account: string;
  readonly receiver: string;
  readonly source: RefundSource;
  readonly reason: string;
  /** Undefined when neither the refund nor the merchant platform names one: then nothing is sent. */
  readonly notifyUrl: string | undefined;
  readonly acceptedAt: Date;
  status: WechatRefundStatus;
  /** When it last came to an end. */
  endedAt?: Date;
}

/** Where the money went, as WeChat words it: what could not reach the payer lies with the merchant. */
export function receiverOf(refund: WechatRefund, status: WechatRefundStatus): string {
  return status === 'CHANGE' ? '商户基本账户' : refund.receiver;
}
