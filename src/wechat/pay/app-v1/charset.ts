import iconv from 'iconv-lite';
import { toSingleLine } from '../../../common/text.js';

/** The charset of a package's texts: `input_charset`. Source: docs/wechat-protocol.md, v1 §3. */
export type Charset = 'UTF-8' | 'GBK';

/** Replaces characters that the charset does not have with question marks. */
export function encodeText(charset: Charset, text: string): Buffer {
  return iconv.encode(text, charset);
}

/**
 * Returns the longest beginning of `text` that fits into `limit` bytes, as one trimmed line in characters that the charset
 * has.
 */
export function truncateToCharset(charset: Charset, text: string, limit: number): string {
  let size = 0;
  let cut = '';
  for (const character of toSingleLine(text)) {
    const bytes = encodeText(charset, character);
    size += bytes.length;
    if (size > limit) break;
    cut += iconv.decode(bytes, charset);
  }
  return cut.trimEnd();
}
