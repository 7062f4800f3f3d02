import { isUtf8 } from 'node:buffer';
import xml2js from 'xml2js';

/** Bytes of the largest message that is read. A payment notice has less than 4 kB. */
export const MAX_XML_BYTES = 64 * 1024;
/** Elements of the largest message: fifty refunds of one order with twenty fields each, and a margin. */
const MAX_ELEMENTS = 2000;

/** `<a/>` is the shortest element: a shorter text cannot have too many elements. */
const MIN_ELEMENT_LENGTH = 4;

/** Characters that XML 1.0 forbids, besides lone surrogates: control characters except tab and line ends. */
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

/** The fields of one message by name. Every value is the element's text, never converted or trimmed. */
type Fields = Readonly<Record<string, string>>;

/** Why a text is not a message. Does not quote its content. */
export class XmlError extends Error {
  override readonly name = 'XmlError';
}

/**
 * Parses one flat `<xml>` message into its fields. Every value stays text: `4200002372202409145497053898` as a number
 * would be another transaction.
 * @throws XmlError for anything that WeChat never sends: DOCTYPE and entities, comments, processing instructions,
 * nesting, attributes, a duplicate field, content outside the root, forbidden characters, bytes that are not UTF-8, or
 * a message that exceeds a limit.
 */
export function parseXml(message: Buffer | string): Fields {
  const text = typeof message === 'string' ? message : decode(message);
  if (text.length > MAX_XML_BYTES) throw new XmlError('The message is too large.');
  if (!isXmlText(text)) throw new XmlError('The message has a character that XML forbids.');
  checkMarkup(outsideCdata(text));
  const fields = parseFields(text);
  // A character reference may stand for a forbidden character.
  if (text.includes('&#') && !Object.values(fields).every(isXmlText)) {
    throw new XmlError('The message has a character that XML forbids.');
  }
  return fields;
}

function isXmlText(text: string): boolean {
  return text.isWellFormed() && !FORBIDDEN.test(text);
}

/** Builds one flat `<xml>` message. Values are escaped, so any text is allowed. */
export function buildXml(fields: Fields): string {
  let body = '';
  for (const [name, value] of Object.entries(fields)) body += `<${name}>${escape(value)}</${name}>`;
  return `<xml>${body}</xml>`;
}

function escape(value: string): string {
  return /[&<>]/.test(value) ? value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;') : value;
}

function decode(bytes: Buffer): string {
  if (bytes.length > MAX_XML_BYTES) throw new XmlError('The message is too large.');
  if (!isUtf8(bytes)) throw new XmlError('The message is not UTF-8.');
  return bytes.toString('utf8');
}

/**
 * Replaces each CDATA section by `]]>`, so that the text before and after it is not joined. It makes one pass, so that
 * thousands of unterminated sections do not cause thousands of searches.
 */
function outsideCdata(text: string): string {
  let markup = '';
  let from = 0;
  for (;;) {
    const start = text.indexOf('<![CDATA[', from);
    if (start === -1) return markup + text.slice(from);
    const end = text.indexOf(']]>', start + 9);
    if (end === -1) throw new XmlError('The message is not well-formed.');
    markup += text.slice(from, start);
    from = end;
  }
}

/** One root that contains only single, flat elements, each closed by its own name. Linear: every step ends at a `<`. */
const SHAPE = /^<xml\s*>\s*(?:<([A-Za-z_][\w.-]*)\s*(?:\/>|>[^<]*<\/\1\s*>)\s*)*<\/xml\s*>$/;
const UNKNOWN_ENTITY = /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-fA-F]{1,6});)/;

/**
 * Rejects what the parser would accept: HTML entities, content after the root, declarations, `<c><_></c>`, and a CDATA
 * between two elements. If a comment hides a false CDATA, the comment is still found here.
 */
function checkMarkup(markup: string): void {
  const document = markup.trim().replace(/^<\?xml\s[^<>]*\?>\s*/, '');
  if (/<[!?]/.test(document)) throw new XmlError('A declaration such as DOCTYPE is not allowed.');
  if (document.includes('&') && UNKNOWN_ENTITY.test(document))
    throw new XmlError('The message has an entity that XML does not define.');
  if (document.length > MIN_ELEMENT_LENGTH * MAX_ELEMENTS && document.split('<').length > 2 * MAX_ELEMENTS) {
    throw new XmlError('The message has too many elements.');
  }
  if (!SHAPE.test(document) && !/^<xml\s*\/>$/.test(document)) throw new XmlError('The message is not one flat <xml>.');
}

/** The parser inside xml2js, with the events that are used here. */
interface SaxParser {
  trackPosition: boolean;
  onopentag: (element: { name: string }) => void;
  onattribute: () => void;
  ontext: (text: string) => void;
  oncdata: (text: string) => void;
  onclosetag: (name: string) => void;
}

/**
 * One parser for all messages, since it resets itself after each. Creating two per message took a tenth of the parsing
 * time.
 */
const PARSER = new xml2js.Parser({ async: false }) as xml2js.Parser & { saxParser: SaxParser };

/**
 * Uses the events of the parser inside xml2js. Building xml2js's own tree, which supports any depth, took half of the
 * time. Counting lines for unused error texts took a third.
 */
function parseFields(text: string): Fields {
  const reader = new FieldReader();
  Object.assign(PARSER.saxParser, {
    trackPosition: false,
    onopentag: ({ name }) => reader.open(name),
    onattribute: () => throwNotFlat(),
    ontext: (part) => reader.text(part),
    oncdata: (part) => reader.text(part),
    onclosetag: (name) => reader.close(name),
  } satisfies SaxParser);
  // The parser calls back before parseString returns, with any error that an event handler throws.
  let outcome: { error: Error | null } | undefined;
  try {
    PARSER.parseString(text, (error) => {
      outcome ??= { error };
    });
  } finally {
    if (outcome?.error !== null) PARSER.reset();
  }
  if (outcome?.error instanceof XmlError) throw outcome.error;
  if (!outcome || outcome.error) throw new XmlError('The message is not well-formed.');
  return reader.fields;
}

/** Collects the fields of one message and rejects any nesting, even if the markup check has missed it. */
class FieldReader {
  /** Created without a prototype. */
  readonly fields = Object.create(null) as Record<string, string>;
  private count = 0;
  private depth = 0;
  private value = '';

  open(name: string): void {
    this.depth++;
    if (this.depth === 1 ? name !== 'xml' : this.depth > 2) throwNotFlat();
    this.value = '';
  }

  text(part: string): void {
    if (this.depth === 2) this.value += part;
    else if (part.trim() !== '') throwNotFlat();
  }

  close(name: string): void {
    this.depth--;
    if (this.depth === 0) return;
    // A field such as `constructor` is rejected too, because code may look it up on a plain object.
    if (name in this.fields || name in Object.prototype) throwNotFlat();
    if (++this.count > MAX_ELEMENTS) throw new XmlError('The message has too many elements.');
    this.fields[name] = this.value;
  }
}

function throwNotFlat(): never {
  throw new XmlError('The message is not a flat list of unique fields.');
}
