/** The kinds of values of a template's keys: `thing4` is a `thing`. Source: docs/wechat-protocol.md, v2 §10.4. */
export const VALUE_KINDS = [
  'thing',
  'number',
  'letter',
  'symbol',
  'character_string',
  'time',
  'date',
  'amount',
  'phone_number',
  'car_number',
  'name',
  'phrase',
] as const;
export type ValueKind = (typeof VALUE_KINDS)[number];

/** What each kind allows, for error texts about the configuration. */
export const KIND_LIMITS: Readonly<Record<ValueKind, string>> = {
  thing: 'at most 20 characters',
  number: 'at most 32 digits, such as 3.14',
  letter: 'at most 32 letters',
  symbol: 'at most 5 symbols',
  character_string: 'at most 32 digits, letters and symbols, no Chinese characters',
  time: 'a time or a date with time, such as 12:00 or 2026-11-21 12:00',
  date: 'a date with or without time, such as 2026-11-21 or 2026-11-21 12:00',
  amount: 'one currency sign and at most 10 digits, such as ￥12.88',
  phone_number: 'at most 17 digits and signs',
  car_number: 'at most 8 characters',
  name: 'at most 10 Chinese characters or 20 letters',
  phrase: 'at most 5 Chinese characters',
};

/** Placeholders for an empty value, which WeChat would refuse. */
const EMPTY_TEXT = '无';
const EMPTY_ASCII = '-';

const DATE = /^\d{4}(?:-\d{1,2}-\d{1,2}|年\d{1,2}月\d{1,2}日)(?: \d{1,2}:\d{2}(?::\d{2})?)?$/;
const TIME = /^\d{1,2}:\d{2}(?::\d{2})?$/;

/**
 * Converts a text to a value that WeChat accepts for this kind. Texts are truncated by whole characters, and characters that
 * the kind does not allow are removed. Numbers, amounts and times are never truncated, since a part of one means something
 * else.
 * @returns null when the text cannot be converted.
 */
export function formatTemplateValue(kind: ValueKind, value: string): string | null {
  const text = value.replaceAll(/[\p{Cc}\p{Cs}\s]+/gu, ' ').trim();
  switch (kind) {
    case 'thing':
      return isVisible(text) ? truncate(text, 20) : EMPTY_TEXT;
    case 'character_string': {
      const plain = text.replaceAll(/[^\x21-\x7e]+/g, ' ').trim();
      if (plain === '') return EMPTY_ASCII;
      return plain.length <= 32 ? plain : `${plain.slice(0, 29)}...`;
    }
    case 'phrase':
      return hanCharactersOf(text).slice(0, 5).join('') || EMPTY_TEXT;
    case 'name':
      return hanCharactersOf(text).slice(0, 10).join('') || matchOrNull(/^[A-Za-z][A-Za-z ]{0,19}$/, text);
    case 'letter':
      return text.replaceAll(/[^A-Za-z]/g, '').slice(0, 32) || null;
    case 'symbol':
      return matchOrNull(/^[\p{P}\p{S}]{1,5}$/u, text);
    case 'number':
      return text.length <= 32 ? matchOrNull(/^\d+(?:\.\d+)?$/, text) : null;
    case 'time':
      return matchOrNull(TIME, text) ?? matchOrNull(DATE, text);
    case 'date':
      return matchOrNull(DATE, text);
    case 'amount':
      return text.replaceAll(/\D/g, '').length <= 10 ? matchOrNull(/^[￥¥$€£]?\d+(?:\.\d+)?元?$/u, text) : null;
    case 'phone_number':
      return matchOrNull(/^[-+\d() ]{1,17}$/, text);
    case 'car_number':
      return text !== '' && text.length <= 8 ? text : null;
  }
}

/** `thing4` is a `thing`; null for an invalid key. */
export function valueKindOf(key: string): ValueKind | null {
  const name = /^([a-z_]+?)\d{1,3}$/.exec(key)?.[1];
  return VALUE_KINDS.find((kind) => kind === name) ?? null;
}

const characters = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/**
 * Truncates by whole characters, even an emoji of seven code points, and appends an ellipsis. It counts UTF-16 units: WeChat
 * does not document its count, and this one is the strictest.
 */
function truncate(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let truncated = '';
  for (const { segment } of characters.segment(text)) {
    if (truncated.length + segment.length > limit - 1) break;
    truncated += segment;
  }
  return `${truncated.trimEnd()}…`;
}

/** Characters outside the Basic Multilingual Plane, as in rare names, would count as two. */
function hanCharactersOf(text: string): string[] {
  return text.match(/(?=[\u0000-\uffff])\p{Script=Han}/gu) ?? [];
}

function isVisible(text: string): boolean {
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(text);
}

function matchOrNull(rule: RegExp, text: string): string | null {
  return rule.test(text) ? text : null;
}
