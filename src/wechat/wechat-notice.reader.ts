import type { NoticeChannel } from './payment-channel.js';
import type { PaidResult, RefundResult } from './wechat-pay.gateway.js';

/** Why a notice is refused. Sent to WeChat as the reason, and written to the event log. */
export type NoticeRefusal =
  | 'TOO_LARGE'
  | 'MALFORMED'
  | 'RETURN_FAIL'
  | 'BAD_SIGNATURE'
  | 'FOREIGN_MERCHANT'
  | 'FOREIGN_CURRENCY'
  | 'UNDECRYPTABLE';

/** A payment notice, parsed and verified as far as possible without a database. */
export type PaymentNotice =
  /** `channel` is what the notice names; the caller compares it with the payment's row. */
  | { kind: 'paid'; paid: PaidResult; channel: NoticeChannel }
  | { kind: 'failed'; outTradeNo: string; code: string }
  /** `outTradeNo` is what a refused notice claims, or null. */
  | { kind: 'refused'; refusal: NoticeRefusal; outTradeNo: string | null };

/** The content of a decrypted refund notice. It has no signature, so it is only a claim until WeChat confirms it. */
export interface DecryptedRefundNotice {
  refund: RefundResult;
  transactionId: string;
  /** The payment's amount in fen, as WeChat reports it. */
  paidFen: number;
  /** From the unsigned outer message; the caller compares it with the payment's row. */
  appid: string;
  /** True when the refund was made by hand in the merchant platform, not by this service. */
  isFromMerchantPlatform: boolean;
  /** The decrypted text, for the event log. */
  raw: string;
}

/** A refund notice, decrypted and checked as far as possible without a database. */
export type RefundNotice =
  ({ kind: 'ended' } & DecryptedRefundNotice) | { kind: 'refused'; refusal: NoticeRefusal; outRefundNo: string | null };

/** A notice as received. */
export interface IncomingNotice {
  /** The query string, still encoded; empty for protocols without one. */
  query: string;
  bytes: Buffer;
  /** True when the body was longer than the limit. */
  isTruncated: boolean;
}

/** The replies to a notice, in the format of its protocol. */
export interface NoticeReplyFormat {
  /** The exact bytes that acknowledge a notice. */
  readonly accepted: string;

  /** The exact bytes that make WeChat send the notice again. `reason` is a short code of this service. */
  refused(reason: string): string;
}

/** Reads the payment notices of one protocol. */
export abstract class PaymentNoticeReader implements NoticeReplyFormat {
  abstract readonly accepted: string;

  abstract refused(reason: string): string;

  /** Checks size, format, signature and merchant before anything else. Never throws. */
  abstract readPayment(call: IncomingNotice): PaymentNotice;
}

/** Reads WeChat Pay's payment and refund notices. */
export abstract class WechatNoticeReader extends PaymentNoticeReader {
  /** Like `readPayment`. A refund notice has no signature, and its encryption does not prove its origin. Never throws. */
  abstract readRefund(bytes: Buffer, isTruncated: boolean): RefundNotice;
}

/** Reads the notices of the app protocol of 2014, which are only about payments. */
export abstract class AppV1NoticeReader extends PaymentNoticeReader {
  /** False without the keys of that protocol: the endpoint then answers 404. */
  abstract readonly isConfigured: boolean;
}
