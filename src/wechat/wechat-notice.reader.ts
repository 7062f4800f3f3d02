import type { NoticeChannel } from './payment-channel.js';
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
  /** `origin` is what the notice says of it: whether the payment's is the same, its row tells. */
  | { kind: 'paid'; paid: PaidResult; origin: NoticeChannel }
  | { kind: 'failed'; outTradeNo: string; code: string }
  /** `outTradeNo` is what an unbelievable notice claims, or null. */
  | { kind: 'refused'; refusal: NoticeRefusal; outTradeNo: string | null };

/** What a refund notice says once it is decrypted. It has no signature: a claim until WeChat confirms it. */
export interface DecryptedRefundNotice {
  refund: RefundResult;
  transactionId: string;
  /** The payment's amount, in fen, as WeChat tells it. */
  paidFen: number;
  /** Of the message around it, which nobody has signed: whether the payment's is the same, its row tells. */
  appid: string;
  /** True when somebody refunded by hand in the merchant platform: we never asked for it. */
  isVendorMade: boolean;
  /** The decrypted text, for the journal. */
  raw: string;
}

/** A refund notice, decrypted and checked as far as that needs no database. */
export type RefundNotice =
  ({ kind: 'ended' } & DecryptedRefundNotice) | { kind: 'refused'; refusal: NoticeRefusal; outRefundNo: string | null };

/** What came in by one of WeChat's doors, as it came. */
export interface IncomingNotice {
  /** What stands behind the question mark, still encoded; empty where a protocol says nothing there. */
  query: string;
  bytes: Buffer;
  /** True when there was more than we read. */
  isTruncated: boolean;
}

/** What WeChat understands as an answer to its notices; each protocol has words of its own. */
export interface NoticeReplyFormat {
  /** The exact bytes that acknowledge a notice. */
  readonly accepted: string;

  /** The exact bytes that ask WeChat to send it again. `reason` is a short word of ours. */
  refused(reason: string): string;
}

/** Reads the payment notices of one protocol, whoever sends them. */
export abstract class PaymentNoticeReader implements NoticeReplyFormat {
  abstract readonly accepted: string;

  abstract refused(reason: string): string;

  /** Believes nothing before size, form, signature and merchant are right. Never throws. */
  abstract readPayment(call: IncomingNotice): PaymentNotice;
}

/** The notices of today: payments and refunds. */
export abstract class WechatNoticeReader extends PaymentNoticeReader {
  /** As `readPayment`. A refund notice has no signature, and what decrypts may still be pieced together. Never throws. */
  abstract readRefund(bytes: Buffer, isTruncated: boolean): RefundNotice;
}

/** Those of the app protocol of 2014: payments alone. */
export abstract class AppV1NoticeReader extends PaymentNoticeReader {
  /** False without the keys of that protocol: then its address does not exist. */
  abstract readonly isConfigured: boolean;
}
