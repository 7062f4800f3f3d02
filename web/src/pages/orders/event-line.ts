import type { Schemas } from '../../api/client.js';
import type { Words } from '../../words/zh.js';

export type OrderEvent = Schemas['EventView'];
export type Tone = 'good' | 'bad' | 'plain';

/** Notices of these results were believed; any other result is the reason of a refusal. */
const BELIEVED = new Set(['APPLIED', 'REPEATED', 'OWED_BACK', 'FAILED', 'PENDING']);
const GOOD = new Set(['APPLIED', 'SUCCESS', 'ACCEPTED', 'APPROVED']);
const BAD = new Set(['REFUSED', 'UNKNOWN', 'OWED_BACK', 'FAILED', 'ABNORMAL']);

/** One line of the time line, as a person reads it. */
export function lineOf(event: OrderEvent, words: Words['events']): { text: string; tone: Tone } {
  const { type } = event;
  const result = typeof event.data['result'] === 'string' ? event.data['result'] : '';
  const said = words.results[result] ?? result;
  const headline = headlineOf(type, words);
  if (headline === null) return { text: event.text, tone: 'plain' };
  if (type === 'ORDER_CLOSED' || type === 'ORDER_REVIVED') return { text: `${headline} · ${said}`, tone: 'plain' };
  const isNotice = type === 'NOTICE' || type === 'REFUND_NOTICE';
  if (isNotice && !BELIEVED.has(result)) return { text: `${words.refused(headline)}: ${said}`, tone: 'bad' };
  return { text: `${headline}: ${said}`, tone: GOOD.has(result) ? 'good' : BAD.has(result) ? 'bad' : 'plain' };
}

/** Null for a kind of event that is newer than this page. */
function headlineOf(type: string, words: Words['events']): string | null {
  const headline: unknown = Object.hasOwn(words, type) ? words[type as keyof Words['events']] : null;
  return typeof headline === 'string' ? headline : null;
}
