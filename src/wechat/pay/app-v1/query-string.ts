/** Parameters by name, each in the bytes of the message's charset. */
export type RawParameters = ReadonlyMap<string, Buffer>;

/** A genuine notice has about 20 parameters. */
const MAX_PARAMETERS = 64;

/**
 * Parses `a=1&b=%B2%E2` into bytes. Text in GBK is not valid UTF-8, so it must not be decoded here. Null for what WeChat
 * does not send: an incomplete escape, a name twice, an encoded name, too many parameters.
 */
export function parseQuery(query: string): RawParameters | null {
  const parts = query.split('&');
  if (query === '' || parts.length > MAX_PARAMETERS) return null;
  const parameters = new Map<string, Buffer>();
  for (const part of parts) {
    const [name = '', ...rest] = part.split('=');
    const value = percentDecode(rest.join('='));
    if (!/^\w{1,64}$/.test(name) || value === null || parameters.has(name)) return null;
    parameters.set(name, value);
  }
  return parameters;
}

/** WeChat writes spaces as `%20`; `+` is a space too, as in HTML forms. */
function percentDecode(encoded: string): Buffer | null {
  if (/%(?![0-9a-fA-F]{2})/.test(encoded)) return null;
  const text = encoded
    .replaceAll('+', ' ')
    .replaceAll(/%(..)/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(text, 'latin1');
}

/** Encodes all bytes except unreserved characters as `%XX`. */
export function percentEncode(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replaceAll(/[^\w.~-]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}
