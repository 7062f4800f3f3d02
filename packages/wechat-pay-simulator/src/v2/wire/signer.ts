import { createHash, createHmac, createCipheriv } from 'node:crypto';
import { Fields } from './fields.js';

export const SIGN_TYPES = ['MD5', 'HMAC-SHA256'] as const;
export type SignType = (typeof SIGN_TYPES)[number];

export function isSignType(text: string): text is SignType {
  return SIGN_TYPES.some((type) => type === text);
}

/** All signed `name=value` pairs, sorted by name in byte order, followed by the key. Source: WeChat Pay v2, signing. */
export function stringToSign(fields: Fields, key: string): string {
  const pairs = [...fields]
    .filter(([name, value]) => name !== 'sign' && value !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`);
  return [...pairs, `key=${key}`].join('&');
}

/** Upper-case hexadecimal: 32 characters for MD5, 64 for HMAC-SHA256 (which uses the key twice, as WeChat does). */
export function signatureOf(fields: Fields, key: string, type: SignType): string {
  const text = stringToSign(fields, key);
  const hash = type === 'MD5' ? createHash('md5') : createHmac('sha256', key);
  return hash.update(text, 'utf8').digest('hex').toUpperCase();
}

/**
 * Encrypts the inner document of a refund notice, which replaces a signature: AES-256-ECB, in base64. The key is the
 * lower-case MD5 of the API key, its 32 hexadecimal digits used as bytes. Source: WeChat Pay v2, refund notification.
 */
export function encryptReqInfo(document: string, apiKey: string): string {
  const key = createHash('md5').update(apiKey).digest('hex');
  const cipher = createCipheriv('aes-256-ecb', Buffer.from(key), null);
  return Buffer.concat([cipher.update(document, 'utf8'), cipher.final()]).toString('base64');
}
