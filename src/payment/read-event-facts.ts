import type { EventFacts, EventFactTypes, PaymentEventType } from './event-facts.js';
import type { PaymentEvent } from './payment-event.entity.js';

/** What an event says, whichever version wrote it. */
export interface ReadEvent {
  result: string;
  facts: EventFacts;
  /** The sentence of an old row, where its facts could not be read from it. */
  detail: string | null;
}

/** The facts of an event. Rows from before there were facts have a sentence instead: its facts are read from it. */
export function readEvent({ type, result, facts, detail }: PaymentEvent): ReadEvent {
  if (facts !== null) return { result, facts: parsed(facts), detail: null };
  const old = endOfShippingCall(type, result);
  for (const { types, pattern, read } of detail === null ? [] : SENTENCES) {
    if (!types.includes(type)) continue;
    const found = pattern.exec(detail ?? '')?.groups;
    if (found) return { result: old.result, facts: { ...old.facts, ...read(found) }, detail: null };
  }
  return { ...old, detail };
}

function parsed(json: string): EventFacts {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {}; // the row was changed by hand: the rest of the time line must still be shown
  }
}

/** WeChat's codes once were results of their own; -1 is "system busy", which is no refusal. */
function endOfShippingCall(type: PaymentEventType, result: string): Pick<ReadEvent, 'result' | 'facts'> {
  const isCode = (type === 'SHIPPING_CALL' || type === 'SHIPPING_QUERY') && /^-?\d+$/.test(result);
  if (!isCode) return { result, facts: {} };
  return { result: result === '-1' ? 'UNKNOWN' : 'REFUSED', facts: { errorCode: result } };
}

type Groups = Readonly<Record<string, string>>;

/** A form that sentences once had. The first that fits counts. */
interface Sentence {
  types: readonly PaymentEventType[];
  pattern: RegExp;
  read: (found: Groups) => EventFacts;
}

const CALLS = ['PREPAY', 'QUERY', 'CLOSE'] as const;
const REFUNDS = ['REFUND_REQUEST', 'REFUND_DECISION', 'REFUND_CALL', 'REFUND_QUERY', 'REFUND_NOTICE'] as const;
const SHIPPING = ['SHIPMENT', 'SHIPPING_CALL', 'SHIPPING_QUERY'] as const;
const FAILURE = String.raw`[a-z_0-9]+: (?<failure>unreachable|turned away|broken) \((?<errorCode>.*)\)`;
const REFUSAL = String.raw`(?<errorCode>[A-Z][A-Z_0-9]{3,})(?: (?<errorMessage>.*))?`;
const REFUND = String.raw`(?<refundNo>[\w*@|-]{1,64})`;

const SENTENCES: readonly Sentence[] = [
  {
    types: ['NOTICE', 'QUERY'],
    pattern: /^(?<fen>\d+) fen, transaction (?<transactionId>.*)$/s,
    read: ({ fen, transactionId = '' }) => ({ amountFen: Number(fen), transactionId }),
  },
  { types: ['NOTICE'], pattern: /^(?<errorCode>.+)$/s, read: ({ errorCode = '' }) => ({ errorCode }) },
  {
    types: ['CLOSE'],
    pattern: /^(?<cause>ABSENT|FAILED)$/,
    read: ({ cause }) => ({ cause: cause === 'ABSENT' ? 'ABSENT' : 'FAILED' }),
  },
  { types: CALLS, pattern: new RegExp(`^${FAILURE}$`, 's'), read: failureOf },
  { types: CALLS, pattern: new RegExp(`^${REFUSAL}$`, 's'), read: refusalOf },
  { types: REFUNDS, pattern: new RegExp(`^${REFUND}$`), read: ({ refundNo = '' }) => ({ refundNo }) },
  {
    types: ['REFUND_QUERY', 'REFUND_NOTICE'],
    pattern: new RegExp(`^${REFUND}: (?<state>PROCESSING|SUCCEEDED|ABNORMAL|CLOSED), (?<fen>\\d+) fen$`),
    read: ({ refundNo = '', state, fen }) => ({
      ...{ refundNo, amountFen: Number(fen) },
      state: state as EventFactTypes['state'],
    }),
  },
  {
    types: ['REFUND_REQUEST'],
    pattern: new RegExp(`^${REFUND}: (?<fen>\\d+) fen, (?<why>paid twice|paid after the close)$`),
    read: ({ refundNo = '', fen, why }) => ({
      ...{ refundNo, amountFen: Number(fen) },
      cause: why === 'paid twice' ? 'PAID_TWICE' : 'PAID_AFTER_CLOSE',
    }),
  },
  {
    types: ['REFUND_REQUEST'],
    pattern: new RegExp(`^${REFUND}: (?<fen>\\d+) fen, made in the merchant platform$`),
    read: ({ refundNo = '', fen }) => ({ refundNo, amountFen: Number(fen) }),
  },
  {
    types: ['REFUND_REQUEST'],
    pattern: new RegExp(`^${REFUND}: (?<fen>\\d+) fen, (?<reason>.*)$`, 's'),
    read: ({ refundNo = '', fen, reason = '' }) => ({ refundNo, amountFen: Number(fen), reason }),
  },
  {
    types: ['REFUND_DECISION'],
    pattern: new RegExp(`^${REFUND}: (?<fen>\\d+) fen, by (?<actor>[^,]*)(?:, (?<rejectReason>.*))?$`, 's'),
    read: ({ refundNo = '', fen, actor = '', rejectReason }) => ({
      ...{ refundNo, amountFen: Number(fen), actor },
      ...(rejectReason !== undefined && { rejectReason }),
    }),
  },
  {
    types: ['REFUND_CALL', 'REFUND_QUERY'],
    pattern: new RegExp(`^${REFUND}: ${FAILURE}$`, 's'),
    read: ({ refundNo = '', ...found }) => ({ refundNo, ...failureOf(found) }),
  },
  {
    types: ['REFUND_CALL', 'REFUND_QUERY'],
    pattern: new RegExp(`^${REFUND}: ${REFUSAL}$`, 's'),
    read: ({ refundNo = '', ...found }) => ({ refundNo, ...refusalOf(found) }),
  },
  {
    types: SHIPPING,
    pattern:
      /^parcel (?<no>\d+)(?<last>, the last)?(?:: (?<kind>EXPRESS|SAME_CITY|VIRTUAL|SELF_PICKUP)(?: (?<number>.*))?)?$/s,
    read: ({ no, last, kind, number = '' }) => {
      const [carrier, ...trackingNo] = number.split(' ');
      return {
        shipmentNo: Number(no),
        ...(last !== undefined && { isLast: true }),
        ...(kind !== undefined && { kind: kind as EventFactTypes['kind'] }),
        ...(carrier && { carrier }),
        ...(trackingNo.length > 0 && { trackingNo: trackingNo.join(' ') }),
      };
    },
  },
];

function failureOf({ failure, errorCode = '' }: Groups): EventFacts {
  return { failure: failure === 'broken' ? 'CONNECTION_BROKEN' : 'UNREACHABLE', errorCode };
}

function refusalOf({ errorCode = '', errorMessage }: Groups): EventFacts {
  return { errorCode, ...(errorMessage && { errorMessage }) };
}
