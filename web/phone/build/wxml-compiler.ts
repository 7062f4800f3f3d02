import { compileExpression, compileText, type Locals } from './wxml-expression.ts';
import { parseWxml, type WxmlElement, type WxmlNode } from './wxml-parser.ts';

/** Tags that src/wx/components.tsx supports. Any other tag fails the build instead of rendering nothing. */
const TAGS = ['view', 'text', 'button', 'image', 'input', 'textarea', 'picker', 'scroll-view', 'block'];
/** Supported values of a button's `open-type`. */
const OPEN_TYPES = ['getPhoneNumber'];
const EVENT = /^(bind|catch):?(\w+)$/;

/**
 * Compiles WXML to the source of a render function `(h, text, each, data) => children`: `h` creates an element, `text`
 * converts a value to text, `each` maps a list. It runs at build time, so that the page needs no eval under its policy.
 * @throws Error with file and line
 */
export function compileWxml(source: string, file: string): string {
  const children = compileAll(parseWxml(source, file), new Set(), file);
  return `(h, text, each, data) => ${children}`;
}

function compileAll(nodes: WxmlNode[], locals: Locals, file: string): string {
  const shown = nodes.filter((node) => node.kind === 'element' || /\S/.test(node.text));
  const parts: string[] = [];
  for (let at = 0; at < shown.length; at += 1) {
    const node = shown[at];
    if (node === undefined) continue;
    if (node.kind === 'text') {
      parts.push(compileText(node.text.replaceAll(/\s*\n\s*/g, ''), locals));
    } else if (isIf(node)) {
      const chain = [node, ...elsesAfter(shown, at)];
      parts.push(compileChain(chain, locals, file));
      at += chain.length - 1;
    } else {
      parts.push(compileRepeated(node, locals, file));
    }
  }
  return `[${parts.join(', ')}]`;
}

const isIf = ({ attributes }: WxmlElement): boolean => attributes.has('wx:if') && !attributes.has('wx:for');

function elsesAfter(nodes: WxmlNode[], at: number): WxmlElement[] {
  const chain: WxmlElement[] = [];
  for (const node of nodes.slice(at + 1)) {
    if (node.kind === 'text' || !(node.attributes.has('wx:elif') || node.attributes.has('wx:else'))) break;
    chain.push(node);
  }
  return chain;
}

function compileChain(chain: WxmlElement[], locals: Locals, file: string): string {
  return chain.reduceRight((otherwise, node) => {
    const test = node.attributes.get('wx:if') ?? node.attributes.get('wx:elif');
    const element = compileRepeated(node, locals, file);
    return test === undefined || test === null ? element : `(${inBraces(test, locals)} ? ${element} : ${otherwise})`;
  }, 'null');
}

function compileRepeated(node: WxmlElement, locals: Locals, file: string): string {
  const list = node.attributes.get('wx:for');
  if (list === undefined || list === null) return compileElement(node, locals, file);
  const item = node.attributes.get('wx:for-item') ?? 'item';
  const index = node.attributes.get('wx:for-index') ?? 'index';
  const inner = new Set([...locals, item, index]);
  const key = node.attributes.get('wx:key');
  const keyOf = key === '*this' ? item : key ? `${item}?.[${JSON.stringify(key)}]` : index;
  const test = node.attributes.get('wx:if');
  const element = compileElement(node, inner, file, keyOf);
  const shown = test ? `(${inBraces(test, inner)} ? ${element} : null)` : element;
  return `each(${inBraces(list, locals)}, (${item}, ${index}) => ${shown})`;
}

function compileElement(node: WxmlElement, locals: Locals, file: string, key?: string): string {
  if (!TAGS.includes(node.tag)) throw new Error(`${file}:${node.line}: the phone does not know <${node.tag}>`);
  const openType = node.attributes.get('open-type');
  if (openType !== undefined && !OPEN_TYPES.includes(openType ?? '')) {
    throw new Error(`${file}:${node.line}: the phone does not know open-type="${openType ?? ''}"`);
  }
  const attributes: string[] = [];
  const dataset: string[] = [];
  const events: string[] = [];
  for (const [name, value] of node.attributes) {
    if (name.startsWith('wx:')) continue;
    const written = value === null ? 'true' : compileText(value, locals);
    const event = EVENT.exec(name);
    if (event) events.push(`${event[2] ?? ''}: { handler: ${written}, isCaught: ${String(event[1] === 'catch')} }`);
    else if (name.startsWith('data-')) dataset.push(`${JSON.stringify(camelCase(name.slice(5)))}: ${written}`);
    else attributes.push(`${JSON.stringify(name)}: ${written}`);
  }
  const fields = [
    ...(key === undefined ? [] : [`key: ${key}`]),
    `attributes: { ${attributes.join(', ')} }`,
    `dataset: { ${dataset.join(', ')} }`,
    `events: { ${events.join(', ')} }`,
  ];
  return `h(${JSON.stringify(node.tag)}, { ${fields.join(', ')} }, ${compileAll(node.children, locals, file)})`;
}

/** Compiles the value of `wx:if` or `wx:for`, which must be in double braces. */
function inBraces(value: string, locals: Locals): string {
  const inside = /^\{\{([^]*)\}\}$/.exec(value.trim())?.[1];
  return inside === undefined ? JSON.stringify(value) : compileExpression(inside, locals);
}

const camelCase = (name: string): string => name.replaceAll(/-(\w)/g, (_all, letter: string) => letter.toUpperCase());
