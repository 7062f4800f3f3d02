import { createDecipheriv } from 'node:crypto';
import { decodeBase64 } from './rsa.js';

const ALGORITHM = 'AEAD_AES_256_GCM';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Kept, because creating one costs more than decoding a notice. */
const STRICT_UTF8 = new TextDecoder('utf-8', { fatal: true });
/** Characters. WeChat allows 1 MiB, but a notice has less than 4 kB and a certificate less than 2 kB. */
const MAX_CIPHERTEXT_LENGTH = 64 * 1024;

/** What WeChat encrypts with the APIv3 key. `associated_data` may be empty or absent. */
export interface EncryptedResource {
  algorithm: unknown;
  nonce: unknown;
  associated_data?: unknown;
  ciphertext: unknown;
}

/**
 * Decrypts and authenticates a resource. Source: docs/wechat-protocol.md, v3 §1.6.
 * @returns null when a part has another form, was altered, was encrypted with another key, or is not UTF-8.
 */
export function decryptResource(resource: EncryptedResource, apiV3Key: string): string | null {
  const { algorithm, nonce, associated_data: associatedData = '', ciphertext } = resource;
  if (algorithm !== ALGORITHM || typeof nonce !== 'string' || typeof associatedData !== 'string') return null;
  if (typeof ciphertext !== 'string' || ciphertext.length > MAX_CIPHERTEXT_LENGTH) return null;
  const bytes = decodeBase64(ciphertext);
  if (bytes === null || bytes.length <= TAG_BYTES || Buffer.byteLength(nonce) !== NONCE_BYTES) return null;
  try {
    // Node encodes texts as UTF-8. With a key in a Buffer, the whole decryption takes four times as long.
    const decipher = createDecipheriv('aes-256-gcm', apiV3Key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(associatedData, 'utf8'));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    const plain = Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]);
    return STRICT_UTF8.decode(plain);
  } catch {
    return null; // not authentic, or not UTF-8
  }
}
