import { createDecipheriv, createHash } from 'node:crypto';
import { isEqualInConstantTime } from '../../../common/constant-time.js';

const RANDOM_BYTES = 16;
const LENGTH_BYTES = 4;
const BLOCK_BYTES = 32;

/** Checks WeChat's message signature: SHA-1 over the sorted, joined parts. */
export function isSha1SignatureValid(parts: readonly string[], signature: unknown): boolean {
  if (typeof signature !== 'string') return false;
  const expected = createHash('sha1')
    .update([...parts].sort().join(''), 'utf8')
    .digest('hex');
  return isEqualInConstantTime(signature, expected);
}

/**
 * Decrypts a message of safe mode: AES-256-CBC over 16 random bytes, the length, the text, the appid. Null when it was
 * encrypted with another key or for another appid.
 */
export function decryptMessage(encrypted: string, encodingAesKey: string, appid: string): string | null {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64');
  const plain = decryptAes(Buffer.from(encrypted, 'base64'), key);
  if (plain === null || plain.length < RANDOM_BYTES + LENGTH_BYTES) return null;
  const length = plain.readUInt32BE(RANDOM_BYTES);
  const [from, to] = [RANDOM_BYTES + LENGTH_BYTES, RANDOM_BYTES + LENGTH_BYTES + length];
  if (to > plain.length || plain.toString('utf8', to) !== appid) return null;
  return plain.toString('utf8', from, to);
}

/** WeChat pads to blocks of 32 bytes, which Node's cipher does not support. */
function decryptAes(bytes: Buffer, key: Buffer): Buffer | null {
  if (bytes.length === 0 || bytes.length % 16 !== 0) return null;
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(bytes), decipher.final()]);
  const pad = padded.at(-1) ?? 0;
  return pad >= 1 && pad <= BLOCK_BYTES && pad <= padded.length ? padded.subarray(0, padded.length - pad) : null;
}
