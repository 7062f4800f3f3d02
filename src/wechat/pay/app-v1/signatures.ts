import { hash } from 'node:crypto';
import { isEqualInConstantTime } from '../../../common/constant-time.js';
import { type Charset, encodeText } from './charset.js';
import { percentEncode, type RawParameters } from './query-string.js';

/**
 * Builds the `package` of a call: parameters sorted by name, values percent-encoded in the bytes of the charset, then the
 * PartnerKey's signature over the raw values. Source: docs/wechat-protocol.md, v1 §2.
 */
export function buildPackage(
  parameters: Readonly<Record<string, string>>,
  { charset, partnerKey }: { charset: Charset; partnerKey: string },
): string {
  const parts = Object.entries(parameters).filter(([, value]) => value !== '');
  parts.sort(([first], [second]) => (first < second ? -1 : 1));
  const raw = new Map(parts.map(([name, value]) => [name, encodeText(charset, value)]));
  const pairs = [...raw].map(([name, bytes]) => `${name}=${percentEncode(bytes)}`);
  return [...pairs, `sign=${partnerSignOf(raw, partnerKey)}`].join('&');
}

/**
 * Signs with the PartnerKey, for packages and notices: all non-empty parameters except `sign`, sorted by name, as raw bytes;
 * MD5 in upper-case hex. Source: docs/wechat-protocol.md, v1 §2, §5.
 */
export function partnerSignOf(parameters: RawParameters, partnerKey: string): string {
  const pairs = [...parameters].filter(([name, value]) => name !== 'sign' && value.length > 0);
  pairs.sort(([one], [other]) => (one < other ? -1 : 1));
  const parts = pairs.flatMap(([name, value]) => [Buffer.from(`${name}=`, 'latin1'), value, Buffer.from('&')]);
  return hash('md5', Buffer.concat([...parts, Buffer.from(`key=${partnerKey}`)])).toUpperCase();
}

/** Compares in constant time. */
export function isPartnerSigned(parameters: RawParameters, partnerKey: string): boolean {
  const signature = parameters.get('sign')?.toString('latin1').toUpperCase() ?? '';
  if (!/^[0-9A-F]{32}$/.test(signature)) return false;
  return isEqualInConstantTime(signature, partnerSignOf(parameters, partnerKey));
}

/**
 * Signs with the PaySignKey: all values sorted by lower-case name, with the key among them as `appkey`; SHA1 in lower-case
 * hex.
 * Source: docs/wechat-protocol.md, v1 §2.
 */
export function appSignatureOf(values: Readonly<Record<string, string | number>>, paySignKey: string): string {
  const signed: Record<string, string | number> = { ...values, appkey: paySignKey };
  const pairs = Object.keys(signed)
    .sort()
    .map((name) => `${name}=${String(signed[name])}`);
  return hash('sha1', pairs.join('&'));
}

/** Compares in constant time. */
export function isAppSigned(signature: string, values: Readonly<Record<string, string>>, paySignKey: string): boolean {
  if (!/^[0-9a-fA-F]{40}$/.test(signature)) return false;
  return isEqualInConstantTime(signature.toLowerCase(), appSignatureOf(values, paySignKey));
}
