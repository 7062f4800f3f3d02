import { createCipheriv, createHash } from 'node:crypto';

/**
 * Encrypts the inner document of a refund notice, which replaces a signature: AES-256-ECB, in base64. The key is the
 * lower-case MD5 of the API key, its 32 hexadecimal digits used as bytes. Source: WeChat Pay v2, refund notification.
 */
export function encryptReqInfo(document: string, apiKey: string): string {
  const key = createHash('md5').update(apiKey).digest('hex');
  const cipher = createCipheriv('aes-256-ecb', Buffer.from(key), null);
  return Buffer.concat([cipher.update(document, 'utf8'), cipher.final()]).toString('base64');
}
