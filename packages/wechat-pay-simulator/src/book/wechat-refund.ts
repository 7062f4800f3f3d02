import { Protocol, Transaction, UsedCoupon, WechatOrder } from './wechat-order.js';

export const WECHAT_REFUND_STATUSES = ['PROCESSING', 'SUCCESS', 'CHANGE', 'REFUNDCLOSE'] as const;
export type WechatRefundStatus = (typeof WECHAT_REFUND_STATUSES)[number];
/** WeChat treats `CHANGE` as final; only a person in the merchant platform can change it. */
export type FinalRefundStatus = Exclude<WechatRefundStatus, 'PROCESSING'>;

/** `VENDOR_PLATFORM`: made by hand in the merchant platform, without a request from the merchant's server. */
export const REFUND_SOURCES = ['API', 'VENDOR_PLATFORM'] as const;
export type RefundSource = (typeof REFUND_SOURCES)[number];

/** A refund as WeChat stores it. */
export interface WechatRefund {
  readonly outRefundNo: string;
  readonly refundId: string;
  readonly order: WechatOrder;
  readonly transaction: Transaction;
  readonly refundFen: number;
  /** The amount that the payer receives in cash. */
  readonly cashFen: number;
  /** The parts that are returned to coupons. */
  readonly coupons: readonly UsedCoupon[];
  /** The amount that the merchant pays, without recharge-free coupons. */
  readonly settlementFen: number;
  /** The part of the payment's fee that the merchant gets back. */
  readonly feeFen: number;
  readonly account: string;
  /** Changes only when an abnormal refund is sent to a bank card. */
  receiver: string;
  /** v3 only; default: `ORIGINAL`. */
  channel?: 'OTHER_BANKCARD';
  readonly source: RefundSource;
  /** The protocol of the request. */
  readonly protocol: Protocol;
  /** The format of its notice. */
  readonly noticeProtocol: Protocol;
  readonly reason: string;
  /** Undefined when neither the refund nor the merchant platform has one: then no notice is sent. */
  readonly notifyUrl: string | undefined;
  readonly acceptedAt: Date;
  status: WechatRefundStatus;
  /** When it last reached a final status. */
  endedAt?: Date;
}

/** The receiver of the money in WeChat's words. Money that the payer could not receive is with the merchant. */
export function receiverOf(refund: WechatRefund, status: WechatRefundStatus): string {
  return status === 'CHANGE' ? '商户基本账户' : refund.receiver;
}
