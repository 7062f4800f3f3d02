/** Forgers send any bytes; NUL is the one that a text column may refuse. */
export function replaceNul(bytes: Buffer): string {
  return bytes.toString('utf8').replaceAll('\0', '\ufffd');
}
