/** Invisible characters without meaning: zero-width space, word joiner, byte order mark, vowel separator. */
const INVISIBLE_CHARACTERS = /[\u200b\u2060\ufeff\u180e]/g;

/**
 * Characters that no text may contain: control characters, direction marks (a name with U+202E reads backwards), line and
 * paragraph separators, noncharacters. With the flag `u`, lone surrogates match by their category.
 */
const FORBIDDEN_CHARACTERS = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\u2028\u2029\ufff9-\ufffb\ufffe\uffff]/u;

const LINE_ENDS = /\r\n?|\u2028|\u2029|\u0085/g;

/** Normalizes a text: composed characters (NFC), no invisible characters, no surrounding white space. */
export function normalizeText(text: string): string {
  return text.replaceAll(LINE_ENDS, '\n').replaceAll(INVISIBLE_CHARACTERS, '').normalize('NFC').trim();
}

/** True if a text may be stored. Line feeds and tabs are allowed only in multiline text. */
export function isPlainText(text: string, isMultiline: boolean): boolean {
  return !FORBIDDEN_CHARACTERS.test(isMultiline ? text.replaceAll(/[\n\t]/g, '') : text);
}

/**
 * One trimmed line, so that WeChat verifies the same bytes that were signed. Replaces each run of white space with a line break
 * or a control character by one space. Also handles texts stored before the validation rules existed.
 */
export function toSingleLine(text: string): string {
  const clean = text.toWellFormed().replaceAll(INVISIBLE_CHARACTERS, '');
  return clean
    .replaceAll(/\s*[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ufffe\uffff]+\s*/gu, ' ')
    .trim();
}
