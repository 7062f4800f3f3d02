import type { NoticeAccount } from './payment-channel.js';
import type { PaidResult, RefundResult } from './payment-types.js';

/**
 * Why a notice is rejected before it is compared with our rows. Sent to WeChat as the reason, and written to the event log.
 * `TOO_LARGE`: its body exceeds the limit · `MALFORMED`: its format is invalid · `RETURN_FAIL`: it reports a communication
 * failure (v2: `return_code` FAIL), so it has no result · `BAD_SIGNATURE`: its signature is wrong · `FOREIGN_MERCHANT`: it
 * names another merchant number than ours, or another app or protocol than the payment · `FOREIGN_CURRENCY`: it is not in
 * CNY · `UNDECRYPTABLE`: its content cannot be decrypted · `STALE`: its signed time differs from our clock by five minutes or
 * more · `UNKNOWN_KEY`: it is signed with a key of WeChat that is not configured · `SIGNATURE_PROBE`: WeChat tests whether
 * signatures are verified · `UNKNOWN_EVENT`: it is about something else. `FOREIGN_CURRENCY`, `FOREIGN_MERCHANT` of a payment,
 * `UNKNOWN_EVENT`, and `MALFORMED` for a missing field are found after the signature was verified, all others before.
 */
export const NOTICE_REFUSALS = [
  ...(['TOO_LARGE', 'MALFORMED', 'RETURN_FAIL', 'BAD_SIGNATURE'] as const),
  ...(['FOREIGN_MERCHANT', 'FOREIGN_CURRENCY', 'UNDECRYPTABLE'] as const),
  ...(['STALE', 'UNKNOWN_KEY', 'SIGNATURE_PROBE', 'UNKNOWN_EVENT'] as const),
] as const;
export type NoticeRefusal = (typeof NOTICE_REFUSALS)[number];

/** A payment notice, parsed and verified as far as possible without a database. */
export type PaymentNotice =
  /** `account` is what the notice names; the caller compares it with the payment's row. */
  | {
      kind: 'paid';
      paid: PaidResult;
      account: NoticeAccount;
      /** The decrypted text, for the event log; absent when the notice is not encrypted. */
      raw?: string;
    }
  | { kind: 'failed'; outTradeNo: string; code: string }
  /** `outTradeNo` is what a rejected notice states, or null. */
  | { kind: 'refused'; refusal: NoticeRefusal; outTradeNo: string | null };

/** The content of a decrypted refund notice. It is unverified until WeChat confirms it in a query. */
export interface DecryptedRefundNotice {
  refund: RefundResult;
  transactionId: string;
  /** The payment's amount in fen, as WeChat reports it. */
  paidFen: number;
  /** What the notice names; the caller compares it with the refund's row. */
  account: NoticeAccount;
  /** True when the refund was made by hand in the merchant platform, not by this service. */
  isFromMerchantPlatform: boolean;
  /** The decrypted text, for the event log. */
  raw: string;
}

/** A refund notice, decrypted and checked as far as possible without a database. */
export type RefundNotice =
  | ({ kind: 'parsed' } & DecryptedRefundNotice)
  | { kind: 'refused'; refusal: NoticeRefusal; outRefundNo: string | null };

/** @param outTradeNo as the notice states it; empty or absent when it states none. */
export function refusedPaymentNotice(refusal: NoticeRefusal, outTradeNo = ''): PaymentNotice {
  return { kind: 'refused', refusal, outTradeNo: outTradeNo === '' ? null : outTradeNo };
}

/** @param outRefundNo as the notice states it; empty or absent when it states none. */
export function refusedRefundNotice(refusal: NoticeRefusal, outRefundNo = ''): RefundNotice {
  return { kind: 'refused', refusal, outRefundNo: outRefundNo === '' ? null : outRefundNo };
}
