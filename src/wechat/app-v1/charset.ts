import iconv from 'iconv-lite';
import { toSingleLine } from '../../common/text.js';

/** What the texts of a package may be written in: `input_charset`. Source: v2.md §11.2. */
export type Charset = 'UTF-8' | 'GBK';

/** Characters that the charset has not become question marks. */
export function encodeText(charset: Charset, text: string): Buffer {
  return iconv.encode(text, charset);
}

/** The longest beginning of `text` that fits into `limit` bytes, in characters that the charset has and one line can hold, without white space around it. */
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
