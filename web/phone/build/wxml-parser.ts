/** An element or a text of WXML. */
export type WxmlNode = WxmlElement | WxmlText;

interface WxmlText {
  kind: 'text';
  text: string;
}

export interface WxmlElement {
  kind: 'element';
  tag: string;
  /** An attribute without a value, such as `disabled`, is null. */
  attributes: Map<string, string | null>;
  children: WxmlNode[];
  line: number;
}

const NAME = /[\w:-]+/y;
const ATTRIBUTE = /\s*([\w:-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?/y;

/**
 * Parses WXML. It differs from XML in attributes without a value, and in text that may contain `{{a < b}}`.
 * @throws Error with file and line, so that an error in a page fails the build
 */
export function parseWxml(source: string, file: string): WxmlNode[] {
  return new WxmlParser(source, file).document();
}

class WxmlParser {
  private at = 0;

  constructor(
    private readonly source: string,
    private readonly file: string,
  ) {}

  document(): WxmlNode[] {
    const nodes = this.nodes();
    if (this.at < this.source.length) this.fail('a closing tag without an opening tag');
    return nodes;
  }

  private nodes(): WxmlNode[] {
    const nodes: WxmlNode[] = [];
    while (this.at < this.source.length && !this.source.startsWith('</', this.at)) {
      if (this.source.startsWith('<!--', this.at)) this.at = this.after('-->');
      else if (this.source[this.at] === '<') nodes.push(this.element());
      else nodes.push({ kind: 'text', text: this.text() });
    }
    return nodes;
  }

  private element(): WxmlElement {
    const line = this.source.slice(0, this.at).split('\n').length;
    this.at += 1;
    const tag = this.match(NAME)?.[0] ?? this.fail('a tag without a name');
    const attributes = new Map<string, string | null>();
    for (let found = this.match(ATTRIBUTE); found !== null; found = this.match(ATTRIBUTE)) {
      attributes.set(found[1] ?? '', found[2] ?? found[3] ?? null);
    }
    const children = this.endsItself() ? [] : this.inside(tag);
    return { kind: 'element', tag, attributes, children, line };
  }

  private endsItself(): boolean {
    const end = this.match(/\s*(\/?)>/y) ?? this.fail('a tag that does not end');
    return end[1] === '/';
  }

  private inside(tag: string): WxmlNode[] {
    const children = this.nodes();
    const end = this.match(/<\/([\w:-]+)\s*>/y);
    if (end?.[1] !== tag) this.fail(`<${tag}> that is not closed`);
    return children;
  }

  /** The text up to the next tag. A `<` inside double braces does not start a tag. */
  private text(): string {
    const found = this.match(/(?:\{\{[^]*?\}\}|[^<])+/y);
    return found?.[0] ?? this.fail('text that cannot be read');
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source);
    if (found) this.at = pattern.lastIndex;
    return found;
  }

  private after(end: string): number {
    const found = this.source.indexOf(end, this.at);
    return found < 0 ? this.fail(`no ${end}`) : found + end.length;
  }

  private fail(what: string): never {
    throw new Error(`${this.file}:${this.source.slice(0, this.at).split('\n').length}: ${what}`);
  }
}
