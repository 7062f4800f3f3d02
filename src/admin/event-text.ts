import type { EventFacts, EventFactName, EventFactTypes } from '../payment/order-event-types.js';
import { EVENT_FACTS } from '../payment/order-event-types.js';
import type { OrderEvent } from '../payment/order-event.entity.js';
import { readOrderEvent } from '../payment/read-order-event.js';
import { EVENT_HEADLINES } from './event-headlines.js';

/** The English text of one timeline entry: a headline with the facts in brackets. */
export function eventText(event: OrderEvent): string {
  const { result, facts, detail } = readOrderEvent(event);
  const parts = [...EVENT_FACTS[event.type].map((name) => FACT_TEXTS[name](facts)), detail].filter(Boolean);
  return `${headlineOf(event.type, result)}${parts.length === 0 ? '' : ` (${parts.join(', ')})`}`;
}

/** A row from an older version may have a result that is no longer written. */
function headlineOf(type: OrderEvent['type'], result: string): string {
  const headlines: Readonly<Record<string, string>> = EVENT_HEADLINES[type];
  return (Object.hasOwn(headlines, result) ? headlines[result] : undefined) ?? `${type}: ${result}`;
}

const CAUSES: Readonly<Record<EventFactTypes['cause'], string>> = {
  PAID_TWICE: 'the order was paid twice',
  PAID_AFTER_CLOSE: 'paid after the order was closed',
  ABSENT: 'not found at WeChat',
  FAILED: 'WeChat reports a failed payment',
};

const FAILURES: Readonly<Record<EventFactTypes['failure'], string>> = {
  UNREACHABLE: 'WeChat could not be reached; nothing was sent',
  CONNECTION_BROKEN: 'sent, but the connection broke before the response',
  HTTP_ERROR: 'WeChat returned an HTTP error',
  UNUSABLE_ANSWER: "WeChat's response was unusable",
  BAD_SIGNATURE: 'the signature of the response is wrong',
  SYSTEM_BUSY: "WeChat's system is busy",
  NOT_CONFIGURED: 'the keys for this call are not configured',
};

/** The English text of each fact. Amounts in fen. */
const FACT_TEXTS: Readonly<Record<EventFactName, (facts: EventFacts) => string | undefined>> = {
  refundNo: ({ refundNo }) => refundNo && `refund ${refundNo}`,
  amountFen: ({ amountFen }) => (amountFen === undefined ? undefined : `${amountFen} fen`),
  transactionId: ({ transactionId }) => transactionId && `transaction ${transactionId}`,
  state: ({ state }) => state,
  actor: ({ actor }) => actor && `by ${actor}`,
  reason: ({ reason }) => reason,
  rejectReason: ({ rejectReason }) => rejectReason,
  cause: ({ cause }) => cause && CAUSES[cause],
  failure: ({ failure }) => failure && FAILURES[failure],
  errorCode: ({ errorCode }) => errorCode,
  errorMessage: ({ errorMessage }) => errorMessage,
  shipmentNo: ({ shipmentNo }) => (shipmentNo === undefined ? undefined : `parcel ${shipmentNo}`),
  isLast: ({ isLast }) => (isLast ? 'the last one' : undefined),
  kind: ({ kind }) => kind,
  carrier: ({ carrier }) => carrier,
  trackingNo: ({ trackingNo }) => trackingNo,
};
