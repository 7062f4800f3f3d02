import type { CallFailure, Outcome } from '../wechat/outcome.js';
import type { RefundResult } from '../wechat/wechat-pay.gateway.js';
import type { LogisticsKind } from '../wechat/wechat-shipping.gateway.js';

/** Reasons to reject a notice before it is compared with our rows. */
const UNVERIFIED_NOTICE_RESULTS = [
  'TOO_LARGE',
  'MALFORMED',
  'RETURN_FAIL',
  'BAD_SIGNATURE',
  'FOREIGN_CURRENCY',
] as const;
const PAYMENT_OUTCOMES = [
  ...(['APPLIED', 'REPEATED', 'LATE_OR_DUPLICATE', 'FOREIGN_MERCHANT'] as const),
  ...(['PAYMENT_UNKNOWN', 'AMOUNT_MISMATCH', 'TRANSACTION_MISMATCH'] as const),
] as const;
const REFUND_OUTCOMES = [
  ...(['APPLIED', 'REPEATED', 'PENDING'] as const),
  ...(['REFUND_UNKNOWN', 'REFUND_MISMATCH', 'NEVER_SENT', 'CONTRADICTION'] as const),
] as const;
const CALL_RESULTS = ['ACCEPTED', 'REFUSED', 'UNKNOWN'] as const;

/**
 * Every event type with its possible results. Any other result does not compile. The console and the API have a text for
 * each of them; a test compares the lists.
 */
export const EVENT_RESULTS = {
  PREPAY: CALL_RESULTS,
  NOTICE: [...PAYMENT_OUTCOMES, 'FAILED', ...UNVERIFIED_NOTICE_RESULTS, 'UNDECRYPTABLE'],
  QUERY: [...PAYMENT_OUTCOMES, 'OPEN', 'PAYING', 'FAILED', 'CLOSED', 'ABSENT', 'REFUSED', 'UNKNOWN'],
  CLOSE: [...CALL_RESULTS, 'WRITTEN_OFF'],
  ORDER_CLOSED: ['CANCELLED', 'EXPIRED'],
  ORDER_REVIVED: ['DELIVER'],
  REFUND_REQUEST: ['REQUESTED', 'CANCELLED', 'AUTOMATIC', 'VENDOR_PLATFORM'],
  REFUND_DECISION: ['APPROVED', 'REJECTED', 'GIVEN', 'RETRY', 'ABANDONED', 'REPLACED'],
  REFUND_CALL: [...CALL_RESULTS, 'WITHHELD'],
  REFUND_QUERY: [...REFUND_OUTCOMES, 'ABSENT', 'REFUSED', 'UNKNOWN'],
  REFUND_NOTICE: [...REFUND_OUTCOMES, 'UNCONFIRMED', 'FOREIGN_MERCHANT', ...UNVERIFIED_NOTICE_RESULTS, 'UNDECRYPTABLE'],
  COUPON_RETURNED: ['FULL_REFUND'],
  SHIPMENT: ['SHIPPED', 'COMPLETED', 'CORRECTED', 'RESHIPPED', 'RETRIED'],
  SHIPPING_CALL: ['TAKEN', 'COMPLETE', 'UNCHANGED', 'REFUSED', 'UNKNOWN'],
  SHIPPING_QUERY: ['THERE', 'NOT_THERE', 'REFUSED', 'UNKNOWN'],
  SHIPPING_NOTICE: ['SHIPPED', 'SETTLED', 'REMINDED', 'ACCESS_API', 'TRADE_CONTROLLED'],
} as const satisfies Record<string, readonly string[]>;

/** Type of an event: a call to WeChat, a notice of WeChat, or a change of the order or refund. */
export type OrderEventType = keyof typeof EVENT_RESULTS;
export type EventResult<T extends OrderEventType> = (typeof EVENT_RESULTS)[T][number];

/** Why a refund was created without a request, or why an attempt was closed locally (`ABSENT`, `FAILED`: WeChat's answers). */
export const EVENT_CAUSES = ['PAID_TWICE', 'PAID_AFTER_CLOSE', 'ABSENT', 'FAILED'] as const;

