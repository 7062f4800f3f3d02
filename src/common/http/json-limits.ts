/** Nesting levels; an order has three. Without a limit, recursive code would exhaust the stack. */
const MAX_DEPTH = 32;
/** Members of one array or object. The longest regular list has 100. */
const MAX_MEMBERS = 200;
/** Members of all arrays and objects of a text together. An order of 50 items has about 150. */
const MAX_TOTAL_MEMBERS = 2000;

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const SPACE = 0x20;

/**
 * Checks the size of a JSON text in one pass before it is parsed, because later processing may take more than linear
 * time. The result for text that is not JSON is undefined.
 * @returns what is wrong, to be appended to the word "body"; null if the size is allowed.
 */
export function findSizeViolation(text: string): string | null {
  /** The number of members of each array and object that is still open. */
  const open: number[] = [];
  let total = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code <= SPACE) continue;
    if (code === CLOSE_ARRAY || code === CLOSE_OBJECT) {
      open.pop();
      continue;
    }
    const depth = open.length;
    // A comma starts the next member; the first token after the bracket starts the first one.
    if (depth > 0 && (code === COMMA || open[depth - 1] === 0)) {
      const members = (open[depth - 1] ?? 0) + 1;
      open[depth - 1] = members;
      total += 1;
      if (members > MAX_MEMBERS || total > MAX_TOTAL_MEMBERS) {
        return `must have at most ${MAX_MEMBERS} members in an array or object, and ${MAX_TOTAL_MEMBERS} in all`;
      }
    }
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === OPEN_ARRAY || code === OPEN_OBJECT) {
      if (depth === MAX_DEPTH) return `must not be nested deeper than ${MAX_DEPTH} levels`;
      open.push(0);
    }
  }
  return null;
}

/** The end of the string that begins at `start`: its closing quote, or the end of the text. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
}
