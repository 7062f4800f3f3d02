/** The longest beginning of `text` that fits into `limit` UTF-8 bytes, without characters that XML cannot carry. */
export function cutToBytes(text: string, limit: number): string {
  const clean = text.toWellFormed().replaceAll(/[\u0000-\u001f\ufffe\uffff]/g, ' ');
  let size = 0;
  let cut = '';
  for (const character of clean) {
    size += Buffer.byteLength(character, 'utf8');
    if (size > limit) break;
    cut += character;
  }
  return cut;
}
