import type { Schemas } from '../../../api/client.js';
import { lookUp } from '../../../utils/look-up.js';
import { formatYuan } from '../../../utils/money.js';
import { describeErrorCode, wechatMessage } from '../../../utils/error-code.js';
import type { Translations } from '../../../i18n/zh.js';

export type OrderEvent = Schemas['EventView'];
type Tone = 'good' | 'bad' | 'plain';

/** One entry of the timeline: what happened, and its details. */
export interface EventLine {
  text: string;
  tone: Tone;
  details: string[];
}

/** Results that are good for every event type. */
const GOOD_RESULTS: ReadonlySet<string> = new Set([
  ...['APPLIED', 'ACCEPTED', 'APPROVED', 'CREATED', 'LATE_PAYMENT', 'SHIPPED', 'COMPLETED', 'COMPLETE'],
  ...['UNCHANGED', 'FOUND', 'SETTLED'],
]);
/** Results that are neither good nor bad. All other results are bad, including unknown ones. */
const NEUTRAL_RESULTS: ReadonlySet<string> = new Set([
  ...['REPEATED', 'PENDING', 'OPEN', 'PAYING', 'CLOSED', 'NOT_FOUND', 'CLOSED_LOCALLY'],
  ...[
    'REQUESTED',
    'CANCELLED',
    'EXPIRED',
    'AUTOMATIC',
    'MERCHANT_PLATFORM',
    'REJECTED',
    'RETRY',
    'REDIRECTED',
    'PAID_OTHERWISE',
    'ABANDONED',
    'REPLACED',
    'FULL_REFUND',
  ],
  ...['CORRECTED', 'RESHIPPED', 'RETRIED'],
]);

/** One event in the user's language. @param carriers carrier names by WeChat's codes. */
export function formatEvent(
  event: OrderEvent,
  t: Translations,
  carriers: ReadonlyMap<string, string> = new Map(),
): EventLine {
  const { type, data } = event;
  const result = textIn(data, 'result') ?? '';
  const ofType = lookUp(t.events.headlines, type);
  const text = (ofType && lookUp(ofType, result)) ?? t.events.unknown(type, result);
  const detail = textIn(data, 'detail');
  const details = [...detailsOf(event, t, carriers), ...(detail === undefined ? [] : [inYuan(detail)])];
  return { text, tone: toneOf(result, textIn(data, 'state')), details };
}

function toneOf(result: string, state: string | undefined): Tone {
  if (state === 'ABNORMAL' || state === 'CLOSED') return 'bad';
  return GOOD_RESULTS.has(result) ? 'good' : NEUTRAL_RESULTS.has(result) ? 'plain' : 'bad';
}

type Data = OrderEvent['data'];
type DataField = keyof Translations['events']['details'];

/** The data of an event, in the order of `events.details`. */
function detailsOf({ data, errorText }: OrderEvent, t: Translations, carriers: ReadonlyMap<string, string>): string[] {
  const { events, shipping } = t;
  const plain = (name: DataField): string | undefined => textIn(data, name);
  const translated = (name: DataField, table: Readonly<Record<string, string>>): string | undefined => {
    const value = textIn(data, name);
    return value === undefined ? undefined : (lookUp(table, value) ?? value);
  };
  const carrier = textIn(data, 'carrier');
  const errorCode = textIn(data, 'errorCode');
  const values: Record<DataField, string | undefined> = {
    refundNo: plain('refundNo'),
    amountFen: typeof data['amountFen'] === 'number' ? formatYuan(data['amountFen']) : undefined,
    transactionId: plain('transactionId'),
    state: translated('state', events.states),
    actor: plain('actor'),
    reason: plain('reason'),
    rejectReason: plain('rejectReason'),
    cause: translated('cause', events.causes),
    failure: translated('failure', events.failures),
    // A code of the network has no text. The failure before it explains it.
    errorCode: errorCode === undefined ? undefined : describeErrorCode(errorCode, errorText, t),
    errorMessage: wechatMessage(errorText, plain('errorMessage')),
    shipmentNo: plain('shipmentNo'),
    isLast: data['isLast'] === true ? '' : undefined,
    kind: translated('kind', shipping.kinds),
    carrier: carrier === undefined ? undefined : (carriers.get(carrier) ?? carrier),
    trackingNo: plain('trackingNo'),
  };
  const names = Object.keys(events.details) as DataField[];
  return names.flatMap((name) => {
    const value = values[name];
    return value === undefined ? [] : [events.details[name](value)];
  });
}

function textIn(data: Data, name: string): string | undefined {
  const value = data[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** Old events store an English sentence with amounts in fen instead of data. */
function inYuan(detail: string): string {
  return detail.replaceAll(/\b(\d{1,12}) fen\b/g, (_words, fen: string) => formatYuan(Number.parseInt(fen, 10)));
}
