import iconv from 'iconv-lite';

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
