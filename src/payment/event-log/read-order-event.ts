import type { EventData, EventDataTypes, OrderEventType } from './order-event-types.js';
import type { OrderEvent } from './order-event.entity.js';

/** Result and data of an event, independent of the release that wrote it. */
export interface OrderEventContent {
  result: string;
  data: EventData;
  /** The sentence of an old row whose data could not be parsed. */
  detail: string | null;
}

/** Reads an event. Rows older than the column `facts` have a sentence instead, from which the data is parsed. */
export function readOrderEvent({ type, result, data: json, detail }: OrderEvent): OrderEventContent {
  if (json !== null) return { result, data: parseEventData(json), detail: null };
  const old = normalizeShippingResult(type, result);
  for (const { types, pattern, read } of detail === null ? [] : LEGACY_SENTENCE_PATTERNS) {
    if (!types.includes(type)) continue;
    const found = pattern.exec(detail ?? '')?.groups;
    if (found) return { result: old.result, data: { ...old.data, ...read(found) }, detail: null };
  }
  return { ...old, detail };
}

function parseEventData(json: string): EventData {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {}; // the row was edited by hand; the rest of the timeline must still be shown
  }
}

/** Old rows have WeChat's error code as their result. -1 means "system busy", which is not a refusal. */
function normalizeShippingResult(type: OrderEventType, result: string): Pick<OrderEventContent, 'result' | 'data'> {
  const isCode = (type === 'SHIPPING_CALL' || type === 'SHIPPING_QUERY') && /^-?\d+$/.test(result);
  if (!isCode) return { result, data: {} };
  return { result: result === '-1' ? 'UNKNOWN' : 'REFUSED', data: { errorCode: result } };
}

type PatternGroups = Readonly<Record<string, string>>;

/**
 * A format of the sentences in old rows, whose wording (such as "turned away") is of that release. The first match
 * counts.
 */
interface LegacySentencePattern {
  types: readonly OrderEventType[];
  pattern: RegExp;
  read: (found: PatternGroups) => EventData;
}

const CALL_TYPES = ['PREPAY', 'QUERY', 'CLOSE'] as const;
const REFUND_TYPES = ['REFUND_REQUEST', 'REFUND_DECISION', 'REFUND_CALL', 'REFUND_QUERY', 'REFUND_NOTICE'] as const;
const SHIPPING_TYPES = ['SHIPMENT', 'SHIPPING_CALL', 'SHIPPING_QUERY'] as const;
const FAILURE_PATTERN = String.raw`[a-z_0-9]+: (?<failure>unreachable|turned away|broken) \((?<errorCode>.*)\)`;
const REFUSAL_PATTERN = String.raw`(?<errorCode>[A-Z][A-Z_0-9]{3,})(?: (?<errorMessage>.*))?`;
const REFUND_NO_PATTERN = String.raw`(?<refundNo>[\w*@|-]{1,64})`;

