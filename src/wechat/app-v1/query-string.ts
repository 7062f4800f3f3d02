import type { RawParameters } from './partner-sign.js';

/** An honest notice has some 20. */
const MAX_PARAMETERS = 64;

/**
 * Reads `a=1&b=%B2%E2` into bytes: in GBK they are no UTF-8, so nothing may decode them on the way. Null for what WeChat
 * does not send: a percent sign that encodes nothing, a name twice, a name that is not plain, too many.
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

/** Blanks are `%20` in WeChat's own; a plus is one too, as in every form. */
function percentDecode(encoded: string): Buffer | null {
  if (/%(?![0-9a-fA-F]{2})/.test(encoded)) return null;
  const text = encoded
    .replaceAll('+', ' ')
    .replaceAll(/%(..)/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(text, 'latin1');
}

/** The other way round: all but the plainest bytes as `%XX`. */
export function percentEncode(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replaceAll(/[^\w.~-]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}
