import { createCipheriv, createHash } from 'node:crypto';

/**
 * What stands in a refund notice instead of a signature: the inner document under AES-256-ECB, in base64. The key is the
 * lower-case MD5 of the API key, its 32 hexadecimal digits taken as bytes. Source: WeChat Pay v2, refund notification.
 */
export function encryptReqInfo(document: string, apiKey: string): string {
  const key = createHash('md5').update(apiKey).digest('hex');
  const cipher = createCipheriv('aes-256-ecb', Buffer.from(key), null);
  return Buffer.concat([cipher.update(document, 'utf8'), cipher.final()]).toString('base64');
}
