import { Charset, parseCharset, decodeText } from '../wire/charset.js';
import { Fields } from '../wire/fields.js';
import { readQuery } from '../wire/query-string.js';
import { partnerSignOf } from '../wire/v1-signer.js';

/** The content of a package, and whether the merchant signed it. */
export interface V1Package {
  /** Decoded fields without `sign`. */
  readonly fields: Fields;
  readonly charset: Charset;
  readonly isSigned: boolean;
}

/** For a package without input_charset, such as that of a query, whose values are ASCII. */
const DEFAULT_CHARSET = 'GBK';

/**
 * Reads `a=1&b=%20&sign=…`. The MD5 covers the bytes as received, so encoding in one charset and signing in another is
 * detected. Undefined for an invalid package or text that is not valid in its input_charset. Source: v2.md §11.1.
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
