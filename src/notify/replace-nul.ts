/** A forged notice may contain any bytes. Text columns only reject NUL, so it is replaced. */
export function replaceNul(bytes: Buffer): string {
  return bytes.toString('utf8').replaceAll('\0', '\ufffd');
}
