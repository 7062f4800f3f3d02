import type { CallFailure, Outcome } from '../../wechat/pay/outcome.js';
import { NOTICE_REFUSALS } from '../../wechat/pay/notice.js';
import type { RefundResult } from '../../wechat/pay/payment-types.js';
import type { LogisticsKind } from '../../wechat/mini-program/wechat-shipping.client.js';

/**
 * Outcomes of a paid result. `AMOUNT_MISMATCH`: its amount differs from ours · `PAYMENT_UNKNOWN`: no attempt of this shop has its number · `TRANSACTION_MISMATCH`: the attempt
 * is paid under another transaction number, or another attempt has this one · the others as in `ApplyPaymentOutcome`.
 */
const PAYMENT_OUTCOMES = [
  ...(['APPLIED', 'REPEATED', 'LATE_OR_DUPLICATE'] as const),
  ...(['PAYMENT_UNKNOWN', 'AMOUNT_MISMATCH', 'TRANSACTION_MISMATCH'] as const),
] as const;
/**
 * Outcomes of a refund result. `APPLIED`: recorded now · `REPEATED`: recorded before · `PENDING`: accepted, not ended · `REFUND_UNKNOWN`: no refund of this shop has its number ·
 * `REFUND_MISMATCH`: its amount or payment differs from ours · `NEVER_SENT`: the refund was never approved here ·
 * `CONTRADICTION`: our refund has ended in another state, or the amount does not fit any more.
 */
const REFUND_OUTCOMES = [
  ...(['APPLIED', 'REPEATED', 'PENDING'] as const),
  ...(['REFUND_UNKNOWN', 'REFUND_MISMATCH', 'NEVER_SENT', 'CONTRADICTION'] as const),
] as const;
const CALL_RESULTS = ['ACCEPTED', 'REFUSED', 'UNKNOWN'] as const;

/**
 * Every event type with its possible results. Any other result does not compile. The console and the API have a text
 * for each of them; a test compares the lists.
 *
 * Of a call (`CALL_RESULTS`), and of a query that found no result:
 * - `ACCEPTED`: WeChat accepted the call · `REFUSED`: WeChat refused it · `UNKNOWN`: no usable response
 * - `NOT_SENT`: a check before the call failed, such as the certificate's · `NOT_FOUND`: WeChat has no such number
 *
 * Of a payment attempt, besides `PAYMENT_OUTCOMES`:
 * - `OPEN`: not paid yet · `PAYING`: the buyer is paying · `FAILED`: the payment failed · `CLOSED`: WeChat has closed it
 * - `CLOSED_LOCALLY`: this service closed the attempt, WeChat did not confirm a close
 *
 * Of a notice, besides `NOTICE_REFUSALS`, none of which is applied:
 * - `UNCONFIRMED`: a query does not confirm the refund that it reports
 *
 * Of an order and its coupon:
 * - `CANCELLED`: the buyer or staff cancelled it · `EXPIRED`: it was not paid in time
 * - `LATE_PAYMENT`: a payment after the close reopened it · `MERCHANT`: the merchant's own system reopened it unpaid ·
 *   `FULL_REFUND`: its coupon returned with the full refund
 *
 * Of a refund's creation and decision:
 * - `REQUESTED`, `CANCELLED`: the buyer requested or withdrew it · `AUTOMATIC`: this service created it for a late or
 *   duplicate payment · `MERCHANT_PLATFORM`: made by hand in WeChat's merchant platform and imported
 * - `APPROVED`, `REJECTED`: decided by staff · `CREATED`: initiated by the merchant · `RETRY`: staff send it again · `REDIRECTED`: staff chose where its money goes
 * - `PAID_OTHERWISE`: its money came back to the shop, and staff confirmed that they paid the buyer in another way
 * - `ABANDONED`: WeChat has no such refund, its amount is released · `REPLACED`: an imported refund takes its place
 *
 * Of a shipment, its upload and WeChat's messages about it:
 * - `SHIPPED`: recorded, by staff or by WeChat · `COMPLETED`: staff marked it as the order's last one
 * - `CORRECTED`: edited before WeChat had all shipments · `RESHIPPED`: edited afterwards, which WeChat allows once
 * - `RETRIED`: staff queued its upload again · `COMPLETE`: WeChat already has all shipments of the order
 * - `UNCHANGED`: WeChat already has this shipment · `FOUND`: a query shows that WeChat has it
 * - `SETTLED`: WeChat released the money · `REMINDED`: WeChat asks the shop to ship
 * - `UPLOAD_REQUIRED`, `TRADE_RESTRICTED`: WeChat warns that uploads are missing, or has restricted the mini-program
 */
