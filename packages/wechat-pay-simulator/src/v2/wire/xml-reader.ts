import { Fields } from './fields.js';

const MAX_ELEMENTS = 200;
const NAME = '[A-Za-z_][\\w.-]*';
const BEFORE_ROOT = /(?:\s+|<\?xml[^>]*\?>|<!--[\s\S]*?-->)*/y;
const BETWEEN = /(?:\s+|<!--[\s\S]*?-->)*/y;
const OPENING = new RegExp(`<(${NAME})(?:\\s[^<>]*?)?(/?)>`, 'y');
const CLOSING = new RegExp(`</(${NAME})\\s*>`, 'y');
const CDATA = /<!\[CDATA\[([\s\S]*?)\]\]>/y;
const TEXT = /[^<]+/y;
const REFERENCE = /&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));|&/g;
const PREDEFINED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * The text is not one flat XML document, or it contains constructs that are rejected for security (DOCTYPE, entities).
 */
export class XmlReadError extends Error {}

/**
 * Reads `<xml><name>value</name>…</xml>`. Rejects nesting, repeated elements, DOCTYPE, and all entities except the five
 * predefined ones. Values keep their white space, because the signature covers it.
 * @throws XmlReadError
 */
export function readXml(text: string): Fields {
  return new XmlReader(text.replace(/^\uFEFF/, '')).document();
}

class XmlReader {
  private position = 0;

  constructor(private readonly text: string) {}

  document(): Fields {
    this.match(BEFORE_ROOT);
    const root = this.match(OPENING);
    if (root === undefined) throw new XmlReadError('no root element');
    const fields = root[2] === '/' ? new Map<string, string>() : this.elements(root[1] ?? '');
    this.match(BETWEEN);
    if (this.position !== this.text.length) throw new XmlReadError('unexpected text after the root element');
    return fields;
  }

  private elements(rootName: string): Map<string, string> {
    const fields = new Map<string, string>();
    for (;;) {
      this.match(BETWEEN);
      const closing = this.match(CLOSING);
      if (closing !== undefined) {
        if (closing[1] !== rootName) throw new XmlReadError('the root element is not closed');
        return fields;
      }
      const [name, value] = this.element();
      if (fields.has(name)) throw new XmlReadError(`<${name}> appears twice`);
      if (fields.size >= MAX_ELEMENTS) throw new XmlReadError('too many elements');
      fields.set(name, value);
    }
  }

  private element(): [name: string, value: string] {
    const opening = this.match(OPENING);
    if (opening === undefined) throw new XmlReadError(`syntax error at character ${this.position}`);
    const name = opening[1] ?? '';
    if (opening[2] === '/') return [name, ''];
    const value = this.content();
    const closing = this.match(CLOSING);
    if (closing?.[1] !== name) throw new XmlReadError(`<${name}> is nested or not closed`);
    return [name, value];
  }

  private content(): string {
    let value = '';
    for (;;) {
      const cdata = this.match(CDATA);
      const text = cdata === undefined ? this.match(TEXT) : undefined;
      if (cdata !== undefined) value += cdata[1] ?? '';
      else if (text !== undefined) value += unescape(text[0]);
      else return value;
    }
  }

  private match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text);
    if (found === null) return undefined;
    this.position = pattern.lastIndex;
    return found;
  }
}

function unescape(text: string): string {
  return text.replace(REFERENCE, (_whole, name?: string, decimal?: string, hexadecimal?: string) => {
    if (name !== undefined) return PREDEFINED[name] ?? '';
    const point = decimal === undefined ? parseInt(hexadecimal ?? '', 16) : Number(decimal);
    if (Number.isNaN(point) || point > 0x10ffff) throw new XmlReadError('unknown entity');
    return String.fromCodePoint(point);
  });
}
