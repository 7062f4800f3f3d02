import { toSingleLine } from '../../../common/text.js';

/**
 * Returns the longest beginning of `text` that fits into `limit` UTF-8 bytes, as one line without characters that XML
 * forbids. The result is trimmed, also at the cut, because WeChat may trim a value before it checks the signature.
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
