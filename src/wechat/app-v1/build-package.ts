import { encodeText, type Charset } from './charset.js';
import { partnerSignOf } from './partner-sign.js';
import { percentEncode } from './query-string.js';

/**
 * Builds the `package` of a call: parameters sorted by name, values percent-encoded in the bytes of the charset, then the
 * PartnerKey's signature over the raw values. Source: v2.md §11.1.
 */
export function buildPackage(
  parameters: Readonly<Record<string, string>>,
  { charset, partnerKey }: { charset: Charset; partnerKey: string },
): string {
  const given = Object.entries(parameters).filter(([, value]) => value !== '');
  given.sort(([one], [other]) => (one < other ? -1 : 1));
  const raw = new Map(given.map(([name, value]) => [name, encodeText(charset, value)]));
  const pairs = [...raw].map(([name, bytes]) => `${name}=${percentEncode(bytes)}`);
  return [...pairs, `sign=${partnerSignOf(raw, partnerKey)}`].join('&');
}
