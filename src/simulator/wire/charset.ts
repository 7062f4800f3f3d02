import iconv from 'iconv-lite';

/** The encodings that the app protocol of 2014 knows. */
export type Charset = 'GBK' | 'UTF-8';

/** By its name in whatever case; undefined for another. */
export function parseCharset(name: string): Charset | undefined {
  const upper = name.toUpperCase();
  return upper === 'GBK' || upper === 'UTF-8' ? upper : undefined;
}

/** Characters that the charset has not become `?`. */
export function encodeText(text: string, charset: Charset): Buffer {
  return iconv.encode(text, charset);
}

/** Undefined for bytes that are no text of this charset. */
export function decodeText(bytes: Buffer, charset: Charset): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
