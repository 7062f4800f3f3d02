import { createHash } from 'node:crypto';
import { encodeText, Charset, RawFields } from './query-string.js';
import { Fields } from '../v2/wire/fields.js';

/**
 * MD5 of a package or a notice, over the bytes as sent, in upper case. Source: docs/wechat-protocol.md, v1 §2,
 * §5.
 */
export function partnerSignOf(fields: RawFields, partnerKey: string): string {
  const pairs = [...fields]
    .filter(([name, value]) => name !== 'sign' && value.length > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, value]) => [Buffer.from(`${name}=`), value, Buffer.from('&')]);
  const hash = createHash('md5').update(Buffer.concat(pairs)).update(`key=${partnerKey}`);
  return hash.digest('hex').toUpperCase();
}

/** The same for texts that are not encoded yet. */
export function partnerSignOfTexts(charset: Charset, fields: Fields, partnerKey: string): string {
  const raw = new Map([...fields].map(([name, value]) => [name, encodeText(value, charset)]));
  return partnerSignOf(raw, partnerKey);
}

/**
 * SHA1 of a call, of the arguments for the SDK, and of the body of a notice, in lower case. The PaySignKey is one of
 * the fields, named `appkey`, and sorted with them. Source: docs/wechat-protocol.md, v1 §2.
 */
export function appSignatureOf(fields: Fields, paySignKey: string): string {
  const pairs = [...fields, ['appkey', paySignKey] as const]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`);
  return createHash('sha1').update(pairs.join('&'), 'utf8').digest('hex');
}