/**
 * The facts of an event besides its result. Add names, but never change one: old rows use them. The sentence is composed
 * when it is read, in the reader's language.
 */
export interface EventFactTypes {
  refundNo: string;
  /** Fen. */
  amountFen: number;
  transactionId: string;
  /** Refund state reported by WeChat. */
  state: RefundResult['state'];
  /** Username of the member of staff, or `key:` and the name of an API key. */
  actor: string;
  /** Reason of a refund, given by the buyer or the shop. */
  reason: string;
  rejectReason: string;
  cause: (typeof EVENT_CAUSES)[number];
  /** Why a call had no usable answer. */
  failure: CallFailure;
  /** WeChat's code, or the network's. */
  errorCode: string;
  /** WeChat's own text. */
  errorMessage: string;
  shipmentNo: number;
  isLast: boolean;
  kind: LogisticsKind;
  carrier: string;
  trackingNo: string;
}

export type EventFactName = keyof EventFactTypes;
export type EventFacts = Partial<EventFactTypes>;

const FAILURE_FACTS = ['failure', 'errorCode', 'errorMessage'] as const;
const REFUND_RESULT_FACTS = ['refundNo', 'amountFen', 'state', ...FAILURE_FACTS] as const;

/** The facts of each event type, in the order in which they are shown. */
export const EVENT_FACTS = {
  PREPAY: FAILURE_FACTS,
  NOTICE: ['amountFen', 'transactionId', 'errorCode'],
  QUERY: ['amountFen', 'transactionId', ...FAILURE_FACTS],
  CLOSE: ['cause', ...FAILURE_FACTS],
  ORDER_CLOSED: ['actor'],
  ORDER_REVIVED: [],
  REFUND_REQUEST: ['refundNo', 'amountFen', 'cause', 'reason'],
  REFUND_DECISION: ['refundNo', 'amountFen', 'actor', 'rejectReason'],
  REFUND_CALL: ['refundNo', ...FAILURE_FACTS],
  REFUND_QUERY: REFUND_RESULT_FACTS,
  REFUND_NOTICE: REFUND_RESULT_FACTS,
  COUPON_RETURNED: [],
  SHIPMENT: ['shipmentNo', 'isLast', 'kind', 'carrier', 'trackingNo', 'actor'],
  SHIPPING_CALL: ['shipmentNo', ...FAILURE_FACTS],
  SHIPPING_QUERY: ['shipmentNo', ...FAILURE_FACTS],
  SHIPPING_NOTICE: [],
} as const satisfies Record<OrderEventType, readonly EventFactName[]>;

/** Facts that an event of this type may have. Null and empty values are not stored. */
export type FactsOf<T extends OrderEventType> = {
  [K in (typeof EVENT_FACTS)[T][number]]?: EventFactTypes[K] | null | undefined;
};

/** Characters of one fact. All facts of an event together stay far below the column's limit of 64 kB. */
const MAX_FACT_LENGTH = 500;

/**
 * Serializes the facts. Long values are truncated before, so that the JSON is always complete.
 * @returns null when there are no facts.
 */
export function factsToJson(facts: object): string | null {
  const entries = Object.entries(facts)
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]: [string, unknown]) => [name, typeof value === 'string' ? truncateFact(value) : value]);
  return entries.length === 0 ? null : JSON.stringify(Object.fromEntries(entries));
}

/** MySQL rejects half of a surrogate pair. */
function truncateFact(text: string): string {
  return text.slice(0, MAX_FACT_LENGTH).toWellFormed();
}

/** Facts about a failed call to WeChat; empty when it succeeded. */
export function failureFactsOf(outcome: Outcome<unknown>): FactsOf<'PREPAY'> {
  switch (outcome.kind) {
    case 'done':
      return {};
    case 'refused':
      return { errorCode: outcome.code, errorMessage: outcome.message };
    case 'unknown': {
      const { failure = { kind: 'UNUSABLE_ANSWER' }, code, message } = outcome;
      return { failure: failure.kind, errorCode: code ?? failure.code, errorMessage: message };
    }
  }
}
