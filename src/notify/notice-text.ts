/** Characters kept of a notice nobody believes: anybody can send one, and the disk is ours. */
export const UNBELIEVED_LIMIT = 1000;

/** Forgers send any bytes; NUL is the one that a text column may refuse. */
export function printable(bytes: Buffer): string {
  return bytes.toString('utf8').replaceAll('\0', '\ufffd');
}
