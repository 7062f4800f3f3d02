import xml2js from 'xml2js';
import type { Fields } from './signature.js';

/** Bytes of the largest message that is read. A payment notice has less than 4 kB. */
export const XML_LIMIT = 64 * 1024;
/** Elements of the largest message: fifty refunds of one order with twenty fields each, and room. */
const ELEMENT_LIMIT = 2000;

/** Why a text is no message. Says nothing of its content. */
export class XmlError extends Error {
  override readonly name = 'XmlError';
}

/**
 * Reads one flat `<xml>` message into its fields. Every value stays the text it is: `4200002372202409145497053898` as a
 * number would be another transaction.
 * @throws XmlError for anything that WeChat never sends: DOCTYPE and entities, a processing instruction in the middle,
 * nesting, attributes, a field twice, bytes that are not UTF-8, too much of anything.
 */
export function parseXml(message: Buffer | string): Fields {
  const text = typeof message === 'string' ? message : decode(message);
  if (text.length > XML_LIMIT) throw new XmlError('The message is too large.');
  if (/<!(?!\[CDATA\[)/.test(text.replaceAll(/<!\[CDATA\[[\s\S]*?\]\]>/g, '')))
    throw new XmlError('A declaration such as DOCTYPE is not allowed.');
  if (text.split('</').length > ELEMENT_LIMIT) throw new XmlError('The message has too many elements.');
  return flat(parsed(text));
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
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new XmlError('The message is not UTF-8.');
  }
}

function parsed(text: string): unknown {
  // The parser calls back before parseString returns, and would call again with whatever its callback throws.
  let outcome: { error: Error | null; root: unknown } | undefined;
  xml2js.parseString(
    text,
    { async: false, explicitArray: false, explicitRoot: true, emptyTag: '' },
    (error, root: unknown) => {
      outcome ??= { error, root };
    },
  );
  if (!outcome || outcome.error) throw new XmlError('The message is not well-formed.');
  return outcome.root;
}

function flat(document: unknown): Fields {
  const root = isRecord(document) && Object.keys(document).length === 1 ? document['xml'] : undefined;
  if (root === '') return {};
  if (!isRecord(root)) throw new XmlError('The message has no <xml> around its fields.');
  const fields = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries(root)) {
    // Arrays are fields given twice, objects are nesting or attributes, `_` is text between the elements.
    if (typeof value !== 'string' || name === '_')
      throw new XmlError('The message is not a flat list of single fields.');
    fields[name] = value;
  }
  return fields;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
