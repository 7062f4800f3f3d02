import type { PaidResult } from './wechat-pay.gateway.js';

/** Why a notice is not believed. Goes back to WeChat in few words, and to the journal. */
export type NoticeRefusal =
  'TOO_LARGE' | 'MALFORMED' | 'RETURN_FAIL' | 'BAD_SIGNATURE' | 'FOREIGN_MERCHANT' | 'FOREIGN_CURRENCY';

/** A payment notice, read and verified as far as that needs no database. */
export type PaymentNotice =
  | { kind: 'paid'; paid: PaidResult }
  | { kind: 'failed'; outTradeNo: string; code: string }
  /** `outTradeNo` is what an unbelievable notice claims, or null. */
  | { kind: 'refused'; refusal: NoticeRefusal; outTradeNo: string | null };

/** Reads what WeChat, or somebody who claims to be WeChat, sends us. */
export abstract class WechatNotices {
  /** Believes nothing before size, form, signature and merchant are right. Never throws. */
  abstract readPayment(bytes: Buffer, isCut: boolean): PaymentNotice;

  /** The exact bytes that acknowledge a notice. */
  abstract readonly accepted: string;

  /** The exact bytes that ask WeChat to send it again. `reason` is a short word of ours. */
  abstract refused(reason: string): string;
}
