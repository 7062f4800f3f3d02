import { createDecipheriv, createHash } from 'node:crypto';
import { type Fields } from './signature.js';
import { parseXml, MAX_XML_BYTES } from './xml.js';

/**
 * Decrypts the `req_info` of a refund notice: base64, then AES-256-ECB. The key is the lower-case hex MD5 of the API key, as
 * 32 ASCII bytes.
 * @returns null when it was encrypted with another key, is truncated, or does not contain text.
 */
export function decryptReqInfo(reqInfo: string, apiKey: string): string | null {
  // Node skips characters that are not base64 and would decrypt the rest.
  if (reqInfo === '' || reqInfo.length > MAX_XML_BYTES || !/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(reqInfo)) return null;
  const key = Buffer.from(createHash('md5').update(apiKey, 'utf8').digest('hex'), 'ascii');
  try {
    const decipher = createDecipheriv('aes-256-ecb', key, null);
    const plain = Buffer.concat([decipher.update(Buffer.from(reqInfo, 'base64')), decipher.final()]);
    return new TextDecoder('utf-8', { fatal: true }).decode(plain);
  } catch {
    return null; // wrong padding, a partial block, or not UTF-8
  }
}

/** Parses the decrypted fields as strictly as any other message, with `<root>` around them. Null when that fails. */
export function parseDecrypted(plain: string): Fields | null {
  const [, content] = /^\s*<root>(.*)<\/root>\s*$/s.exec(plain) ?? [];
  if (content === undefined) return null;
  try {
    return parseXml(`<xml>${content}</xml>`);
  } catch {
    return null;
  }
}
