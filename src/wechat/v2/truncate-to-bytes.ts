import { toSingleLine } from '../../common/text.js';

/**
 * The longest beginning of `text` that fits into `limit` UTF-8 bytes, as one line without characters that XML cannot carry. No
 * white space is around it, also where it was cut: WeChat may trim a value before it checks the signature over it.
 */
export function truncateToBytes(text: string, limit: number): string {
  let size = 0;
  let cut = '';
  for (const character of toSingleLine(text)) {
    size += Buffer.byteLength(character, 'utf8');
    if (size > limit) break;
    cut += character;
  }
  return cut.trimEnd();
}
