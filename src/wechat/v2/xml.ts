import { isUtf8 } from 'node:buffer';
import xml2js from 'xml2js';
import type { Fields } from './signature.js';

/** Bytes of the largest message that is read. A payment notice has less than 4 kB. */
export const MAX_XML_BYTES = 64 * 1024;
/** Elements of the largest message: fifty refunds of one order with twenty fields each, and room. */
const MAX_ELEMENTS = 2000;

/** `<a/>` is the shortest element: a text below this cannot have too many. */
const MIN_ELEMENT_LENGTH = 4;

/** What XML 1.0 cannot carry, besides half characters: control characters but tab and line ends. */
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

/** Why a text is no message. Says nothing of its content. */
export class XmlError extends Error {
  override readonly name = 'XmlError';
}

/**
 * Reads one flat `<xml>` message into its fields. Every value stays the text it is: `4200002372202409145497053898` as a
 * number would be another transaction.
 * @throws XmlError for anything that WeChat never sends: DOCTYPE and entities, comments, processing instructions, nesting,
 * attributes, a field twice, anything beside the one root, characters that XML forbids, bytes that are not UTF-8, too
 * much of anything.
 */
export function parseXml(message: Buffer | string): Fields {
  const text = typeof message === 'string' ? message : decode(message);
  if (text.length > MAX_XML_BYTES) throw new XmlError('The message is too large.');
  if (!isXmlText(text)) throw new XmlError('The message has a character that XML forbids.');
  checkMarkup(outsideCdata(text));
  const fields = parseFields(text);
  // A character reference may mean what could not be written.
  if (text.includes('&#') && !Object.values(fields).every(isXmlText)) {
    throw new XmlError('The message has a character that XML forbids.');
  }
  return fields;
}

function isXmlText(text: string): boolean {
  return text.isWellFormed() && !FORBIDDEN.test(text);
}

/** One flat `<xml>` message. Values are escaped, so that any text may be one. */
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
 * The text with `]]>` for each CDATA section, so that what stood before and after does not grow together. In one pass:
 * thousands that never end must not be searched thousands of times.
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

/** One root with nothing but single, flat elements in it, each closed by its own name. Linear: every step ends at a `<`. */
const SHAPE = /^<xml\s*>\s*(?:<([A-Za-z_][\w.-]*)\s*(?:\/>|>[^<]*<\/\1\s*>)\s*)*<\/xml\s*>$/;
const UNKNOWN_ENTITY = /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-fA-F]{1,6});)/;

/**
 * What the parser would let pass: it knows the entities of HTML, forgets what follows the root, skips declarations, mends
 * `<c><_></c>`, and takes a CDATA between two elements. A false CDATA hidden in a comment still leaves the comment here.
 */
function checkMarkup(markup: string): void {
  const document = markup.trim().replace(/^<\?xml\s[^<>]*\?>\s*/, '');
  if (/<[!?]/.test(document)) throw new XmlError('A declaration such as DOCTYPE is not allowed.');
  if (document.includes('&') && UNKNOWN_ENTITY.test(document))
    throw new XmlError('The message has an entity of its own.');
  if (document.length > MIN_ELEMENT_LENGTH * MAX_ELEMENTS && document.split('<').length > 2 * MAX_ELEMENTS) {
    throw new XmlError('The message has too many elements.');
  }
  if (!SHAPE.test(document) && !/^<xml\s*\/>$/.test(document)) throw new XmlError('The message is not one flat <xml>.');
}

/** The parser inside xml2js and the events of it that are heard here. */
interface SaxParser {
  trackPosition: boolean;
  onopentag: (element: { name: string }) => void;
  onattribute: () => void;
  ontext: (text: string) => void;
  oncdata: (text: string) => void;
  onclosetag: (name: string) => void;
}

/** One for all messages: it makes itself new after each, and making two for each message cost a tenth of reading it. */
const PARSER = new xml2js.Parser({ async: false }) as xml2js.Parser & { saxParser: SaxParser };

/**
 * xml2js reads; but what its parser finds is heard here. The tree that xml2js would make of it took half of the time, and
 * is for messages of any depth. Counting lines for error texts that nobody sees took a third.
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
  // The parser calls back before parseString returns, with whatever is thrown at an event.
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

/** Gathers the fields of one message, and refuses every shape but the flat one, even one that the look at the markup let pass. */
class FieldReader {
  /** Without the names that every object has. */
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
    // A field such as `constructor` is refused too: somebody may look for it where every object has one.
    if (name in this.fields || name in Object.prototype) throwNotFlat();
    if (++this.count > MAX_ELEMENTS) throw new XmlError('The message has too many elements.');
    this.fields[name] = this.value;
  }
}

function throwNotFlat(): never {
  throw new XmlError('The message is not a flat list of single fields.');
}
