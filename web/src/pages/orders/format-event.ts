import type { Schemas } from '../../api/client.js';
import { formatYuan } from '../../utils/money.js';
import { describeErrorCode, wechatMessage } from '../../utils/error-code.js';
import type { Translations } from '../../i18n/zh.js';

export type OrderEvent = Schemas['EventView'];
type Tone = 'good' | 'bad' | 'plain';

/** One entry of the timeline: what happened, and its details. */
export interface EventLine {
  text: string;
  tone: Tone;
  facts: string[];
}

/** Results that are good for every event type. */
const GOOD_RESULTS: ReadonlySet<string> = new Set([
  ...['APPLIED', 'ACCEPTED', 'APPROVED', 'GIVEN', 'DELIVER', 'SHIPPED', 'COMPLETED', 'TAKEN', 'COMPLETE'],
  ...['UNCHANGED', 'THERE', 'SETTLED'],
]);
/** Results that are neither good nor bad. All other results are bad, including unknown ones. */
const NEUTRAL_RESULTS: ReadonlySet<string> = new Set([
  ...['REPEATED', 'PENDING', 'OPEN', 'PAYING', 'CLOSED', 'ABSENT', 'NOT_THERE', 'WRITTEN_OFF'],
  ...[
    'REQUESTED',
    'CANCELLED',
    'EXPIRED',
    'AUTOMATIC',
    'VENDOR_PLATFORM',
    'REJECTED',
    'RETRY',
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
  const ofType = lookUp(t.events.lines, type) as Readonly<Record<string, string>> | undefined;
  const text = (ofType && lookUp(ofType, result)) ?? t.events.unknown(type, result);
  const detail = textIn(data, 'detail');
  const facts = [...factsOf(data, t, carriers), ...(detail === undefined ? [] : [inYuan(detail)])];
  return { text, tone: toneOf(result, textIn(data, 'state')), facts };
}

function toneOf(result: string, state: string | undefined): Tone {
  if (state === 'ABNORMAL' || state === 'CLOSED') return 'bad';
  return GOOD_RESULTS.has(result) ? 'good' : NEUTRAL_RESULTS.has(result) ? 'plain' : 'bad';
}

type Data = OrderEvent['data'];
type FactName = keyof Translations['events']['facts'];

/** The facts of an event, in the order of `events.facts`. */
function factsOf(data: Data, t: Translations, carriers: ReadonlyMap<string, string>): string[] {
  const { events, shipping } = t;
  const plain = (name: FactName): string | undefined => textIn(data, name);
  const among = (name: FactName, table: Readonly<Record<string, string>>): string | undefined => {
    const word = textIn(data, name);
    return word === undefined ? undefined : (lookUp(table, word) ?? word);
  };
  const carrier = textIn(data, 'carrier');
  const values: Record<FactName, string | undefined> = {
    refundNo: plain('refundNo'),
    amountFen: typeof data['amountFen'] === 'number' ? formatYuan(data['amountFen']) : undefined,
    transactionId: plain('transactionId'),
    state: among('state', events.states),
    actor: plain('actor'),
    reason: plain('reason'),
    rejectReason: plain('rejectReason'),
    cause: among('cause', events.causes),
    failure: among('failure', events.failures),
    errorCode: codeIn(data, t),
    errorMessage: wechatMessage(plain('errorCode'), plain('errorMessage')),
    shipmentNo: plain('shipmentNo'),
    isLast: data['isLast'] === true ? '' : undefined,
    kind: among('kind', shipping.kinds),
    carrier: carrier === undefined ? undefined : (carriers.get(carrier) ?? carrier),
    trackingNo: plain('trackingNo'),
  };
  const names = Object.keys(events.facts) as FactName[];
  return names.flatMap((name) => {
    const value = values[name];
    return value === undefined ? [] : [events.facts[name](value)];
  });
}

/** Network error codes have no translation. The failure before them explains them. */
function codeIn(data: Data, t: Translations): string | undefined {
  const code = textIn(data, 'errorCode');
  return code === undefined ? undefined : describeErrorCode(code, t);
}

function textIn(data: Data, name: string): string | undefined {
  const value = data[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** Ignores inherited properties: a value from the network may be `constructor`. */
function lookUp<V>(table: Readonly<Record<string, V>>, name: string): V | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** Old events store an English sentence with amounts in fen instead of facts. */
function inYuan(detail: string): string {
  return detail.replaceAll(/\b(\d{1,12}) fen\b/g, (_words, fen: string) => formatYuan(Number.parseInt(fen, 10)));
}
