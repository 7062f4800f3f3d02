import iconv from 'iconv-lite';
import { Fields } from '../v2/wire/fields.js';

/** The encodings of v1. */
export type Charset = 'GBK' | 'UTF-8';

/** Case-insensitive; undefined for another encoding. */
export function parseCharset(name: string): Charset | undefined {
  const upper = name.toUpperCase();
  return upper === 'GBK' || upper === 'UTF-8' ? upper : undefined;
}

/** Characters that the charset does not contain become `?`. */
export function encodeText(text: string, charset: Charset): Buffer {
  return iconv.encode(text, charset);
}

/** Undefined for bytes that are not valid text of this charset. */
export function decodeText(bytes: Buffer, charset: Charset): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Values as bytes, because one of them names the encoding of the others. */
export type RawFields = ReadonlyMap<string, Buffer>;

const PAIR = /^([A-Za-z][A-Za-z0-9_]*)=((?:[!-$'-~]|%[0-9A-Fa-f]{2})*)$/;
const UNRESERVED = /^[A-Za-z0-9._~-]$/;

/**
 * Reads `a=1&b=%20`; a plus sign stands for itself. Undefined for a pair without a name, a repeated name, or a
 * character that should have been encoded.
 */
export function readQuery(text: string): RawFields | undefined {
  const fields = new Map<string, Buffer>();
  for (const pair of text.split('&')) {
    const [, name, value] = PAIR.exec(pair) ?? [];
    if (name === undefined || value === undefined || fields.has(name)) return undefined;
    const binary = value.replace(/%(..)/g, (_whole, hex: string) => String.fromCharCode(parseInt(hex, 16)));
    fields.set(name, Buffer.from(binary, 'latin1'));
  }
  return fields;
}

export interface QueryShape {
  readonly charset: Charset;
  /** `%2F` or `%2f`: WeChat uses both. */
  readonly isUpperCase: boolean;
}

/** Keeps the order of the fields; a space becomes `%20`. */
export function writeQuery(fields: Fields, shape: QueryShape): string {
  return [...fields].map(([name, value]) => `${name}=${percentEncoded(value, shape)}`).join('&');
}

function percentEncoded(value: string, { charset, isUpperCase }: QueryShape): string {
  const encoded = Array.from(encodeText(value, charset), (byte) => {
    const character = String.fromCharCode(byte);
    if (UNRESERVED.test(character)) return character;
    const hex = byte.toString(16).padStart(2, '0');
    return `%${isUpperCase ? hex.toUpperCase() : hex}`;
  });
  return encoded.join('');
}
