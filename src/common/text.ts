/** Characters that are not seen and mean nothing: zero-width space, word joiner, byte order mark, vowel separator. */
const INVISIBLE_CHARACTERS = /[\u200b\u2060\ufeff\u180e]/g;

/**
 * What no text may hold: control characters, marks that reorder what follows them (a name with U+202E reads backwards), line
 * and paragraph separators, noncharacters. The flag `u` makes half characters (lone surrogates) match by their category.
 */
const FORBIDDEN_CHARACTERS = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\u2028\u2029\ufff9-\ufffb\ufffe\uffff]/u;

const LINE_ENDS = /\r\n?|\u2028|\u2029|\u0085/g;

/** The same text as everybody else would write it: composed characters (NFC), no invisible ones, no white space around it. */
export function normalizeText(text: string): string {
  return text.replaceAll(LINE_ENDS, '\n').replaceAll(INVISIBLE_CHARACTERS, '').normalize('NFC').trim();
}

/** Whether a text may be stored. Line feeds and tabs are allowed only in a text of several lines. */
export function isPlainText(text: string, isMultiline: boolean): boolean {
  return !FORBIDDEN_CHARACTERS.test(isMultiline ? text.replaceAll(/[\n\t]/g, '') : text);
}

/**
 * One line that WeChat reads exactly as it was signed: each run of white space with a line break or a control character becomes
 * one blank, and nothing stands around it. Also for texts that were stored before there was a rule for them.
 */
export function toSingleLine(text: string): string {
  const clean = text.toWellFormed().replaceAll(INVISIBLE_CHARACTERS, '');
  return clean
    .replaceAll(/\s*[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ufffe\uffff]+\s*/gu, ' ')
    .trim();
}