const LEGACY_SENTENCE_PATTERNS: readonly LegacySentencePattern[] = [
  {
    types: ['NOTICE', 'QUERY'],
    pattern: /^(?<fen>\d+) fen, transaction (?<transactionId>.*)$/s,
    read: ({ fen, transactionId = '' }) => ({ amountFen: Number(fen), transactionId }),
  },
  { types: ['NOTICE'], pattern: /^(?<errorCode>.+)$/s, read: ({ errorCode = '' }) => ({ errorCode }) },
  {
    types: ['CLOSE'],
    pattern: /^(?<cause>ABSENT|FAILED)$/,
    read: ({ cause }) => ({ cause: cause === 'ABSENT' ? 'NOT_FOUND' : 'FAILED' }),
  },
  { types: CALL_TYPES, pattern: new RegExp(`^${FAILURE_PATTERN}$`, 's'), read: parseFailure },
  { types: CALL_TYPES, pattern: new RegExp(`^${REFUSAL_PATTERN}$`, 's'), read: parseRefusal },
  { types: REFUND_TYPES, pattern: new RegExp(`^${REFUND_NO_PATTERN}$`), read: ({ refundNo = '' }) => ({ refundNo }) },
  {
    types: ['REFUND_QUERY', 'REFUND_NOTICE'],
    pattern: new RegExp(`^${REFUND_NO_PATTERN}: (?<state>PROCESSING|SUCCEEDED|ABNORMAL|CLOSED), (?<fen>\\d+) fen$`),
    read: ({ refundNo = '', state, fen }) => ({
      refundNo,
      amountFen: Number(fen),
      state: state as EventDataTypes['state'],
    }),
  },
  {
    types: ['REFUND_REQUEST'],
    pattern: new RegExp(`^${REFUND_NO_PATTERN}: (?<fen>\\d+) fen, (?<why>paid twice|paid after the close)$`),
    read: ({ refundNo = '', fen, why }) => ({
      refundNo,
      amountFen: Number(fen),
      cause: why === 'paid twice' ? 'PAID_TWICE' : 'PAID_AFTER_CLOSE',
    }),
  },
  {
    types: ['REFUND_REQUEST'],
    pattern: new RegExp(`^${REFUND_NO_PATTERN}: (?<fen>\\d+) fen, made in the merchant platform$`),
    read: ({ refundNo = '', fen }) => ({ refundNo, amountFen: Number(fen) }),
  },
  {
    types: ['REFUND_REQUEST'],
    pattern: new RegExp(`^${REFUND_NO_PATTERN}: (?<fen>\\d+) fen, (?<reason>.*)$`, 's'),
    read: ({ refundNo = '', fen, reason = '' }) => ({ refundNo, amountFen: Number(fen), reason }),
  },
  {
    types: ['REFUND_DECISION'],
    pattern: new RegExp(`^${REFUND_NO_PATTERN}: (?<fen>\\d+) fen, by (?<actor>[^,]*)(?:, (?<rejectReason>.*))?$`, 's'),
    read: ({ refundNo = '', fen, actor = '', rejectReason }) => ({
      refundNo,
      amountFen: Number(fen),
      actor,
      ...(rejectReason !== undefined && { rejectReason }),
    }),
  },
  {
    types: ['REFUND_CALL', 'REFUND_QUERY'],
    pattern: new RegExp(`^${REFUND_NO_PATTERN}: ${FAILURE_PATTERN}$`, 's'),
    read: ({ refundNo = '', ...found }) => ({ refundNo, ...parseFailure(found) }),
  },
  {
    types: ['REFUND_CALL', 'REFUND_QUERY'],
    pattern: new RegExp(`^${REFUND_NO_PATTERN}: ${REFUSAL_PATTERN}$`, 's'),
    read: ({ refundNo = '', ...found }) => ({ refundNo, ...parseRefusal(found) }),
  },
  {
    types: SHIPPING_TYPES,
    pattern:
      /^parcel (?<no>\d+)(?<last>, the last)?(?:: (?<kind>EXPRESS|SAME_CITY|VIRTUAL|SELF_PICKUP)(?: (?<number>.*))?)?$/s,
    read: ({ no, last, kind, number = '' }) => {
      const [carrier, ...trackingNo] = number.split(' ');
      return {
        shipmentNo: Number(no),
        ...(last !== undefined && { isLast: true }),
        ...(kind !== undefined && { kind: kind as EventDataTypes['kind'] }),
        ...(carrier && { carrier }),
        ...(trackingNo.length > 0 && { trackingNo: trackingNo.join(' ') }),
      };
    },
  },
];

function parseFailure({ failure, errorCode = '' }: PatternGroups): EventData {
  return { failure: failure === 'broken' ? 'CONNECTION_BROKEN' : 'UNREACHABLE', errorCode };
}

function parseRefusal({ errorCode = '', errorMessage }: PatternGroups): EventData {
  return { errorCode, ...(errorMessage && { errorMessage }) };
}
