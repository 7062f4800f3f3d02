import { constants, createSign, createVerify, type KeyObject, publicEncrypt } from 'node:crypto';

/**
 * Standard base64 on one line. Node's decoder skips other characters, and ignores the unused bits of the last one, so it
 * would accept altered texts.
 */
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$/;
/** Characters. A signature of 2048 bits has 344. */
const MAX_SIGNATURE_LENGTH = 1024;

/** The bytes of strict, non-empty base64; null for any other text. */
export function decodeBase64(text: string): Buffer | null {
  return text !== '' && BASE64.test(text) ? Buffer.from(text, 'base64') : null;
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
