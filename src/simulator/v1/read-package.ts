import { Charset, parseCharset, decodeText } from '../wire/charset.js';
import { Fields } from '../wire/fields.js';
import { readQuery } from '../wire/query-string.js';
import { partnerSignOf } from '../wire/v1-signer.js';

/** What a package says, and whether the merchant said it. */
export interface V1Package {
  /** Decoded, without `sign`. */
  readonly fields: Fields;
  readonly charset: Charset;
  readonly isSigned: boolean;
}

/** Of a package that names none, such as that of a query: its values are ASCII. */
const DEFAULT_CHARSET = 'GBK';

/**
 * Reads `a=1&b=%20&sign=…`. The MD5 is over the bytes as they came, so who encodes in one charset and signs in another is
 * found out. Undefined for what is no package or no text in its input_charset. Source: v2.md §11.1.
 */
export function readPackage(text: string, partnerKey: string): V1Package | undefined {
  const raw = readQuery(text);
  const charset = parseCharset(raw?.get('input_charset')?.toString('latin1') ?? DEFAULT_CHARSET);
  if (raw === undefined || charset === undefined) return undefined;
  const fields = new Map<string, string>();
  for (const [name, bytes] of raw) {
    const value = decodeText(bytes, charset);
    if (value === undefined) return undefined;
    if (name !== 'sign') fields.set(name, value);
  }
  const isSigned = raw.get('sign')?.toString('latin1') === partnerSignOf(raw, partnerKey);
  return { fields, charset, isSigned };
}
