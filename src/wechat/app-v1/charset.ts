import iconv from 'iconv-lite';

/** What the texts of a package may be written in: `input_charset`. Source: v2.md §11.2. */
export type Charset = 'UTF-8' | 'GBK';

/** Characters that the charset has not become question marks. */
export function bytesIn(charset: Charset, text: string): Buffer {
  return iconv.encode(text, charset);
}

/** The longest beginning of `text` that fits into `limit` bytes, in characters that the charset has and one line can hold. */
export function cutToCharset(charset: Charset, text: string, limit: number): string {
  let size = 0;
  let cut = '';
  for (const character of text.toWellFormed().replaceAll(/\p{Cc}/gu, ' ')) {
    const bytes = bytesIn(charset, character);
    size += bytes.length;
    if (size > limit) break;
    cut += iconv.decode(bytes, charset);
  }
  return cut;
}
