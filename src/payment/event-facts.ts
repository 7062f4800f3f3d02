import type { CallFailure, Outcome } from '../wechat/outcome.js';
import type { RefundResult } from '../wechat/wechat-pay.gateway.js';
import type { LogisticsKind } from '../wechat/wechat-shipping.gateway.js';

/** Why a notice is refused before it is compared with our rows. */
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
 * Every kind of event, and every result that one of that kind can have. A result that is not listed here cannot be
 * written. The console and the API have a text for each of them: a test compares.
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

/** Who spoke or acted: WeChat by a notice or an answer, or we by a decision. */
export type OrderEventType = keyof typeof EVENT_RESULTS;
export type EventResult<T extends OrderEventType> = (typeof EVENT_RESULTS)[T][number];

/** Why money was given back without a request, or a payment written off: `ABSENT` and `FAILED` are WeChat's answers. */
export const EVENT_CAUSES = ['PAID_TWICE', 'PAID_AFTER_CLOSE', 'ABSENT', 'FAILED'] as const;

/**
 * What an event says besides its result. Add names, never change one: rows that are years old are read by them. The
 * sentence is put together when it is read, in the reader's language.
 */
export interface EventFactTypes {
  refundNo: string;
  /** Fen. */
  amountFen: number;
  transactionId: string;
  /** What WeChat says of a refund. */
  state: RefundResult['state'];
  /** Username of the member of staff, or `key:` and the name of an API key. */
  actor: string;
  /** What the buyer or the shop gave as the reason of a refund. */
  reason: string;
  rejectReason: string;
  cause: (typeof EVENT_CAUSES)[number];
  /** Why no usable answer came. */
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

/** The facts of each kind of event, in the order in which they are shown. */
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

/** What may be given for an event of this kind. What is null or empty is not stored. */
export type FactsOf<T extends OrderEventType> = {
  [K in (typeof EVENT_FACTS)[T][number]]?: EventFactTypes[K] | null | undefined;
};

/** Characters of one fact. All facts of an event together stay far below the 64 kB of the column. */
const MAX_FACT_LENGTH = 500;

/**
 * The facts as JSON that is always whole: a text that is too long is cut before it is written, never the JSON.
 * @returns null when there is nothing to say.
 */
export function factsToJson(facts: object): string | null {
  const entries = Object.entries(facts)
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]: [string, unknown]) => [name, typeof value === 'string' ? truncateFact(value) : value]);
  return entries.length === 0 ? null : JSON.stringify(Object.fromEntries(entries));
}

/** Half of a surrogate pair is no character, and MySQL refuses it. */
function truncateFact(text: string): string {
  return text.slice(0, MAX_FACT_LENGTH).toWellFormed();
}

/** Why a call to WeChat brought nothing; empty when it succeeded. */
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
