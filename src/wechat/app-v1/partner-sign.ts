import { hash, timingSafeEqual } from 'node:crypto';

/** Parameters by name, each in the bytes of the message's charset. */
export type RawParameters = ReadonlyMap<string, Buffer>;

/**
 * Signs with the PartnerKey, for packages and notices: all non-empty parameters except `sign`, sorted by name, as raw bytes;
 * MD5 in upper-case hex. Source: v2.md §11.1, §11.4.
 */
export function partnerSignOf(parameters: RawParameters, partnerKey: string): string {
  const pairs = [...parameters].filter(([name, value]) => name !== 'sign' && value.length > 0);
  pairs.sort(([one], [other]) => (one < other ? -1 : 1));
  const parts = pairs.flatMap(([name, value]) => [Buffer.from(`${name}=`, 'latin1'), value, Buffer.from('&')]);
  return hash('md5', Buffer.concat([...parts, Buffer.from(`key=${partnerKey}`)])).toUpperCase();
}

/** Compares in constant time. */
export function isPartnerSigned(parameters: RawParameters, partnerKey: string): boolean {
  const given = parameters.get('sign')?.toString('latin1').toUpperCase() ?? '';
  if (!/^[0-9A-F]{32}$/.test(given)) return false;
  return timingSafeEqual(Buffer.from(given, 'latin1'), Buffer.from(partnerSignOf(parameters, partnerKey), 'latin1'));
}