export const EVENT_RESULTS = {
  PREPAY: CALL_RESULTS,
  NOTICE: [...PAYMENT_OUTCOMES, 'FAILED', ...NOTICE_REFUSALS],
  QUERY: [
    ...PAYMENT_OUTCOMES,
    'FOREIGN_MERCHANT',
    'OPEN',
    'PAYING',
    'FAILED',
    'CLOSED',
    'NOT_FOUND',
    'REFUSED',
    'UNKNOWN',
  ],
  CLOSE: [...CALL_RESULTS, 'CLOSED_LOCALLY'],
  ORDER_CLOSED: ['CANCELLED', 'EXPIRED'],
  ORDER_REOPENED: ['LATE_PAYMENT', 'MERCHANT'],
  REFUND_REQUEST: ['REQUESTED', 'CANCELLED', 'AUTOMATIC', 'MERCHANT_PLATFORM'],
  REFUND_DECISION: [
    'APPROVED',
    'REJECTED',
    'CREATED',
    'RETRY',
    'REDIRECTED',
    'PAID_OTHERWISE',
    'ABANDONED',
    'REPLACED',
  ],
  REFUND_CALL: [...CALL_RESULTS, 'NOT_SENT'],
  REFUND_QUERY: [...REFUND_OUTCOMES, 'NOT_FOUND', 'REFUSED', 'UNKNOWN'],
  REFUND_NOTICE: [...REFUND_OUTCOMES, 'UNCONFIRMED', ...NOTICE_REFUSALS],
  COUPON_RETURNED: ['FULL_REFUND'],
  SHIPMENT: ['SHIPPED', 'COMPLETED', 'CORRECTED', 'RESHIPPED', 'RETRIED'],
  SHIPPING_CALL: ['ACCEPTED', 'COMPLETE', 'UNCHANGED', 'REFUSED', 'UNKNOWN'],
  SHIPPING_QUERY: ['FOUND', 'NOT_FOUND', 'REFUSED', 'UNKNOWN'],
  SHIPPING_NOTICE: ['SHIPPED', 'SETTLED', 'REMINDED', 'UPLOAD_REQUIRED', 'TRADE_RESTRICTED'],
} as const satisfies Record<string, readonly string[]>;

/** Type of an event: a call to WeChat, a notice of WeChat, or a change of the order or refund. */
export type OrderEventType = keyof typeof EVENT_RESULTS;
export type EventResult<T extends OrderEventType> = (typeof EVENT_RESULTS)[T][number];

/**
 * Why a refund was created without a request, or why an attempt was closed locally (`NOT_FOUND`, `FAILED`: WeChat's
 * responses).
 */
export const EVENT_CAUSES = ['PAID_TWICE', 'PAID_AFTER_CLOSE', 'NOT_FOUND', 'FAILED'] as const;

/**
 * The data of an event besides its result. Old rows use these names, so add names, but do not change one. The
 * sentence is composed when it is read, in the reader's language.
 */
export interface EventDataTypes {
  refundNo: string;
  /** Fen. */
  amountFen: number;
  transactionId: string;
  /** Refund state reported by WeChat. */
  state: RefundResult['state'];
  /** Username of the staff member, or `key:` and the name of an API key. */
  actor: string;
  /** Reason of a refund, given by the buyer or the shop. */
  reason: string;
  rejectReason: string;
  cause: (typeof EVENT_CAUSES)[number];
  /** Why a call had no usable response. */
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

export type EventDataField = keyof EventDataTypes;
export type EventData = Partial<EventDataTypes>;

const FAILURE_FIELDS = ['failure', 'errorCode', 'errorMessage'] as const;
const REFUND_RESULT_FIELDS = ['refundNo', 'amountFen', 'state', ...FAILURE_FIELDS] as const;

/** The data of each event type, in the order in which its fields are shown. */
export const EVENT_DATA_FIELDS = {
  PREPAY: FAILURE_FIELDS,
  NOTICE: ['amountFen', 'transactionId', 'errorCode'],
  QUERY: ['amountFen', 'transactionId', ...FAILURE_FIELDS],
  CLOSE: ['cause', ...FAILURE_FIELDS],
  ORDER_CLOSED: ['actor'],
  ORDER_REOPENED: ['actor'],
  REFUND_REQUEST: ['refundNo', 'amountFen', 'cause', 'reason'],
  REFUND_DECISION: ['refundNo', 'amountFen', 'actor', 'rejectReason'],
  REFUND_CALL: ['refundNo', ...FAILURE_FIELDS],
  REFUND_QUERY: REFUND_RESULT_FIELDS,
  REFUND_NOTICE: REFUND_RESULT_FIELDS,
  COUPON_RETURNED: [],
  SHIPMENT: ['shipmentNo', 'isLast', 'kind', 'carrier', 'trackingNo', 'actor'],
  SHIPPING_CALL: ['shipmentNo', ...FAILURE_FIELDS],
  SHIPPING_QUERY: ['shipmentNo', ...FAILURE_FIELDS],
  SHIPPING_NOTICE: [],
} as const satisfies Record<OrderEventType, readonly EventDataField[]>;

/** Data that an event of this type may have. Null and empty values are not stored. */
export type EventDataOf<T extends OrderEventType> = {
  [K in (typeof EVENT_DATA_FIELDS)[T][number]]?: EventDataTypes[K] | null | undefined;
};

/** Characters of one value. All data of an event together stay far below the column's limit of 64 kB. */
const MAX_VALUE_LENGTH = 500;

/**
 * Serializes the data. Long values are truncated before, so that the JSON is always complete.
 * @returns null when there is no data.
 */
export function eventDataToJson(data: object): string | null {
  const entries = Object.entries(data)
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]: [string, unknown]) => [name, typeof value === 'string' ? truncateValue(value) : value]);
  return entries.length === 0 ? null : JSON.stringify(Object.fromEntries(entries));
}

/** MySQL rejects half of a surrogate pair. */
function truncateValue(text: string): string {
  return text.slice(0, MAX_VALUE_LENGTH).toWellFormed();
}

/** Data about a failed call to WeChat; empty when it succeeded. */
export function failureDataOf(outcome: Outcome<unknown>): EventDataOf<'PREPAY'> {
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
