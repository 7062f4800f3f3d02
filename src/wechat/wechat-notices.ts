import type { PaidResult, RefundResult } from './wechat-pay.gateway.js';

/** Why a notice is not believed. Goes back to WeChat in few words, and to the journal. */
export type NoticeRefusal =
  | 'TOO_LARGE'
  | 'MALFORMED'
  | 'RETURN_FAIL'
  | 'BAD_SIGNATURE'
  | 'FOREIGN_MERCHANT'
  | 'FOREIGN_CURRENCY'
  | 'UNDECRYPTABLE';

/** A payment notice, read and verified as far as that needs no database. */
export type PaymentNotice =
  | { kind: 'paid'; paid: PaidResult }
  | { kind: 'failed'; outTradeNo: string; code: string }
  /** `outTradeNo` is what an unbelievable notice claims, or null. */
  | { kind: 'refused'; refusal: NoticeRefusal; outTradeNo: string | null };

/** What a refund notice says once it is decrypted. It has no signature: a claim until WeChat confirms it. */
export interface EndedRefund {
  refund: RefundResult;
  transactionId: string;
  /** The payment's amount, in fen, as WeChat tells it. */
  paidFen: number;
  /** True when somebody refunded by hand in the merchant platform: we never asked for it. */
  isVendorMade: boolean;
  /** The decrypted text, for the journal. */
  raw: string;
}

/** A refund notice, decrypted and checked as far as that needs no database. */
export type RefundNotice =
  ({ kind: 'ended' } & EndedRefund) | { kind: 'refused'; refusal: NoticeRefusal; outRefundNo: string | null };

/** Reads what WeChat, or somebody who claims to be WeChat, sends us. */
export abstract class WechatNotices {
  /** Believes nothing before size, form, signature and merchant are right. Never throws. */
  abstract readPayment(bytes: Buffer, isCut: boolean): PaymentNotice;

  /** As `readPayment`. A refund notice has no signature, and what decrypts may still be pieced together. Never throws. */
  abstract readRefund(bytes: Buffer, isCut: boolean): RefundNotice;

  /** The exact bytes that acknowledge a notice. */
  abstract readonly accepted: string;

  /** The exact bytes that ask WeChat to send it again. `reason` is a short word of ours. */
  abstract refused(reason: string): string;
}
