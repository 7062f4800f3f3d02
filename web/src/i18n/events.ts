import {
  EVENT_CAUSE_TEXTS,
  EVENT_DATA_TEXTS,
  EVENT_FAILURES,
  EVENT_HEADLINES,
  EVENT_STATES,
  type EventText,
} from '../../../src/payment/event-log/event-texts.js';

type TextTable = Readonly<Record<string, string>>;

/** Texts of an order's timeline in one language, from the catalog that the API's `text` is written from. */
export interface EventTranslations {
  /** By type and result of the event. */
  headlines: Readonly<Record<string, TextTable>>;
  /** The text of each detail, in the order in which they are shown. Amounts, states and kinds are passed as translated text. */
  details: Readonly<Record<keyof typeof EVENT_DATA_TEXTS, (value: string) => string>>;
  states: TextTable;
  causes: TextTable;
  failures: TextTable;
}

export function eventTranslations(language: 'en' | 'zh'): EventTranslations {
  const textOf = ([en, zh]: EventText): string => (language === 'en' ? en : zh);
  const tableOf = (texts: Readonly<Record<string, EventText>>): TextTable => mapValues(texts, (text) => textOf(text));
  const lineOf = (text: EventText): string => capitalize(textOf(text));
  return {
    headlines: mapValues(EVENT_HEADLINES, tableOf),
    details: mapValues(EVENT_DATA_TEXTS, (text) => (value: string) => lineOf(text).replace('{}', () => value)),
    states: tableOf(EVENT_STATES),
    causes: mapValues(EVENT_CAUSE_TEXTS, lineOf),
    failures: mapValues(EVENT_FAILURES, lineOf),
  };
}

function mapValues<K extends string, V, R>(table: Readonly<Record<K, V>>, change: (value: V) => R): Record<K, R> {
  const entries = Object.entries<V>(table).map(([key, value]) => [key, change(value)]);
  return Object.fromEntries(entries) as Record<K, R>;
}

/** A detail stands on its own in the console, and after the headline in the API's `text`. */
function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
