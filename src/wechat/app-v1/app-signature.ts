import { hash, timingSafeEqual } from 'node:crypto';

/**
 * Signs with the PaySignKey: all values sorted by lower-case name, with the key among them as `appkey`; SHA1 in lower-case
 * hex.
 * Source: v2.md §11.1.
 */
export function appSignatureOf(values: Readonly<Record<string, string | number>>, paySignKey: string): string {
  const signed: Record<string, string | number> = { ...values, appkey: paySignKey };
  const pairs = Object.keys(signed)
    .sort()
    .map((name) => `${name}=${String(signed[name])}`);
  return hash('sha1', pairs.join('&'));
}

/** Compares in constant time. */
export function isAppSigned(given: string, values: Readonly<Record<string, string>>, paySignKey: string): boolean {
  if (!/^[0-9a-fA-F]{40}$/.test(given)) return false;
  const right = appSignatureOf(values, paySignKey);
  return timingSafeEqual(Buffer.from(given.toLowerCase(), 'latin1'), Buffer.from(right, 'latin1'));
}
