/** Members by name. Values are not checked yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Characters of the largest message that is read. A list of certificates has about 2 kB for each. */
const MAX_LENGTH = 128 * 1024;
/** Nesting levels. WeChat's deepest message, a payment with coupons for goods, has five. */
const MAX_DEPTH = 12;
/** Kept, because creating one costs more than decoding a notice. */
const STRICT_UTF8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Parses one JSON object of WeChat. It accepts less than JSON.parse: only UTF-8, no repeated name in an object, because two
 * parsers may choose different values, no `__proto__`, and no more than some levels and characters.
 * @returns null for anything else.
 */
export function parseObject(message: Buffer | string): JsonObject | null {
  if (message.length > MAX_LENGTH) return null;
  try {
    const text = typeof message === 'string' ? message : STRICT_UTF8.decode(message);
    const value: unknown = JSON.parse(text);
    return isObject(value) && isStrict(text) ? value : null;
  } catch {
    return null; // not UTF-8 or not JSON
  }
}

/** The member, if it is an object. */
export function objectAt(object: JsonObject, name: string): JsonObject | null {
  const value = object[name];
  return isObject(value) ? value : null;
}

/** The member, if it is a text that is not empty. A number is no text. */
export function textAt(object: JsonObject, name: string): string | null {
  const value = object[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The member, if it is a whole number of fen and at least 1. A text is no number. */
export function fenAt(object: JsonObject, name: string): number | null {
  const value = object[name];
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 ? value : null;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @param text is known to be JSON. A string before a colon is a name. */
function isStrict(text: string): boolean {
  /** The names of each open object; for an array it stays empty. */
  const open: Set<string>[] = [];
  let [start, end] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') {
      [start, end] = [at, endOfString(text, at)];
      at = end;
    } else if (character === '{' || character === '[') {
      if (open.push(new Set()) > MAX_DEPTH) return false;
    } else if (character === '}' || character === ']') {
      open.pop();
    } else if (character === ':') {
      const name = nameOf(text.slice(start, end + 1));
      const names = open.at(-1);
      if (name === '__proto__' || names?.has(name)) return false;
      names?.add(name);
    }
  }
  return true;
}

/** @param token with its quotes. */
function nameOf(token: string): string {
  return token.includes('\\') ? (JSON.parse(token) as string) : token.slice(1, -1);
}

/** The index of the quote that closes the string that begins at `start`. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  // A quote is a part of the string after an odd number of backslashes.
  for (let first = end; ; first = end = text.indexOf('"', end + 1)) {
    while (text[first - 1] === '\\') first--;
    if ((end - first) % 2 === 0) return end;
  }
}
