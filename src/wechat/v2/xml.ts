import type { Fields } from './signature.js';

/** Bytes of the largest message that is read. A payment notice has less than 4 kB. */
export const XML_LIMIT = 64 * 1024;
/** Elements of the largest message: fifty refunds of one order with twenty fields each, and room. */
const ELEMENT_LIMIT = 2000;

/** What XML 1.0 cannot carry: control characters but tab and line ends, half characters. */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const CDATA = '<![CDATA[';
const CDATA_END = ']]>';
/** A declaration and the white space around it. */
const PROLOGUE = /\uFEFF?[ \t\r\n]*(?:<\?xml[ \t\r\n][^<>]*\?>[ \t\r\n]*)?/y;
const WHITE = /[ \t\r\n]*/y;
/** A tag without attributes; nothing else begins an element here. */
const OPENING = /<([A-Za-z_][\w.-]*)[ \t\r\n]*(\/?)>/y;
const CLOSING = /<\/([A-Za-z_][\w.-]*)[ \t\r\n]*>/y;
const REFERENCE = /&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([\da-fA-F]{1,6}));|&/g;
const PREDEFINED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const UTF8 = new TextDecoder('utf-8', { fatal: true });

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
  if (text.length > XML_LIMIT) throw new XmlError('The message is too large.');
  if (FORBIDDEN.test(text)) throw new XmlError('The message has a character that XML forbids.');
  return new FlatReader(text).fields();
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
  if (bytes.length > XML_LIMIT) throw new XmlError('The message is too large.');
  try {
    return UTF8.decode(bytes);
  } catch {
    throw new XmlError('The message is not UTF-8.');
  }
}

/**
 * Reads the one shape that WeChat's messages have, from the beginning to the end and never back. A general parser would
 * understand more, all of which would have to be refused again, and costs ten times as much.
 */
class FlatReader {
  private at = 0;

  constructor(private readonly text: string) {}

  fields(): Fields {
    this.take(PROLOGUE);
    const root = this.take(OPENING);
    if (root?.[1] !== 'xml') throw new XmlError('The message has no <xml> around its fields.');
    const fields = root[2] === '/' ? noFields() : this.elements();
    this.take(WHITE);
    if (this.at !== this.text.length) throw new XmlError('The message is not one <xml>.');
    return fields;
  }

  private elements(): Record<string, string> {
    const fields = noFields();
    for (let count = 0; ; count++) {
      this.take(WHITE);
      const opening = this.take(OPENING);
      if (!opening) break;
      const name = opening[1] ?? '';
      if (count === ELEMENT_LIMIT) throw new XmlError('The message has too many elements.');
      if (name in fields) throw new XmlError('The message has a field twice.');
      if (name === 'xml' || name in Object.prototype) throw new XmlError('The message has a field that cannot be one.');
      fields[name] = opening[2] === '/' ? '' : this.value(name);
    }
    this.close('xml');
    return fields;
  }

  /** Text and CDATA, in any mixture. */
  private value(name: string): string {
    let value = '';
    for (;;) {
      const tag = this.indexOf('<', this.at);
      value += unescape(this.text.slice(this.at, tag));
      this.at = tag;
      if (!this.text.startsWith(CDATA, tag)) break;
      const end = this.indexOf(CDATA_END, tag + CDATA.length);
      value += this.text.slice(tag + CDATA.length, end);
      this.at = end + CDATA_END.length;
    }
    this.close(name);
    return value;
  }

  private close(name: string): void {
    if (this.take(CLOSING)?.[1] !== name) throw new XmlError('The message is not a flat list of fields.');
  }

  private indexOf(mark: string, from: number): number {
    const index = this.text.indexOf(mark, from);
    if (index === -1) throw new XmlError('The message is not well-formed.');
    return index;
  }

  /** What stands right here, which is then behind us. */
  private take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found) this.at = pattern.lastIndex;
    return found;
  }
}

function noFields(): Record<string, string> {
  return Object.create(null) as Record<string, string>;
}

function unescape(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(REFERENCE, (_all, name?: string, decimal?: string, hexadecimal?: string) => {
    if (name !== undefined) return PREDEFINED[name] ?? '';
    if (decimal !== undefined) return characterOf(Number(decimal));
    if (hexadecimal !== undefined) return characterOf(parseInt(hexadecimal, 16));
    throw new XmlError('The message has an entity of its own.');
  });
}

function characterOf(code: number): string {
  const character = code <= 0x10ffff ? String.fromCodePoint(code) : '\0';
  if (FORBIDDEN.test(character)) throw new XmlError('The message has a character that XML forbids.');
  return character;
}
