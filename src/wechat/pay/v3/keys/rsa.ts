import { constants, createSign, createVerify, type KeyObject, publicEncrypt } from 'node:crypto';

/** Characters. A signature of 2048 bits has 344. */
const MAX_SIGNATURE_LENGTH = 1024;

/**
 * The bytes of strict, non-empty base64; null for any other text. Node's decoder skips other characters, accepts `-` and `_`, and ignores
 * the unused bits of the last character, so only a text that it would write itself is standard and unaltered.
 */
export function decodeBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return text !== '' && bytes.toString('base64') === text ? bytes : null;
}

/** Base64 of SHA-256 with RSA (PKCS #1 v1.5), the only signature of API v3 for RSA keys. */
export function signRsa(text: string, key: KeyObject): string {
  return createSign('RSA-SHA256').update(text, 'utf8').sign(key, 'base64');
}

/** True when the signature is base64 and belongs to the parts in this order. Never throws. */
export function verifyRsa(parts: readonly (string | Buffer)[], signature: string, key: KeyObject): boolean {
  const bytes = signature.length <= MAX_SIGNATURE_LENGTH ? decodeBase64(signature) : null;
  if (bytes === null) return false;
  const verify = createVerify('RSA-SHA256');
  for (const part of parts) verify.update(part);
  return verify.verify(key, bytes);
}

/** Encrypts a sensitive field: RSAES-OAEP with SHA-1. Source: docs/wechat-protocol.md, v3 §8. */
export function encryptOaep(text: string, key: KeyObject): string {
  const encrypted = publicEncrypt(
    { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
    Buffer.from(text, 'utf8'),
  );
  return encrypted.toString('base64');
}
