import {
  constants,
  createCipheriv,
  createHash,
  createSign,
  createVerify,
  KeyLike,
  privateDecrypt,
  publicDecrypt,
  publicEncrypt,
} from 'node:crypto';

const TAG_BYTES = 16;
/** DER of `DigestInfo` up to the hash; it states that the hash is SHA-256. Source: RFC 8017, 9.2. */
const SHA256_INFO_BYTES = 19;

/** What a request signs: five lines, each ended by `\n`. Source: WeChat Pay v3, request signature. */
export interface SignedRequestParts {
  readonly method: string;
  /** Path and query exactly as sent. */
  readonly url: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly body: string;
}

export function requestText({ method, url, timestamp, nonce, body }: SignedRequestParts): string {
  return linesOf(method, url, timestamp, nonce, body);
}

/** What an answer or a notice signs; a 204 has an empty third line. */
export function answerText(timestamp: string, nonce: string, body: string): string {
  return linesOf(timestamp, nonce, body);
}

/** The lines that a string to sign consists of, each ended by `\n`. */
export function linesOf(...lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

/** RSASSA-PKCS1-v1_5 with SHA-256, in base64. */
export function signText(text: string, privateKey: KeyLike): string {
  return createSign('RSA-SHA256').update(text, 'utf8').sign(privateKey, 'base64');
}

/** False for a wrong signature and for text that is no base64. */
export function isSignatureOf(text: string | Buffer, signature: string, publicKey: KeyLike): boolean {
  return createVerify('RSA-SHA256').update(text).verify(publicKey, signature, 'base64');
}

/** The SHA-256 that a signature was made for; undefined when another key made it. */
export function hashInSignature(signature: string, publicKey: string): Buffer | undefined {
  try {
    const info = publicDecrypt(
      { key: publicKey, padding: constants.RSA_PKCS1_PADDING },
      Buffer.from(signature, 'base64'),
    );
    return info.subarray(SHA256_INFO_BYTES);
  } catch {
    return undefined;
  }
}

export function sha256(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}

export interface EncryptedResource {
  readonly algorithm: 'AEAD_AES_256_GCM';
  /** Base64 of the encrypted bytes and the tag. */
  readonly ciphertext: string;
  readonly associated_data: string;
  readonly nonce: string;
}

/** @param apiV3Key 32 characters, whose bytes are the key @param nonce 12 characters */
export function encryptResource(plaintext: string, apiV3Key: string, nonce: string, aad: string): EncryptedResource {
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(apiV3Key), Buffer.from(nonce), { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(aad));
  const encrypted = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  const ciphertext = encrypted.toString('base64');
  return { algorithm: 'AEAD_AES_256_GCM', ciphertext, associated_data: aad, nonce };
}

/** RSAES-OAEP with SHA-1; undefined when another key encrypted the value. */
export function decryptField(ciphertext: string, privateKey: string): string | undefined {
  const key = { key: privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' };
  try {
    return privateDecrypt(key, Buffer.from(ciphertext, 'base64')).toString('utf8');
  } catch {
    return undefined;
  }
}

/** The reverse, for a public key in PEM. */
export function encryptField(text: string, publicKey: string): string {
  const key = { key: publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' };
  return publicEncrypt(key, Buffer.from(text)).toString('base64');
}

/** A name-based UUID (version 5) of a text. */
export function uuidOf(text: string): string {
  const hash = createHash('sha1').update(text).digest().subarray(0, 16);
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
